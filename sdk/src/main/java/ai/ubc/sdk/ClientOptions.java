package ai.ubc.sdk;

/**
 * The limits of a client; all times are milliseconds.
 *
 * @param connectMs most time to connect
 * @param requestMs most time from a request to its whole answer, where no body is moved
 * @param bodyMs most time to move a body
 * @param submitMs most time after which an unanswered command is given up with {@link
 *     OutcomeUnknown}
 * @param commandValidityMs how far ahead of log time a command's notAfter lies; the network takes
 *     at most two minutes
 * @param attempts how often a read or a body is tried, at least 1
 * @param backoffFirstMs pause after the first failure, doubled after each further one
 * @param backoffLastMs the longest pause
 * @param silenceMs silence after which a stream counts as broken; a gateway speaks every 5 seconds
 * @param answerBytesMax most bytes of an answer that is no body
 */
public record ClientOptions(
    long connectMs,
    long requestMs,
    long bodyMs,
    long submitMs,
    long commandValidityMs,
    int attempts,
    long backoffFirstMs,
    long backoffLastMs,
    long silenceMs,
    long answerBytesMax) {

  /** Checks that each limit is positive and pauses are in order. */
  public ClientOptions {
    if (connectMs < 1
        || requestMs < 1
        || bodyMs < 1
        || submitMs < 1
        || commandValidityMs < 1
        || attempts < 1
        || backoffFirstMs < 1
        || backoffLastMs < backoffFirstMs
        || silenceMs < 1
        || answerBytesMax < 1) {
      throw new IllegalArgumentException(
          "every limit of a client is positive, and the last pause is no shorter than the first");
    }
  }

  /** What suits people and nodes on a working network. */
  public static ClientOptions defaults() {
    return new ClientOptions(
        5_000, 15_000, 300_000, 60_000, 30_000, 5, 100, 3_000, 16_000, 32L << 20);
  }

  /** The pause after {@code failures} failures in a row, 1 or more. */
  long backoffMs(int failures) {
    int doublings = Math.min(failures - 1, 30);
    return Math.min(backoffLastMs, backoffFirstMs << doublings);
  }
}
