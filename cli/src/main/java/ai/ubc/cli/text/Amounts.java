package ai.ubc.cli.text;

import ai.ubc.domain.AmountText;
import ai.ubc.domain.Asset;
import java.math.BigDecimal;
import java.util.Locale;

/** Amounts and units as people read and write them. */
public final class Amounts {
  /**
   * Units that a provider runs in a second, about: what the slowest of the kernels of {@code
   * docs/performance.md} did.
   */
  static final double UNITS_PER_SECOND = 3.1e9;

  /** A price is of 1,000,000 units; people think of 1 G of them. */
  private static final long PRICES_OF_G = 1_000;

  private static final int DECIMALS = 6;

  private Amounts() {}

  /** Micro-units as a decimal number without trailing zeros: 12,500 is {@code 0.0125}. */
  public static String plain(long micros) {
    return AmountText.plain(micros);
  }

  /** Micro-COMPUTE with the token's name: {@code 0.0125 COMPUTE}. */
  public static String compute(long micros) {
    return AmountText.compute(micros);
  }

  /**
   * A price of 1,000,000 units, micro-COMPUTE, as one of 1 G: {@code 0.02 COMPUTE for 1 G
   * instructions}.
   */
  public static String unitPrice(long priceMicros) {
    return unitPriceAlone(priceMicros) + " for 1 G instructions";
  }

  /** The same where what it is of stands elsewhere: {@code 0.02 COMPUTE}. */
  public static String unitPriceAlone(long priceMicros) {
    return AmountText.priceOfBillion(priceMicros);
  }

  /**
   * Reads a price of 1 G instructions.
   *
   * @return price of 1,000,000 units, micro-COMPUTE
   * @throws IllegalArgumentException when it is none; the message says what is expected
   */
  public static long parseUnitPrice(String text) {
    long micros = parse(text) / PRICES_OF_G;
    if (micros < 1) {
      throw new IllegalArgumentException("prices of 1 G begin at " + plain(PRICES_OF_G));
    }
    return micros;
  }

  /** Metered units as people count them: {@code 1.2 G}, {@code 350 M}, {@code 12 k}, {@code 7}. */
  public static String units(long units) {
    if (units >= 1_000_000_000L) {
      return String.format(Locale.ROOT, "%.2f G", units / 1e9);
    }
    if (units >= 1_000_000L) {
      return String.format(Locale.ROOT, "%.1f M", units / 1e6);
    }
    return units >= 10_000L ? units / 1_000 + " k" : Long.toString(units);
  }

  /** About how long units take, for people: {@code about 0.8 s}. */
  public static String time(long units) {
    double seconds = units / UNITS_PER_SECOND;
    return seconds < 0.1 ? "under 0.1 s" : "about " + seconds(seconds);
  }

  /** A time, for people: {@code 0.8 s}, {@code 14 s}, {@code 3 min}, {@code 2.5 h}. */
  public static String seconds(double seconds) {
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (seconds < 120) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    return seconds < 7_200
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
  }

  /**
   * Units with their time: {@code 1.2 G instructions, about 0.4 s}. A unit is the weight of a plain
   * instruction.
   */
  public static String work(long units) {
    return units(units) + " instructions, " + time(units);
  }

  /** Money with what it is for: {@code 0.012 COMPUTE (1.2 G instructions, about 0.4 s)}. */
  public static String cost(long micros, long units) {
    return compute(micros) + " (" + work(units) + ")";
  }

  /**
   * Reads a positive decimal number of tokens with at most six decimals.
   *
   * @return micro-units
   * @throws IllegalArgumentException when it is anything else; the message says what is expected
   */
  public static long parse(String text) {
    try {
      if (text.length() <= 30 && text.matches("\\d+(\\.\\d{1,6})?")) {
        long micros = new BigDecimal(text).movePointRight(DECIMALS).longValueExact();
        if (micros > 0) {
          return micros;
        }
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("\"" + text + "\" is more than the ledger can hold", e);
    }
    throw new IllegalArgumentException(
        "\""
            + text
            + "\" is not an amount: write a positive number with at most six decimals, such as 0.05");
  }

  /** The symbol of an asset. */
  public static String symbol(int asset) {
    return asset == Asset.COMPUTE ? "COMPUTE" : "UBC";
  }
}
