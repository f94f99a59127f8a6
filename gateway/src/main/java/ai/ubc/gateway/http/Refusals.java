package ai.ubc.gateway.http;

import ai.ubc.domain.Refusal;
import ai.ubc.gateway.problem.RequestFailure;

/** Refusals of the ledger that reads answer with, too. */
final class Refusals {
  private Refusals() {}

  static RequestFailure unknownAccount(String by) {
    return RequestFailure.refused(
        Refusal.UNKNOWN_ACCOUNT,
        "There is no account with "
            + by
            + ", as far as this gateway has read the log. Register it first; where that was done just"
            + " now, ask again.");
  }

  static RequestFailure unknownJob(long job) {
    return RequestFailure.refused(
        Refusal.UNKNOWN_JOB,
        "There is no job "
            + job
            + ", as far as this gateway has read the log. Where it was submitted just now, ask again.");
  }

  static RequestFailure unknownClass(String resourceClass) {
    return RequestFailure.refused(
        Refusal.INVALID_CLASS,
        "There is no resource class " + resourceClass + "; the class offered is wasi.");
  }
}
