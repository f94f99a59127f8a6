package ai.ubc.sdk.job;

/** What came of taking a job back. */
public enum Cancellation {
  /** It is taken back, by this call or before; what was held has returned. */
  TAKEN_BACK,
  /** Too late: an offer has taken it before. */
  TAKEN,
  /**
   * Too late: its time to wait is over. It has ended {@code UNMATCHED}, or does so with the
   * ledger's next tick, no offer takes it any more, and what is held for it returns then. It costs
   * nothing.
   */
  UNMATCHED
}
