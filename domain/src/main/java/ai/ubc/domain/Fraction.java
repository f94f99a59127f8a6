package ai.ubc.domain;

/**
 * A fraction between 0 (exclusive) and 1 (inclusive).
 *
 * @param numerator 1 to denominator
 * @param denominator 1 to 1,000
 */
public record Fraction(int numerator, int denominator) {
  /** Refuses fractions outside (0, 1]. */
  public Fraction {
    if (numerator < 1 || denominator < numerator || denominator > 1_000) {
      throw new IllegalArgumentException(
          "not a fraction in (0, 1]: " + numerator + "/" + denominator);
    }
  }

  /** Whether {@code part} of {@code whole} is at least this fraction; both non-negative, exact. */
  public boolean isReachedBy(long part, long whole) {
    int high =
        Long.compare(Math.multiplyHigh(part, denominator), Math.multiplyHigh(whole, numerator));
    return high != 0 ? high > 0 : Long.compareUnsigned(part * denominator, whole * numerator) >= 0;
  }
}
