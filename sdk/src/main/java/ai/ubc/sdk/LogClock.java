package ai.ubc.sdk;

import java.util.concurrent.atomic.AtomicLong;

/**
 * An estimate of log time: the last reading that came from the gateway, run on by this machine's
 * clock. Behind the truth by the way of the reading; ahead of it only while the network stands
 * still. From any thread.
 */
public final class LogClock {
  private final MonotonicClock clock;
  private final AtomicLong offsetMs = new AtomicLong();

  LogClock(MonotonicClock clock) {
    this.clock = clock;
  }

  void read(long logTimeMs) {
    offsetMs.set(logTimeMs - clock.nowMs());
  }

  /** Log time now, milliseconds. */
  public long nowMs() {
    return clock.nowMs() + offsetMs.get();
  }
}
