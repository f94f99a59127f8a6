package ai.ubc.domain;

/** Who may read a job's bodies. Codes are permanent. */
public enum InputPolicy {
  /** Anyone. */
  PUBLIC(0),
  /** The parties and the validators drawn for the job. */
  VALIDATORS(1),
  /** The parties only; such a job can not be re-run by a quorum. */
  PARTIES(2);

  private final int code;

  InputPolicy(int code) {
    this.code = code;
  }

  /** The permanent wire code. */
  public int code() {
    return code;
  }

  /**
   * Finds a input policy by its code.
   *
   * @throws IllegalArgumentException when no input policy has the code
   */
  public static InputPolicy of(int code) {
    for (InputPolicy candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no input policy has the code " + code);
  }
}
