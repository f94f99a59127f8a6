package ai.ubc.gateway.database;

import ai.ubc.gateway.projection.Projection;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far each projection has been committed, and waiting for it. From any thread. */
public final class Positions {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private final Map<Projection, Long> committed = new EnumMap<>(Projection.class);

  Positions(Map<Projection, Long> start) {
    committed.putAll(start);
  }

  /** The position of one projection. */
  public long of(Projection projection) {
    lock.lock();
    try {
      return committed.getOrDefault(projection, 0L);
    } finally {
      lock.unlock();
    }
  }

  /** The position that all projections have reached. */
  public long least() {
    return least(java.util.List.of(Projection.values()));
  }

  private long least(Collection<Projection> projections) {
    lock.lock();
    try {
      return projections.stream().mapToLong(p -> committed.getOrDefault(p, 0L)).min().orElse(0);
    } finally {
      lock.unlock();
    }
  }

  void advance(Projection projection, long seq) {
    lock.lock();
    try {
      committed.put(projection, seq);
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the projections have reached {@code seq}.
   *
   * @return whether they did in time
   */
  public boolean await(Collection<Projection> projections, long seq, Duration wait)
      throws InterruptedException {
    lock.lock();
    try {
      long leftNs = wait.toNanos();
      while (least(projections) < seq) {
        if (leftNs <= 0) {
          return false;
        }
        leftNs = advanced.awaitNanos(leftNs);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
