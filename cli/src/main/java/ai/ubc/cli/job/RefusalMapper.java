package ai.ubc.cli.job;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.WaitingJobs;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.rules.JobLimits;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;

/** Says to a buyer what a refusal of the ledger comes from, where the buyer can change it. */
final class RefusalMapper {
  private RefusalMapper() {}

  /**
   * A job that may not wait because too many others of the account do.
   *
   * @throws LedgerRefused the refusal itself, where it comes from anything else, or where nobody
   *     says how many wait
   */
  static CommandFailure ofWaiting(Session session, LedgerRefused e)
      throws LedgerRefused, InterruptedException {
    if (e.refusal() != Refusal.LIMIT_REACHED
        || waiting(session, e) < JobLimits.WAITING_PER_ACCOUNT_MAX) {
      throw e;
    }
    return CommandFailure.of(
        ExitCode.FAILURE,
        e.refusal().name(),
        JobLimits.WAITING_PER_ACCOUNT_MAX
            + " jobs of your own wait for an offer already, and an account may have no more."
            + " Wait until one is taken (\"ubc jobs list\" shows them), or take one back with"
            + " \"ubc jobs cancel JOB\". This one was not bought.",
        e);
  }

  // How many jobs of the account wait; a fault in asking does not hide the refusal.
  private static int waiting(Session session, LedgerRefused e)
      throws LedgerRefused, InterruptedException {
    try {
      return WaitingJobs.of(session.client(), session.account(), e.seq()).jobs().size();
    } catch (UbcException unread) {
      e.addSuppressed(unread);
      throw e;
    }
  }

  /**
   * A job of a map whose part of the budget is too small.
   *
   * @param validators validators to draw for it
   * @throws LedgerRefused the refusal itself, where it comes from anything else
   */
  static CommandFailure ofPart(MapPlan.Batch batch, int validators, LedgerRefused e)
      throws LedgerRefused {
    if (e.refusal() != Refusal.COST_LIMIT) {
      throw e;
    }
    String items = batch.files().size() == 1 ? "1 item" : batch.files().size() + " items";
    return CommandFailure.of(
        ExitCode.BUDGET,
        e.refusal().name(),
        "a job of "
            + items
            + " has "
            + Amounts.compute(batch.maxCostMicros())
            + " of the budget, which does not cover the least price with fee and checking. Raise"
            + " --budget"
            + (validators == 0
                ? "."
                : ", or have less of it go to checking: --check none costs least.")
            + " Nothing was paid for it.",
        e);
  }
}
