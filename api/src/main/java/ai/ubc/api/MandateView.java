package ai.ubc.api;

import java.util.List;

/**
 * What a session key may do for an account, and what it has spent.
 *
 * @param mandate its number
 * @param account the account it was given by
 * @param key the session key's address
 * @param state {@code LIVE}, {@code EXPIRED} or {@code REVOKED}
 * @param amountMicros the most that the key may spend, micro-COMPUTE
 * @param spentMicros what counts against that now: payments, and of each job what it may still cost
 *     or what it has cost
 * @param expiresMs log time at which it ends, milliseconds
 * @param classes resource classes of the jobs that it may submit; bit n stands for class n
 * @param payees accounts that it may pay, in the order in which they were allowed
 * @param grantedSeq log entry that gave it
 */
public record MandateView(
    long mandate,
    int account,
    String key,
    String state,
    long amountMicros,
    long spentMicros,
    long expiresMs,
    long classes,
    List<Integer> payees,
    long grantedSeq) {

  /** Copies the list. */
  public MandateView {
    payees = List.copyOf(payees);
  }

  /** What the key may still spend, micro-COMPUTE. */
  public long leftMicros() {
    return amountMicros - spentMicros;
  }
}
