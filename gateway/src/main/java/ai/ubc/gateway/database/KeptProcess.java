package ai.ubc.gateway.database;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that is kept running: when its process ends before this is let go, it is launched
 * again, after a pause that grows while starts fail or do not last. Launching holds no lock, so
 * whoever closes this, or asks for the process, never waits for a start. From any thread.
 */
final class KeptProcess implements AutoCloseable {
  /** The first pause before a start, milliseconds; each further one is twice as long. */
  static final long PAUSE_FIRST_MS = 100;

  /** The longest pause, milliseconds. */
  static final long PAUSE_LAST_MS = 10_000;

  /** A process that ran so long had a good start, milliseconds. */
  static final long LASTING_MS = 60_000;

  private static final Logger LOG = LoggerFactory.getLogger(KeptProcess.class);
  private static final long STOP_WAIT_S = 20;

  private final String name;
  private final Launcher launcher;
  private final Time time;
  private final Thread keeper;

  // Both guarded by this.
  private Process process;
  private boolean letGo;

  /** Starts the program. */
  @FunctionalInterface
  interface Launcher {
    /**
     * Returns when the program works. When it fails, or is interrupted, its process is told to end.
     *
     * @throws IOException when it does not come to work
     */
    Process launch() throws IOException, InterruptedException;
  }

  /** How time passes. */
  interface Time {
    /** Nanoseconds since any moment. */
    long nowNs();

    /** Returns later. */
    void pause(long ms) throws InterruptedException;

    /** The machine's. */
    static Time ofMachine() {
      return new Time() {
        @Override
        public long nowNs() {
          return System.nanoTime();
        }

        @Override
        public void pause(long ms) throws InterruptedException {
          TimeUnit.MILLISECONDS.sleep(ms);
        }
      };
    }
  }

  private KeptProcess(String name, Launcher launcher, Time time, Process process) {
    this.name = name;
    this.launcher = launcher;
    this.time = time;
    this.process = process;
    this.keeper = Thread.ofVirtual().name("ubc-keeps-" + name).unstarted(this::keep);
  }

  /**
   * Launches a program and keeps it running.
   *
   * @throws IOException when the first start fails
   */
  static KeptProcess start(String name, Launcher launcher, Time time)
      throws IOException, InterruptedException {
    KeptProcess kept = new KeptProcess(name, launcher, time, launcher.launch());
    kept.keeper.start();
    return kept;
  }

  /** The process, which may have ended. */
  synchronized Process process() {
    return process;
  }

  /** From now on the program is not started again; a start under way is given up. */
  synchronized Process letGo() {
    letGo = true;
    keeper.interrupt();
    return process;
  }

  private void keep() {
    try {
      int failures = 0;
      while (true) {
        long begunNs = time.nowNs();
        int code = process().waitFor();
        boolean hasLasted = time.nowNs() - begunNs >= TimeUnit.MILLISECONDS.toNanos(LASTING_MS);
        failures = hasLasted ? 0 : failures;
        LOG.warn("{} ended with code {}; starting it again", name, code);
        time.pause(pauseMs(failures++));
        while (!launchAgain()) {
          time.pause(pauseMs(failures++));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long pauseMs(int failures) {
    // Shifted by at most 20, so it can not overflow.
    return Math.min(PAUSE_LAST_MS, PAUSE_FIRST_MS << Math.min(failures, 20));
  }

  private boolean launchAgain() throws InterruptedException {
    Process fresh;
    try {
      fresh = launcher.launch();
    } catch (IOException e) {
      LOG.warn("{} could not be started again; it is tried once more", name, e);
      return false;
    }
    synchronized (this) {
      if (!letGo) {
        process = fresh;
        return true;
      }
    }
    fresh.destroy();
    throw new InterruptedException(name + " was let go");
  }

  /** Ends the program once its last client has gone; at the latest after 20 seconds. */
  @Override
  public void close() {
    Process ending = letGo();
    ending.destroy();
    try {
      if (!ending.waitFor(STOP_WAIT_S, TimeUnit.SECONDS)) {
        ending.destroyForcibly();
      }
      if (!keeper.join(Duration.ofSeconds(STOP_WAIT_S))) {
        LOG.warn("a start of {} does not end", name);
      }
    } catch (InterruptedException e) {
      ending.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
