package ai.ubc.sdk;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only while somebody sleeps. */
public final class TestClock implements MonotonicClock {
  private final AtomicLong nowMs = new AtomicLong(1_000_000);
  private final List<Long> pauses = new CopyOnWriteArrayList<>();

  @Override
  public long nowMs() {
    return nowMs.get();
  }

  @Override
  public void sleep(long ms) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pauses.add(ms);
    nowMs.addAndGet(ms);
  }

  /** Lets time pass. */
  public void advance(long ms) {
    nowMs.addAndGet(ms);
  }

  /** How long was slept each time. */
  public List<Long> pauses() {
    return pauses;
  }
}
