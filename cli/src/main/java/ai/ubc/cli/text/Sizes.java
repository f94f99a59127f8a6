package ai.ubc.cli.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of memory as people read and write them; binary, so 1 G is 2^30 bytes. */
public final class Sizes {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,6})\\s*(M|G|T)(i?B)?", Pattern.CASE_INSENSITIVE);

  private Sizes() {}

  /**
   * Reads a size such as {@code 512M}, {@code 4G} or {@code 4GiB}.
   *
   * @return bytes
   * @throws IllegalArgumentException when it is anything else; the message says what is expected
   */
  public static long parse(String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a size: write a number with M, G or T, such as 4G");
    }
    int shift =
        switch (size.group(2).toUpperCase(Locale.ROOT)) {
          case "M" -> 20;
          case "G" -> 30;
          default -> 40;
        };
    return Long.parseLong(size.group(1)) << shift;
  }

  /** Bytes for people: {@code 4 GiB}, {@code 1.5 GiB}, {@code 768 MiB}. */
  public static String of(long bytes) {
    double gibibytes = bytes / (double) (1L << 30);
    if (gibibytes < 1) {
      return (bytes >> 20) + " MiB";
    }
    String number = String.format(Locale.ROOT, "%.1f", gibibytes);
    return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + " GiB";
  }
}
