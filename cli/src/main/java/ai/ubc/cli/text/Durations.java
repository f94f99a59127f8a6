package ai.ubc.cli.text;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people read and write them. */
public final class Durations {
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

  private Durations() {}

  /**
   * Reads a time such as {@code 90s}, {@code 30m}, {@code 1h} or {@code 7d}.
   *
   * @throws IllegalArgumentException when it is anything else; the message says what is expected
   */
  public static Duration parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is not a time: write a number and s, m, h or d, such as 90s, 30m, 1h or 7d");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /** A time for people: {@code 45 s}, {@code 30 min}, {@code 1.5 h}, {@code 7 days}. */
  public static String text(Duration duration) {
    return duration.toDays() >= 2
        ? duration.toDays() + " days"
        : Amounts.seconds(Math.max(0, duration.toMillis()) / 1_000.0);
  }
}
