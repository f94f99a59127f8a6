package ai.ubc.domain;

/** What a validator says of a job. Codes are permanent. */
public enum Verdict {
  /** The validator ran it and found the digest it names. */
  DIGEST(1),
  /** The bodies could not be had. */
  UNAVAILABLE(2),
  /** What was committed can not be the result of any run. */
  INVALID(3);

  private final int code;

  Verdict(int code) {
    this.code = code;
  }

  /** The permanent wire code. */
  public int code() {
    return code;
  }

  /**
   * Finds a verdict by its code.
   *
   * @throws IllegalArgumentException when no verdict has the code
   */
  public static Verdict of(int code) {
    for (Verdict candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no verdict has the code " + code);
  }
}
