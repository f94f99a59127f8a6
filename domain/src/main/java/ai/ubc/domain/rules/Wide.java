package ai.ubc.domain.rules;

/**
 * Products and quotients of non-negative longs through 128 bits, without allocation. Exact where
 * the result fits a long; else {@link Long#MAX_VALUE}, more than anybody can hold, so a comparison
 * with a balance or a limit still comes out right and nothing a stranger sends can throw. Division
 * is schoolbook base 2^32 for divisors below 2^31, which is all that prices (10^6) and rates need.
 */
public final class Wide {
  private Wide() {}

  /**
   * Returns ⌊a·b / divisor⌋, at most {@link Long#MAX_VALUE}.
   *
   * @param a not negative
   * @param b not negative
   * @param divisor 1 to 2^31 − 1
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
   * Returns ⌈a·b / divisor⌉, at most {@link Long#MAX_VALUE}.
   *
   * @param a not negative
   * @param b not negative
   * @param divisor 1 to 2^31 − 1
   */
  public static long multiplyDivideRoundedUp(long a, long b, int divisor) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    if (high == 0 && low >= 0) {
      return low / divisor + (low % divisor == 0 ? 0 : 1);
    }
    return divide(high, low, divisor, true);
  }

  /** Returns a + b, at most {@link Long#MAX_VALUE}; both not negative. */
  public static long add(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  // The remainder stays below 2^31, so each partial dividend (remainder·2^32 + digit) stays below
  // 2^63.
  private static long divide(long high, long low, int divisor, boolean up) {
    if (high >= divisor) {
      return Long.MAX_VALUE;
    }
    long partial = (high << 32) | (low >>> 32);
    long upper = partial / divisor;
    if (upper >= 1L << 31) {
      return Long.MAX_VALUE;
    }
    partial = (partial % divisor << 32) | (low & 0xFFFF_FFFFL);
    long quotient = (upper << 32) + partial / divisor;
    return up && partial % divisor != 0 ? add(quotient, 1) : quotient;
  }
}
