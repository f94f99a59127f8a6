package ai.ubc.cli.text;

import java.math.BigInteger;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers as arguments; what is none is told in words. */
public final class WholeNumbers {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}");

  private WholeNumbers() {}

  /** Reads an {@code int}. */
  public static ITypeConverter<Integer> ints() {
    return text -> Math.toIntExact(within(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  /** Reads a {@code long}. */
  public static ITypeConverter<Long> longs() {
    return text -> within(text, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long within(String text, long min, long max) {
    if (!NUMBER.matcher(text).matches()) {
      throw new TypeConversionException("\"" + text + "\" is not a whole number");
    }
    // An option may have a bound of its own, so that of the type is not named.
    BigInteger number = new BigInteger(text);
    if (number.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new TypeConversionException(text + " is too large");
    }
    if (number.compareTo(BigInteger.valueOf(min)) < 0) {
      throw new TypeConversionException(text + " is too small");
    }
    return number.longValueExact();
  }
}
