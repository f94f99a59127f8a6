package ai.ubc.cli.text;

import ai.ubc.api.MandatePage;
import ai.ubc.api.MandateView;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people want to know of mandates. */
public final class Mandates {
  private static final int PAGE = 100;

  private Mandates() {}

  /**
   * The newest mandate of a key, which is there.
   *
   * @param after position of an entry that the answer must cover; 0 for none
   */
  public static MandateView ofKey(UbcClient client, int account, String key, long after)
      throws UbcException, InterruptedException {
    return newestOfKey(client, account, key, after).orElseThrow();
  }

  /** The newest mandate of a key; empty when it has none of the account. */
  public static Optional<MandateView> newestOfKey(
      UbcClient client, int account, String key, long after)
      throws UbcException, InterruptedException {
    return client
        .mandates(account, Optional.of(key), 1, 0, after)
        .map(Read::value)
        .map(MandatePage::mandates)
        .flatMap(found -> found.stream().findFirst());
  }

  /** All mandates of an account, newest first. */
  public static List<MandateView> all(UbcClient client, int account)
      throws UbcException, InterruptedException {
    List<MandateView> all = new ArrayList<>();
    Long before = 0L;
    while (before != null) {
      MandatePage page =
          client
              .mandates(account, Optional.empty(), PAGE, before, 0)
              .map(Read::value)
              .orElseThrow();
      all.addAll(page.mandates());
      before = page.before();
    }
    return all;
  }

  /** Whether a key is allowed more, and until when, such as {@code ends in 59 min}. */
  public static String state(MandateView mandate, long logTimeMs) {
    return switch (mandate.state()) {
      case "LIVE" ->
          "ends in " + Durations.text(Duration.ofMillis(mandate.expiresMs() - logTimeMs));
      case "EXPIRED" -> "expired";
      default -> "revoked";
    };
  }

  /** What is left of a mandate, such as {@code 4.2 of 5 COMPUTE left}. */
  public static String left(MandateView mandate) {
    return Amounts.plain(mandate.leftMicros())
        + " of "
        + Amounts.compute(mandate.amountMicros())
        + " left";
  }
}
