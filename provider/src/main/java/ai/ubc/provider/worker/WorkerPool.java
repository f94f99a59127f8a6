package ai.ubc.provider.worker;

import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs requests in worker processes, each behind a wall of memory and of time: whatever a program
 * does to its worker, the node stays.
 *
 * <p>A worker runs one request at a time, starts when it is first needed, is kept for the next
 * request, and is replaced after any fault and after so many runs. All nodes of a process share one
 * pool. Any number of threads may call; those that find no free worker wait, first come first
 * served, for a bounded time.
 */
public final class WorkerPool implements JobRuntime, AutoCloseable {

  private final WorkerSettings settings;
  private final List<String> command;
  private final Semaphore free;

  // Both guarded by this.
  private final Deque<WorkerProcess> idle = new ArrayDeque<>();
  private final Set<WorkerProcess> all = new HashSet<>();
  private boolean closed;

  /** A pool whose workers run this JVM's classes. No worker is started yet. */
  public WorkerPool(WorkerSettings settings) {
    this(settings, commandOf(settings));
  }

  WorkerPool(WorkerSettings settings, List<String> command) {
    this.settings = settings;
    this.command = command;
    this.free = new Semaphore(settings.workers(), true);
  }

  private static List<String> commandOf(WorkerSettings settings) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        "-Xmx" + settings.heapMebibytes() + "m",
        "-XX:MaxMetaspaceSize=256m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        // The JVM interprets methods over 8,000 bytes for ever unless told not to.
        "-XX:-DontCompileHugeMethods",
        WorkerMain.class.getName());
  }

  @Override
  public RunResult run(RunRequest request) throws ProviderFault, InterruptedException {
    if (!free.tryAcquire(settings.waitTimeMax().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new ProviderFault(
          ProviderFault.Kind.BUSY,
          "no worker became free in " + settings.waitTimeMax().toMillis() + " ms");
    }
    try {
      return runIn(take(), request);
    } finally {
      free.release();
    }
  }

  private RunResult runIn(WorkerProcess worker, RunRequest request)
      throws ProviderFault, InterruptedException {
    boolean finished = false;
    try {
      RunResult result = worker.run(request, settings.runTimeMax());
      finished = true;
      return result;
    } catch (ProviderFault fault) {
      throw isClosed() ? closedFault() : fault;
    } finally {
      giveBack(worker, finished);
    }
  }

  private WorkerProcess take() throws ProviderFault {
    synchronized (this) {
      if (closed) {
        throw closedFault();
      }
      @Nullable WorkerProcess worker = idle.pollFirst();
      while (worker != null && !worker.isAlive()) {
        all.remove(worker);
        worker = idle.pollFirst();
      }
      if (worker != null) {
        return worker;
      }
    }
    WorkerProcess worker = WorkerProcess.start(command);
    synchronized (this) {
      if (closed) {
        worker.close();
        throw closedFault();
      }
      all.add(worker);
    }
    return worker;
  }

  private synchronized void giveBack(WorkerProcess worker, boolean finished) {
    if (finished && !closed && worker.runs() < settings.runsPerWorker()) {
      idle.addFirst(worker);
    } else {
      worker.close();
      all.remove(worker);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private static ProviderFault closedFault() {
    return new ProviderFault(ProviderFault.Kind.CLOSED, "the pool of workers is closed");
  }

  /** Ends all workers, also those that run something, and returns when they are gone. */
  @Override
  public void close() {
    List<WorkerProcess> ending;
    synchronized (this) {
      closed = true;
      ending = List.copyOf(all);
      all.clear();
      idle.clear();
    }
    ending.forEach(WorkerProcess::close);
    boolean interrupted = false;
    for (WorkerProcess worker : ending) {
      try {
        worker.awaitEnd();
      } catch (InterruptedException _) {
        // They were killed and end by themselves; only the waiting is given up.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
