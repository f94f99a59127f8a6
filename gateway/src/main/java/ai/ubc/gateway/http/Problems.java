package ai.ubc.gateway.http;

import ai.ubc.api.Problem;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems (RFC 9457) as answers, whatever the client said it accepts. */
final class Problems {
  private static final JsonMapper MAPPER = Json.mapper();

  private Problems() {}

  /** Answers with the failure, unless the answer has begun. */
  static void write(
      RequestFailure failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    failure
        .retryAfter()
        .ifPresent(wait -> response.setHeader("Retry-After", Long.toString(wait.toSeconds())));
    if (failure.status() == ProblemCode.ACCESS_REQUIRED.status()) {
      response.setHeader("WWW-Authenticate", "UBC");
    }
    response.setStatus(failure.status());
    response.setContentType(Problem.MEDIA_TYPE);
    byte[] body = MAPPER.writeValueAsBytes(problem(failure, request));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }

  private static Problem problem(RequestFailure failure, HttpServletRequest request) {
    return new Problem(
        Problem.TYPE_PREFIX + failure.code(),
        failure.title(),
        failure.status(),
        failure.detail(),
        request.getRequestURI(),
        failure.code(),
        failure.number().isPresent() ? failure.number().getAsInt() : null,
        failure.seq().isPresent() ? failure.seq().getAsLong() : null);
  }
}
