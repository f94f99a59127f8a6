package ai.ubc.gateway.blob;

import ai.ubc.gateway.database.Database;
import ai.ubc.gateway.database.JobReads;
import ai.ubc.gateway.journal.LogClock;
import ai.ubc.gateway.journal.Tail;
import ai.ubc.gateway.keys.JobKeyFiles;
import ai.ubc.gateway.limits.Limits;
import ai.ubc.gateway.problem.RequestFailure;
import ai.ubc.gateway.projection.Projection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Deletes bodies whose time is over: a week, by the standard limits, after they were stored or
 * vouched for and after the last job that names them was closed. A body that an open job names is
 * never deleted; nor is any while the projections lag, since they are what says so. Keys that were
 * left for a job's validators go with its input.
 */
public final class BodyRetention implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(BodyRetention.class.getName());
  private static final int BODIES_PER_SWEEP_MAX = 10_000;
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final BlobStore store;
  private final JobKeyFiles keys;
  private final Database database;
  private final Tail tail;
  private final LogClock clock;
  private final Limits limits;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("ubc-body-retention").unstarted(this::run);

  /** Sweeps the store from time to time once {@link #start} is called. */
  public BodyRetention(
      BlobStore store,
      JobKeyFiles keys,
      Database database,
      Tail tail,
      LogClock clock,
      Limits limits) {
    this.store = store;
    this.keys = keys;
    this.database = database;
    this.tail = tail;
    this.clock = clock;
    this.limits = limits;
  }

  /** Begins to sweep. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed.await(limits.bodySweep().toMillis(), TimeUnit.MILLISECONDS)) {
        sweepOrSay();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweepOrSay() {
    try {
      long bytes = sweep();
      if (bytes > 0) {
        LOG.log(Level.INFO, "bodies whose time is over: {0} bytes deleted", bytes);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "bodies could not be looked through; tried again later", e);
    }
  }

  /**
   * Deletes what is due now.
   *
   * @return bytes that became free
   * @throws IOException when the store's disk fails
   * @throws RequestFailure when the projections lag or can not be read; nothing more is deleted
   *     then
   */
  public long sweep() throws IOException {
    // The last entry's time, not the clock's: while the ledger stands still, so does log time.
    long sinceMs = clock.lastEntryMs() - limits.bodyRetention().toMillis();
    List<BlobName> idle = store.idle(sinceMs, BODIES_PER_SWEEP_MAX);
    List<Path> owners = idle.isEmpty() ? List.of() : store.owners();
    long bytes = 0;
    for (BlobName name : idle) {
      if (neededUntilMs(name) < sinceMs) {
        bytes += store.deleteIdle(name, sinceMs, owners);
      } else {
        OptionalLong _ = store.keep(name); // else the next sweep would begin with it again
      }
    }
    for (long job : keys.jobs()) {
      if (!hasInput(job)) {
        keys.erase(job);
      }
    }
    return bytes;
  }

  // A key is of no use, and does no harm, once what it opens is gone.
  private boolean hasInput(long job) throws IOException {
    Optional<String> input =
        database
            .read(
                tail.lastSeq(),
                limits.readWait(),
                Set.of(Projection.JOBS),
                connection -> JobReads.input(connection, job))
            .value();
    return input.isPresent() && store.length(BlobName.parse(input.get())).isPresent();
  }

  private long neededUntilMs(BlobName name) {
    return database
        .read(
            tail.lastSeq(),
            limits.readWait(),
            Set.of(Projection.JOBS),
            connection -> JobReads.neededUntilMs(connection, name.toString()))
        .value();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.join(CLOSE_WAIT)) {
        LOG.log(Level.WARNING, "the store is still looked through");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
