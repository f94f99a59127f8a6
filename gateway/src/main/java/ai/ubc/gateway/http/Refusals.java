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
            + " up to the entry that UBC-Seq names. Register it, or ask with after=SEQ.");
  }

  static RequestFailure unknownJob(long job) {
    return RequestFailure.refused(
        Refusal.UNKNOWN_JOB,
        "There is no job "
            + job
            + " up to the entry that UBC-Seq names. Ask with after=SEQ of its submission.");
  }

  static RequestFailure unknownClass(String resourceClass) {
    return RequestFailure.refused(
        Refusal.INVALID_CLASS,
        "There is no resource class " + resourceClass + "; the class offered is wasi.");
  }
}
