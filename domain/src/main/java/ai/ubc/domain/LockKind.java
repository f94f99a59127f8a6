package ai.ubc.domain;

/** What a lock of an escrow is for. Codes are permanent. */
public enum LockKind {
  /** The price at the unit limit. */
  PRICE(1),
  /** The fee on the price. */
  FEE(2),
  /** The validators' reward. */
  CHECKING(3),
  /** The requester's deposit. */
  DEPOSIT(4),
  /** The provider's bond for this job alone. */
  PROVIDER_BOND(5),
  /** A drawn validator's bond for this duty alone. */
  DUTY_BOND(6),
  /** What a job that waits for an offer may cost at its limit price. */
  ORDER(7);

  private final int code;

  LockKind(int code) {
    this.code = code;
  }

  /** The permanent wire code. */
  public int code() {
    return code;
  }

  /**
   * Finds a lock kind by its code.
   *
   * @throws IllegalArgumentException when no lock kind has the code
   */
  public static LockKind of(int code) {
    for (LockKind candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no lock kind has the code " + code);
  }
}
