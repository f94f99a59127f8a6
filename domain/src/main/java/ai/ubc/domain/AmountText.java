package ai.ubc.domain;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Amounts as people write them, exact for every long. From any thread. */
public final class AmountText {
  private static final int DECIMALS = 6;

  private AmountText() {}

  /** Micro-units as a decimal number without trailing zeros: 12,500 is {@code 0.0125}. */
  public static String plain(long micros) {
    return plain(BigDecimal.valueOf(micros, DECIMALS));
  }

  /** Micro-units as a decimal number without trailing zeros, also more than a long holds. */
  public static String plain(BigInteger micros) {
    return plain(new BigDecimal(micros, DECIMALS));
  }

  /** Micro-COMPUTE with the token's name: {@code 0.0125 COMPUTE}. */
  public static String compute(long micros) {
    return named(BigDecimal.valueOf(micros, DECIMALS));
  }

  /**
   * A price of 1,000,000 units, micro-COMPUTE, as that of 1,000,000,000 units: 20 is {@code 0.02
   * COMPUTE}.
   */
  public static String priceOfBillion(long priceMicros) {
    // A thousand times as much, by three decimals fewer: a product could overflow.
    return named(BigDecimal.valueOf(priceMicros, DECIMALS - 3));
  }

  private static String named(BigDecimal tokens) {
    return plain(tokens) + " COMPUTE";
  }

  private static String plain(BigDecimal tokens) {
    return tokens.stripTrailingZeros().toPlainString();
  }
}
