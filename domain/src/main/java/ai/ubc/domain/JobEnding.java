package ai.ubc.domain;

/** How a job ended. Codes are permanent. */
public enum JobEnding {
  /** The drawn swarm stands behind the result; paid. */
  ACCEPTED(1),
  /** Paid without a check: tier none, or no verdict came about. */
  UNCHECKED(2),
  /** The drawn swarm agrees on another result; the bond is slashed. */
  FRAUD(3),
  /** The provider did not open what it had committed; the bond is slashed. */
  WITHHELD(4),
  /** The provider never committed; the bond is slashed. */
  ABANDONED(5),
  /** The requester took it back while it waited for an offer; it cost nothing. */
  CANCELLED(6),
  /** No offer could carry it in its time; it cost nothing. */
  UNMATCHED(7);

  private final int code;

  JobEnding(int code) {
    this.code = code;
  }

  /** The permanent wire code. */
  public int code() {
    return code;
  }

  /**
   * Finds a job ending by its code.
   *
   * @throws IllegalArgumentException when no job ending has the code
   */
  public static JobEnding of(int code) {
    for (JobEnding candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no job ending has the code " + code);
  }
}
