package ai.ubc.domain;

/** Who or what holds money. Codes are permanent. */
public enum HolderKind {
  /** An account's free balance; the id is the account. */
  FREE(1),
  /** An account's provider bond that no job reserves. */
  BOND_PROVIDER(2),
  /** An account's validator bond that no duty reserves. */
  BOND_VALIDATOR(3),
  /** A lock of an escrow; the id is the lock. */
  LOCK(4),
  /** Nobody, for ever; the id is 0. */
  BURNED(5),
  /** The source of the genesis allocations; the id is 0. */
  GENESIS(6);

  private final int code;

  HolderKind(int code) {
    this.code = code;
  }

  /** The permanent wire code. */
  public int code() {
    return code;
  }

  /**
   * Finds a holder kind by its code.
   *
   * @throws IllegalArgumentException when no holder kind has the code
   */
  public static HolderKind of(int code) {
    for (HolderKind candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no holder kind has the code " + code);
  }
}
