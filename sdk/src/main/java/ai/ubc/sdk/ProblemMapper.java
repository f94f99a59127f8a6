package ai.ubc.sdk;

import ai.ubc.api.Problem;
import ai.ubc.domain.Refusal;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Turns what a gateway says of a failure into an exception. */
final class ProblemMapper {
  private ProblemMapper() {}

  /**
   * The exception for an answer with a status of failure.
   *
   * @param request what was asked, for people
   * @param body {@link Problem} as JSON, or what some other server sent
   */
  static UbcException exception(String request, int status, byte[] body, long retryAfterMs) {
    Problem problem;
    try {
      problem = Json.read(body, Problem.class);
    } catch (JacksonException e) {
      return new GatewayProblem(
          "HTTP_" + status,
          status,
          "this is not the answer of a gateway. Is its address right? The request was " + request,
          retryAfterMs,
          e);
    }
    String detail = Optional.ofNullable(problem.detail()).orElse(request);
    Optional<Refusal> refusal =
        Optional.ofNullable(problem.number()).flatMap(ProblemMapper::refusal);
    if (refusal.isPresent()) {
      long seq = Optional.ofNullable(problem.seq()).orElse(0L);
      return new LedgerRefused(refusal.get(), seq, status, detail);
    }
    String code = Optional.ofNullable(problem.code()).orElse("HTTP_" + status);
    return new GatewayProblem(code, status, detail, retryAfterMs, null);
  }

  /** A refusal by its number; empty for one of a later version. */
  static Optional<Refusal> refusal(int number) {
    return Arrays.stream(Refusal.values()).filter(r -> r.number() == number).findFirst();
  }
}
