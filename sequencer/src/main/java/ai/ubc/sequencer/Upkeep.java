package ai.ubc.sequencer;

import ai.ubc.codec.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Looks after a running node once a second: takes snapshots, has removed what they make
 * superfluous, stops the node before its disk is full, and tells when the machine's clock was set.
 */
final class Upkeep implements AutoCloseable {
  /** What can be done to a node. */
  interface Node {
    /** The last entry applied. */
    long seq();

    /** Takes a snapshot. */
    void takeSnapshot();

    /** Removes, or moves away, what a snapshot at {@code seq} or later makes superfluous. */
    void tidy(long seq) throws IOException;

    /** Writes down the time that was reached. */
    void keepTime() throws IOException;

    /** How far the machine's clock is ahead of the node's, milliseconds. */
    long machineAheadMs();

    /** Stops the node in order, for this reason. */
    void stop(String reason);
  }

  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
  private static final long ROUND_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_TIMEOUT_MS = 60_000;
  private static final long JUMP_MIN_MS = 5_000;

  private final UpkeepSettings settings;
  private final Path directory;
  private final LongSupplier clockMs;
  private final Node node;
  private final Thread thread;
  private volatile boolean running = true;

  private long snapshotSeq;
  private long snapshotMs;
  private long toldAheadMs;
  private String toldFault = "";

  /**
   * Makes an upkeep that is not started.
   *
   * @param directory where the settings tell what is free
   * @param clockMs milliseconds that nobody sets
   * @param snapshotSeq the last entry that needs no snapshot
   */
  Upkeep(
      UpkeepSettings settings, Path directory, LongSupplier clockMs, long snapshotSeq, Node node) {
    this.settings = settings;
    this.directory = directory;
    this.clockMs = clockMs;
    this.node = node;
    this.snapshotSeq = snapshotSeq;
    this.snapshotMs = clockMs.getAsLong();
    this.thread = Thread.ofPlatform().daemon().name("ubc-upkeep").unstarted(this::run);
  }

  /** Why a node with so little space does not run. */
  static String tooLittleSpace(Path directory, long freeBytes, long minBytes) {
    return "only %d MiB are free on the disk of %s, and %d are needed; free some and start again"
        .formatted(freeBytes >> 20, directory, minBytes >> 20);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_TIMEOUT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (running) {
      look();
      LockSupport.parkNanos(ROUND_NS);
    }
  }

  /** One round. */
  void look() {
    try {
      long free = settings.freeBytes().getAsLong();
      if (free < settings.freeBytesMin()) {
        running = false;
        node.stop(tooLittleSpace(directory, free, settings.freeBytesMin()));
        return;
      }
      node.keepTime();
      tellJump();
      takeDueSnapshot();
      toldFault = "";
    } catch (JournalException e) {
      // What the ledger has acknowledged does not depend on it: the node goes on.
      Throwable cause = e.getCause();
      String reason = cause == null ? "" : " (" + cause.getMessage() + ")";
      tellFault("the journal: " + e.getMessage() + reason + "; " + advice(e.kind()), e);
    } catch (IOException | RuntimeException e) {
      // The node goes on without; what was not removed now is removed after the next snapshot.
      tellFault("upkeep: " + e.getMessage(), e);
    }
  }

  private static String advice(JournalException.Kind kind) {
    return switch (kind) {
      case DAMAGED -> "put that file back from a backup";
      case FOREIGN, DIFFERENT -> "move what does not belong there away, or use another archive";
      case IO -> "free space or mend the disk; it is tried again after the next snapshot";
    };
  }

  // Once, not every second.
  private void tellFault(String fault, Exception cause) {
    if (running && !fault.equals(toldFault)) {
      LOG.log(System.Logger.Level.WARNING, fault, cause);
      toldFault = fault;
    }
  }

  private void takeDueSnapshot() throws IOException {
    long seq = node.seq();
    long nowMs = clockMs.getAsLong();
    boolean isDue =
        seq - snapshotSeq >= settings.snapshotEntries()
            || (seq > snapshotSeq && nowMs - snapshotMs >= settings.snapshotEveryMs());
    if (!isDue) {
      return;
    }
    // Also when it fails: the next try then waits as long.
    snapshotMs = nowMs;
    snapshotSeq = seq;
    node.takeSnapshot();
    node.tidy(seq);
  }

  private void tellJump() {
    long aheadMs = node.machineAheadMs();
    if (Math.abs(aheadMs - toldAheadMs) >= JUMP_MIN_MS) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the machine''s clock is {0,number,#} ms from where it was when it was last looked at:"
              + " it was set, or the machine slept. The ledger''s time goes on without the jump.",
          aheadMs - toldAheadMs);
      toldAheadMs = aheadMs;
    }
  }
}
