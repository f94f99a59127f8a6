package ai.ubc.gateway.limits;

import java.time.Duration;

/**
 * What this gateway takes, all in one place. {@link #standard()} is what the reference documents.
 *
 * @param commandBytesMax most bytes of a command (header, block and signature)
 * @param commandsInFlightMax most commands that wait for the ledger; more are refused
 * @param commandTimeout how long a command waits for the ledger's answer
 * @param blobBytesMax most bytes of a body
 * @param accountBlobBytesMax most bytes of all bodies that one account has stored
 * @param accessAhead how far ahead an access token's expiry may lie
 * @param readWait how long a read with {@code after} waits
 * @param jobsPageMax most jobs of one page
 * @param offersMax most offers of one view of the book, and as many as the ledger looks through
 * @param streamsMax most open streams
 * @param streamLagMax most entries that an open stream may lag behind the log
 * @param streamSilence after how long without a message a stream says where it is
 * @param bundleChecksMax most result bundles that are checked at one time; with one of two cores
 *     for it, other requests go on
 * @param bodyRetention how long a body is kept after it was stored or vouched for, and after the
 *     last job that names it was closed
 * @param bodySweep how often the store looks for bodies whose time is over
 */
public record Limits(
    int commandBytesMax,
    int commandsInFlightMax,
    Duration commandTimeout,
    long blobBytesMax,
    long accountBlobBytesMax,
    Duration accessAhead,
    Duration readWait,
    int jobsPageMax,
    int offersMax,
    int streamsMax,
    int streamLagMax,
    Duration streamSilence,
    int bundleChecksMax,
    Duration bodyRetention,
    Duration bodySweep) {

  /** What a gateway takes unless it is told otherwise. */
  public static Limits standard() {
    return new Limits(
        1_024,
        4_096,
        Duration.ofSeconds(5),
        64L << 20,
        4L << 30,
        Duration.ofHours(24),
        Duration.ofSeconds(2),
        100,
        256,
        1_024,
        8_192,
        Duration.ofSeconds(5),
        Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
        Duration.ofDays(7),
        Duration.ofHours(1));
  }
}
