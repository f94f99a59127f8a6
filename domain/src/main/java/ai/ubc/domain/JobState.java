package ai.ubc.domain;

/** Where a job stands. Codes are permanent. */
public enum JobState {
  /** The provider runs it; waits for the commit. */
  LEASED(1),
  /** Committed; waits for the requester's secret. */
  AWAITING_SECRET(2),
  /** Waits for the beacon that draws the validators. */
  AWAITING_BEACON(3),
  /** Drawn; waits for the sealed verdicts. */
  SEALING(4),
  /** Sealed; waits for result and verdicts to be opened. */
  OPENING(5),
  /** Nobody checks it (any more); waits for the provider to open the result. */
  AWAITING_RESULT(6),
  /** Judged; what may still be disputed is held until the window ends. */
  HELD(7),
  /** Ended; the escrow is empty. */
  CLOSED(8),
  /** Waits for an offer that can carry it. */
  WAITING(9);

  private final int code;

  JobState(int code) {
    this.code = code;
  }

  /** The permanent wire code. */
  public int code() {
    return code;
  }

  /**
   * Finds a job state by its code.
   *
   * @throws IllegalArgumentException when no job state has the code
   */
  public static JobState of(int code) {
    for (JobState candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no job state has the code " + code);
  }
}
