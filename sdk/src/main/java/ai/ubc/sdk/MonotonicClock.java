package ai.ubc.sdk;

import java.util.concurrent.TimeUnit;

/** Time that never goes back, and waiting in it; a port, so that tests need not wait. */
public interface MonotonicClock {
  /** Milliseconds since some fixed moment. */
  long nowMs();

  /**
   * Blocks the calling thread.
   *
   * @param ms milliseconds; 0 or less returns at once
   */
  void sleep(long ms) throws InterruptedException;

  /** The clock of this machine. */
  static MonotonicClock system() {
    return new MonotonicClock() {
      @Override
      public long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
      }

      @Override
      public void sleep(long ms) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(ms);
      }
    };
  }
}
