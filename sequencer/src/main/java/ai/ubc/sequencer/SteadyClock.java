package ai.ubc.sequencer;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Unix time that is read once and then counted on by a clock that nobody sets: when the machine's
 * clock is set while a node runs, or the machine sleeps, the ledger's time does not jump. Nor does
 * it begin before a time that was reached already. From any thread.
 */
final class SteadyClock implements LongSupplier {
  private final LongSupplier unixMs;
  private final LongSupplier elapsedNs;
  private final long beginMs;
  private final long beginNs;

  /**
   * Begins now.
   *
   * @param unixMs the machine's clock, Unix time in milliseconds
   * @param elapsedNs nanoseconds since any moment
   * @param atLeastMs Unix time in milliseconds that was reached before
   */
  SteadyClock(LongSupplier unixMs, LongSupplier elapsedNs, long atLeastMs) {
    this.unixMs = unixMs;
    this.elapsedNs = elapsedNs;
    this.beginNs = elapsedNs.getAsLong();
    this.beginMs = Math.max(unixMs.getAsLong(), atLeastMs);
  }

  @Override
  public long getAsLong() {
    return beginMs + TimeUnit.NANOSECONDS.toMillis(elapsedNs.getAsLong() - beginNs);
  }

  /** How far the machine's clock is ahead of this one; less than 0 when it is behind. */
  long machineAheadMs() {
    return unixMs.getAsLong() - getAsLong();
  }
}
