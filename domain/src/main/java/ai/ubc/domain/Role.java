package ai.ubc.domain;

/** What a bond is for. Codes are permanent. */
public enum Role {
  /** Runs jobs. */
  PROVIDER(1),
  /** Re-runs the jobs it is drawn for. */
  VALIDATOR(2);

  private final int code;

  Role(int code) {
    this.code = code;
  }

  /** The permanent wire code. */
  public int code() {
    return code;
  }

  /**
   * Finds a role by its code.
   *
   * @throws IllegalArgumentException when no role has the code
   */
  public static Role of(int code) {
    for (Role candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no role has the code " + code);
  }
}
