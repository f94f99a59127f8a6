package ai.ubc.provider.node;

import ai.ubc.domain.Command;
import ai.ubc.domain.Refusal;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.UbcException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Set;

/**
 * Gives the commands of a node's duties and says so in the log.
 *
 * @param ledger where to
 * @param name the node's name, for people
 */
record Giver(Ledger ledger, String name) {
  private static final Logger LOG = System.getLogger(Giver.class.getPackageName());

  /** They speak of what was kept before it was given, so the same is given ever again. */
  private static final Set<Refusal> LASTING =
      EnumSet.of(
          Refusal.HASH_MISMATCH,
          Refusal.UNITS_EXCEEDED,
          Refusal.INVALID_HASH,
          Refusal.INVALID_VERDICT);

  /** How a duty ends with this command. */
  Ending give(Duty duty, Command command) throws UbcException, InterruptedException {
    try {
      long seq = ledger.give(command);
      LOG.log(Level.INFO, "{0}: {1} done at {2}", name, duty.key(), Long.toString(seq));
      return new Ending.Done(seq);
    } catch (LedgerRefused e) {
      String reason = String.valueOf(e.getMessage());
      return LASTING.contains(e.refusal())
          ? new Ending.Never(reason)
          : new Ending.Refused(e.seq(), reason);
    }
  }

  /**
   * Whether it is too late for a duty, as far as this machine knows log time. After an outage it
   * knows better once it has read the ledger again; then the duty is taken up if it is still asked
   * for.
   */
  boolean isLate(Duty duty) {
    return ledger.logTimeMs() >= duty.deadlineMs();
  }
}
