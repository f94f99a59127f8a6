package ai.ubc.engine.escrow;

import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.rules.JobAmounts;

/**
 * How a job's money is split at its end: the arithmetic of SET-001 and SET-003, in micro-COMPUTE.
 * Computes and keeps the parts until the next computation; moves nothing.
 *
 * <p>Why no part exceeds its lock: units are at most the limit that the price was held for, every
 * held amount is the same function of a greater argument, and what is held is rounded up where what
 * is paid is rounded down. The fee, rounded up in both, grows with its argument. The burned part is
 * at most the fee since burnPpm ≤ feePpm.
 */
public final class Settlement {
  private final GenesisParameters parameters;
  private long payMicros;
  private long feeMicros;
  private long burnedMicros;
  private long checkingMicros;
  private long shareMicros;
  private long remainderMicros;

  /** Splits by these parameters. */
  public Settlement(GenesisParameters parameters) {
    this.parameters = parameters;
  }

  /** The provider's pay. */
  public long payMicros() {
    return payMicros;
  }

  /** The requester's fee on the pay, with the part of it that is burned. */
  public long feeMicros() {
    return feeMicros;
  }

  /** What is burned: of the fee, or of a forfeited bond. */
  public long burnedMicros() {
    return burnedMicros;
  }

  /** The reward for checking, V′, shares and remainder together. */
  public long checkingMicros() {
    return checkingMicros;
  }

  /** What each payee gets of it. */
  public long shareMicros() {
    return shareMicros;
  }

  /** What the treasury gets of it: less than one micro-unit a payee. */
  public long remainderMicros() {
    return remainderMicros;
  }

  /**
   * SET-001: a job that is paid.
   *
   * @param units units delivered, at most the job's limit
   * @param priceMicros price of 1,000,000 units
   * @param validators validators asked for
   * @param payees those who share the reward; 0 where nobody's check stands
   */
  void computePaid(long units, long priceMicros, int validators, int payees) {
    payMicros = JobAmounts.payRoundedDown(parameters, units, priceMicros);
    feeMicros = JobAmounts.feeRoundedUp(parameters, payMicros);
    burnedMicros = JobAmounts.burnRoundedDown(parameters, payMicros);
    share(reward(payMicros, validators, payees), payees);
  }

  /**
   * SET-003: a job whose provider's bond is forfeited; the reward comes out of the bond, the rest
   * of which is burned.
   */
  void computeSlashed(long bondMicros, long units, long priceMicros, int validators, int payees) {
    payMicros = 0;
    feeMicros = 0;
    long pay = JobAmounts.payRoundedDown(parameters, units, priceMicros);
    share(Math.min(bondMicros, reward(pay, validators, payees)), payees);
    burnedMicros = bondMicros - checkingMicros;
  }

  private long reward(long payOfUnits, int validators, int payees) {
    return payees == 0 ? 0 : JobAmounts.checkingRoundedDown(parameters, payOfUnits, validators);
  }

  private void share(long rewardMicros, int payees) {
    checkingMicros = rewardMicros;
    shareMicros = payees == 0 ? 0 : rewardMicros / payees;
    remainderMicros = rewardMicros - payees * shareMicros;
  }
}
