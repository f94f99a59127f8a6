package ai.ubc.cli.job;

import ai.ubc.api.JobView;
import ai.ubc.cli.text.Amounts;
import ai.ubc.sdk.UbcClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A job that waits for an offer, in words. */
final class WaitText {
  private static final Duration SOON = Duration.ofMinutes(10);
  private static final Duration TODAY = Duration.ofHours(20);

  private WaitText() {}

  /** The most that it pays: {@code at most 0.02 COMPUTE for 1 G instructions}. */
  static String limit(long limitPriceMicros) {
    return "at most " + Amounts.unitPrice(limitPriceMicros);
  }

  /** Its limit and its end on this machine's clock, by the ledger's. */
  static String terms(JobView.Queued queued, UbcClient client) {
    return limit(queued.limitPriceMicros())
        + ", until "
        + end(
            queued.untilMs() - client.logTimeMs(), InstantSource.system(), ZoneId.systemDefault());
  }

  /**
   * When so much time is over: {@code 11:40:30} where it is soon, {@code 11:40} today, else with
   * the day.
   */
  static String end(long leftMs, InstantSource clock, ZoneId zone) {
    Instant end = clock.instant().plusMillis(leftMs);
    Duration left = Duration.ofMillis(leftMs);
    String pattern =
        left.compareTo(SOON) < 0
            ? "HH:mm:ss"
            : left.compareTo(TODAY) < 0 ? "HH:mm" : "EEE d MMM HH:mm";
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(end.atZone(zone));
  }
}
