package ai.ubc.domain;

/** How much of a job is checked. Codes are permanent. */
public enum Tier {
  /**
   * Nobody re-runs the job; the provider's signed result stands once the dispute window has passed.
   */
  NONE(0),
  /** A drawn swarm re-runs the whole job; its weighted agreement decides. */
  QUORUM(2);

  private final int code;

  Tier(int code) {
    this.code = code;
  }

  /** The permanent wire code. */
  public int code() {
    return code;
  }

  /**
   * Finds a tier by its code.
   *
   * @throws IllegalArgumentException when no tier has the code
   */
  public static Tier of(int code) {
    for (Tier candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no tier has the code " + code);
  }
}
