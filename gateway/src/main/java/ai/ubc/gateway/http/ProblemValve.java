package ai.ubc.gateway.http;

import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers with a problem where the server refuses a request before any of our code sees it: a
 * malformed request line, headers that are too long, a path that can not be decoded.
 */
public final class ProblemValve extends ErrorReportValve {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    if (status >= 500 && status != HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED) {
      LOG.error("the server answers {} at {}", status, request.getRequestURI(), throwable);
    }
    try {
      Problems.write(failure(status), request, response);
    } catch (IOException e) {
      LOG.debug("a client went away", e);
    }
  }

  private static RequestFailure failure(int status) {
    return switch (status) {
      case 404 ->
          RequestFailure.of(
              ProblemCode.NOT_FOUND, "There is nothing at this path. See /v1/openapi.json.");
      case 405 ->
          RequestFailure.of(
              ProblemCode.METHOD_NOT_ALLOWED,
              "The path does not take this method. See /v1/openapi.json.");
      case 413 -> RequestFailure.of(ProblemCode.TOO_LARGE, "The request is too large.");
      case 505 ->
          RequestFailure.of(
              ProblemCode.INVALID_REQUEST, "This version of HTTP is not spoken here. Use 1.1.");
      case 503 ->
          RequestFailure.of(ProblemCode.STORE_UNAVAILABLE, "The gateway is closing. Try again.");
      default ->
          status < 500
              ? RequestFailure.of(
                  ProblemCode.INVALID_REQUEST,
                  "The request line or a header is not of the form that HTTP asks for.")
              : RequestFailure.of(ProblemCode.INTERNAL, "The gateway failed.");
    };
  }
}
