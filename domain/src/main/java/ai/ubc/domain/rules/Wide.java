package ai.ubc.domain.rules;

/**
 * Exact products and quotients of non-negative longs through 128 bits, without allocation. Division
 * is schoolbook base 2^32 for divisors below 2^31, which is all that prices (10^6) and rates need.
 */
public final class Wide {
  private Wide() {}

  /**
   * Returns ⌊a·b / divisor⌋.
   *
   * @param a not negative
   * @param b not negative
   * @param divisor 1 to 2^31 − 1
   * @throws ArithmeticException when the quotient does not fit a long
   */
  public static long multiplyDivideRoundedDown(long a, long b, int divisor) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    if (high == 0 && low >= 0) {
      return low / divisor;
    }
    return divide(high, low, divisor, false);
  }

  /**
   * Returns ⌈a·b / divisor⌉.
   *
   * @param a not negative
   * @param b not negative
   * @param divisor 1 to 2^31 − 1
   * @throws ArithmeticException when the quotient does not fit a long
   */
  public static long multiplyDivideRoundedUp(long a, long b, int divisor) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    if (high == 0 && low >= 0) {
      return low / divisor + (low % divisor == 0 ? 0 : 1);
    }
    return divide(high, low, divisor, true);
  }

  // The remainder stays below 2^31, so each partial dividend (remainder·2^32 + digit) stays below
  // 2^63.
  private static long divide(long high, long low, int divisor, boolean up) {
    if (high >= divisor) {
      throw new ArithmeticException("the quotient exceeds 64 bits");
    }
    long partial = (high << 32) | (low >>> 32);
    long upper = partial / divisor;
    partial = (partial % divisor << 32) | (low & 0xFFFF_FFFFL);
    long quotient = (upper << 32) + partial / divisor;
    if (upper >= 1L << 31) {
      throw new ArithmeticException("the quotient exceeds a long");
    }
    return up && partial % divisor != 0 ? Math.addExact(quotient, 1) : quotient;
  }
}
