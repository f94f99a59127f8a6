package ai.ubc.gateway.journal;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Unix time, in milliseconds, that is read once and then counted on by a clock that nobody sets: it
 * does not jump when the machine's clock does. From any thread.
 */
public final class SteadyTime implements LongSupplier {
  private final long beginMs;
  private final long beginNs;
  private final LongSupplier elapsedNs;

  /**
   * Begins now.
   *
   * @param beginMs Unix time now, milliseconds
   * @param elapsedNs nanoseconds since any moment
   */
  public SteadyTime(long beginMs, LongSupplier elapsedNs) {
    this.beginMs = beginMs;
    this.elapsedNs = elapsedNs;
    this.beginNs = elapsedNs.getAsLong();
  }

  @Override
  public long getAsLong() {
    return beginMs + TimeUnit.NANOSECONDS.toMillis(elapsedNs.getAsLong() - beginNs);
  }
}
