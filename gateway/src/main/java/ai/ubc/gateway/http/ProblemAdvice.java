package ai.ubc.gateway.http;

import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns everything that goes wrong with a request into a problem that says what to do. */
@RestControllerAdvice
class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  void failed(RequestFailure e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Problems.write(e, request, response);
  }

  @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
  void notFound(HttpServletRequest request, HttpServletResponse response) throws IOException {
    fail(
        ProblemCode.NOT_FOUND,
        "There is nothing at " + request.getRequestURI() + ". See /v1/openapi.json.",
        request,
        response);
  }

  @ExceptionHandler
  void method(
      HttpRequestMethodNotSupportedException e,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String[] supported = e.getSupportedMethods();
    String allowed = supported == null ? "" : String.join(", ", supported);
    response.setHeader("Allow", allowed);
    fail(
        ProblemCode.METHOD_NOT_ALLOWED,
        request.getRequestURI() + " takes " + allowed + ", not " + e.getMethod() + ".",
        request,
        response);
  }

  @ExceptionHandler
  void mediaType(
      HttpMediaTypeNotSupportedException e,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    fail(
        ProblemCode.WRONG_MEDIA_TYPE,
        "The body must be "
            + MediaType.toString(e.getSupportedMediaTypes())
            + "; it came as "
            + request.getContentType()
            + ".",
        request,
        response);
  }

  @ExceptionHandler
  void notAcceptable(
      HttpMediaTypeNotAcceptableException e,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    fail(
        ProblemCode.NOT_ACCEPTABLE,
        "The answer is "
            + MediaType.toString(e.getSupportedMediaTypes())
            + "; accept that, or leave the header Accept out.",
        request,
        response);
  }

  @ExceptionHandler
  void missing(
      MissingServletRequestParameterException e,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    fail(
        ProblemCode.INVALID_REQUEST,
        "The query parameter " + e.getParameterName() + " is missing.",
        request,
        response);
  }

  @ExceptionHandler
  void mismatch(TypeMismatchException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String name =
        e instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : e.getPropertyName();
    Class<?> type = e.getRequiredType();
    fail(
        ProblemCode.INVALID_REQUEST,
        name
            + " must be "
            + (isNumber(type) ? "a whole number that fits" : "of another form")
            + ", not "
            + e.getValue()
            + ".",
        request,
        response);
  }

  @ExceptionHandler
  void binding(
      ServletRequestBindingException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    fail(ProblemCode.INVALID_REQUEST, String.valueOf(e.getMessage()), request, response);
  }

  @ExceptionHandler
  void parameters(
      InvalidParameterException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    LOG.debug("a query is not encoded as HTTP asks for", e);
    fail(
        ProblemCode.INVALID_REQUEST,
        "The query, behind the question mark, is not encoded as HTTP asks for: % stands before two"
            + " hexadecimal digits.",
        request,
        response);
  }

  @ExceptionHandler
  void malformed(BadRequestException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    LOG.debug("a body is not of the form that its headers say", e);
    fail(
        ProblemCode.INVALID_REQUEST,
        "The request's body is not of the form that its headers say.",
        request,
        response);
  }

  @ExceptionHandler
  void storage(IOException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isClientGone(e)) {
      forget(e, request);
      return;
    }
    LOG.warn("storage failed at {}", request.getRequestURI(), e);
    fail(
        ProblemCode.STORE_UNAVAILABLE,
        "The gateway's storage can not be used now. Try again.",
        request,
        response);
  }

  @ExceptionHandler
  void fault(Exception e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isClientGone(e)) {
      forget(e, request);
      return;
    }
    String number = UUID.randomUUID().toString();
    LOG.error("fault {} at {}", number, request.getRequestURI(), e);
    fail(
        ProblemCode.INTERNAL,
        "The gateway failed; its log says more under " + number + ". Report that number.",
        request,
        response);
  }

  // Parameters that may be absent are numbers, too.
  private static boolean isNumber(@Nullable Class<?> type) {
    return type == int.class
        || type == long.class
        || type == Integer.class
        || type == Long.class
        || type == Optional.class;
  }

  // Tomcat marks what fails on the client's connection in the one way or, behind Spring, the other;
  // converters wrap that in exceptions of theirs. A file that breaks off is none of them.
  private static boolean isClientGone(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClientAbortException
          || cause instanceof AsyncRequestNotUsableException) {
        return true;
      }
    }
    return false;
  }

  // Clients come and go, and there is nobody left to tell.
  private static void forget(Throwable e, HttpServletRequest request) {
    LOG.debug("the client of {} went away: {}", request.getRequestURI(), e.toString());
  }

  private static void fail(
      ProblemCode code, String detail, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Problems.write(RequestFailure.of(code, detail), request, response);
  }
}
