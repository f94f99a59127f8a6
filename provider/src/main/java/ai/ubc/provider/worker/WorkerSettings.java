package ai.ubc.provider.worker;

import java.time.Duration;

/**
 * How a pool runs its workers.
 *
 * @param workers most worker processes at a time, at least 1; as many as there are cores serve all
 *     nodes of a process
 * @param runTimeMax longest that a run may take; one that takes longer is late
 * @param waitTimeMax longest that a run waits for a free worker
 * @param heapMebibytes heap of a worker; 768 hold the largest memory and output that limits allow
 * @param runsPerWorker runs after which a worker is replaced
 */
public record WorkerSettings(
    int workers, Duration runTimeMax, Duration waitTimeMax, int heapMebibytes, int runsPerWorker) {

  /**
   * @throws IllegalArgumentException when a number or a time is not positive
   */
  public WorkerSettings {
    if (workers < 1 || heapMebibytes < 1 || runsPerWorker < 1) {
      throw new IllegalArgumentException("numbers of a pool's settings are positive");
    }
    if (!runTimeMax.isPositive() || !waitTimeMax.isPositive()) {
      throw new IllegalArgumentException("times of a pool's settings are positive");
    }
  }

  /** So many workers; ten minutes a run and for waiting. */
  public static WorkerSettings of(int workers) {
    return new WorkerSettings(workers, Duration.ofMinutes(10), Duration.ofMinutes(10), 768, 200);
  }
}
