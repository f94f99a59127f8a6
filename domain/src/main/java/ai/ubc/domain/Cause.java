package ai.ubc.domain;

/** Why money moved. Codes are permanent. */
public enum Cause {
  /** An allocation of genesis. */
  GENESIS(1),
  /** A transfer. */
  TRANSFER(2),
  /** Into a bond. */
  BOND(3),
  /** Out of a bond. */
  UNBOND(4),
  /** Into a lock of an escrow. */
  ESCROW(5),
  /** A provider's pay for units delivered. */
  PAY(6),
  /** The treasury's part of the fee. */
  FEE(7),
  /** The burned part of the fee. */
  BURN(8),
  /** A validator's reward. */
  CHECKING(9),
  /** The remainder of a split, to the treasury. */
  REMAINDER(10),
  /** What a requester gets back. */
  REFUND(11),
  /** A bond that its duty has ended for. */
  BOND_RETURN(12),
  /** A bond forfeited and burned. */
  SLASH(13),
  /** What was held for a job that waited for an offer, to its requester. */
  ORDER_RETURN(14);

  private final int code;

  Cause(int code) {
    this.code = code;
  }

  /** The permanent wire code. */
  public int code() {
    return code;
  }

  /**
   * Finds a cause by its code.
   *
   * @throws IllegalArgumentException when no cause has the code
   */
  public static Cause of(int code) {
    for (Cause candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no cause has the code " + code);
  }
}
