package ai.ubc.provider.node;

/**
 * What a node uses at most.
 *
 * @param runsMax programs that run at a time
 * @param dutiesMax duties under way at a time
 * @param bodyBytesMax most bytes of a body
 * @param cacheBytesMax most bytes of bodies that are kept for later
 * @param freeBytesMin bytes that stay free on the disk; no program is started below
 * @param reconcileMs longest time between two reads of the node's duties, milliseconds
 * @param retryFirstMs pause after a first failure, doubled after each further one, milliseconds
 * @param retryLastMs the longest pause, milliseconds
 */
public record NodeLimits(
    int runsMax,
    int dutiesMax,
    long bodyBytesMax,
    long cacheBytesMax,
    long freeBytesMin,
    long reconcileMs,
    long retryFirstMs,
    long retryLastMs) {

  /** Checks that limits are positive and in order. */
  public NodeLimits {
    if (runsMax < 1
        || dutiesMax < runsMax
        || bodyBytesMax < 1
        || cacheBytesMax < 0
        || freeBytesMin < 0
        || reconcileMs < 1
        || retryFirstMs < 1
        || retryLastMs < retryFirstMs) {
      throw new IllegalArgumentException("a node's limits are positive and in order");
    }
  }

  /** Limits for so many programs at a time. */
  public static NodeLimits of(int runsMax) {
    return new NodeLimits(
        runsMax, runsMax + 32, 64L << 20, 1L << 30, 512L << 20, 10_000, 250, 15_000);
  }

  /** The pause after {@code failures} failures in a row, 1 or more. */
  long retryMs(int failures) {
    return Math.min(retryLastMs, retryFirstMs << Math.min(failures - 1, 20));
  }
}
