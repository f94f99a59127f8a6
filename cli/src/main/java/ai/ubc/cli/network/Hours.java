package ai.ubc.cli.network;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of each day in which a provider takes new work; past midnight where it ends earlier than
 * it begins.
 *
 * @param from its first minute
 * @param to the first minute behind it
 * @param zone whose clock it goes by
 */
record Hours(LocalTime from, LocalTime to, ZoneId zone) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,2})(?::(\\d{2}))?-(\\d{1,2})(?::(\\d{2}))?(UTC|utc)?");

  /**
   * Reads {@code 22-7}, {@code 22:30-6:15} or {@code 22-7UTC}.
   *
   * @param local the zone where the text names none
   * @throws IllegalArgumentException when it is anything else; the message says what is expected
   */
  static Hours parse(String text, ZoneId local) {
    Matcher form = FORM.matcher(text.strip());
    try {
      if (form.matches()) {
        LocalTime from = time(form.group(1), form.group(2));
        LocalTime to = time(form.group(3), form.group(4));
        if (!from.equals(to)) {
          return new Hours(from, to, form.group(5) == null ? local : ZoneOffset.UTC);
        }
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(expected(text), e);
    }
    throw new IllegalArgumentException(expected(text));
  }

  private static String expected(String text) {
    return "\""
        + text
        + "\" is no part of a day: write when it begins and ends, such as 22-7, 22:30-6:15 or 22-7UTC";
  }

  // 24 is what people write for the end of a day.
  private static LocalTime time(String hour, String minute) {
    int hours = Integer.parseInt(hour);
    int minutes = minute == null ? 0 : Integer.parseInt(minute);
    return hours == 24 && minutes == 0 ? LocalTime.MIDNIGHT : LocalTime.of(hours, minutes);
  }

  /** Whether that moment is within. */
  boolean include(Instant moment) {
    LocalTime time = LocalTime.ofInstant(moment, zone);
    boolean begun = !time.isBefore(from);
    boolean over = !time.isBefore(to);
    return from.isBefore(to) ? begun && !over : begun || !over;
  }

  /** For people: {@code 22:00 to 07:00 (Europe/Berlin)}. */
  @Override
  public String toString() {
    return from + " to " + to + " (" + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone) + ")";
  }
}
