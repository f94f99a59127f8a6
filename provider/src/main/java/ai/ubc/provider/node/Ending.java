package ai.ubc.provider.node;

/** How the work on a duty ended. */
sealed interface Ending {
  /** It is done, by this entry of the log. */
  record Done(long seq) implements Ending {}

  /**
   * The ledger did not take it, by this entry of the log; the state behind it tells what comes
   * next.
   */
  record Refused(long seq, String reason) implements Ending {}

  /** This machine or the way to the network failed; it is tried again while there is time. */
  record Again(String reason) implements Ending {}

  /** It can not be done, ever. */
  record Never(String reason) implements Ending {}

  /** It was told to stop. */
  record Stopped() implements Ending {}
}
