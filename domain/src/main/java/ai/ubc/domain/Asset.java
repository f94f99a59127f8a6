package ai.ubc.domain;

/**
 * The dense asset numbers of genesis. Both tokens have six decimals; an amount is a count of
 * micro-units.
 */
public final class Asset {
  /** $UBC, the capital token. */
  public static final int UBC = 1;

  /** $COMPUTE, the fuel token that pays for jobs. */
  public static final int COMPUTE = 2;

  /** Micro-units in one token. */
  public static final long MICROS = 1_000_000;

  private Asset() {}
}
