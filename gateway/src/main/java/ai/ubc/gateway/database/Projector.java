package ai.ubc.gateway.database;

import ai.ubc.domain.Genesis;
import ai.ubc.gateway.journal.JournalEntry;
import ai.ubc.gateway.journal.Tail;
import ai.ubc.gateway.projection.Projection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the journal into the projections, one thread each, in batches: whatever has come in while
 * the last batch was written is the next. When the database fails, it says so once and goes on from
 * the stored position once a second.
 */
public final class Projector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
  private static final int BATCH_MAX = 512;
  private static final long WAIT_MS = 60_000;

  private final Database database;
  private final Tail tail;
  private final Genesis genesis;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /** Starts carrying. */
  public Projector(Database database, Tail tail, Genesis genesis) {
    this.database = database;
    this.tail = tail;
    this.genesis = genesis;
    for (Projection projection : Projection.values()) {
      threads.add(
          Thread.ofVirtual().name("ubc-project-" + projection.key()).start(() -> run(projection)));
    }
  }

  private void run(Projection projection) {
    try {
      boolean isSaid = false;
      while (!hasEnded()) {
        Optional<Database.Start> start = start(projection, isSaid);
        isSaid = true; // what ends a carrying is said there
        if (start.isPresent()) {
          carry(projection, start.get());
        } else {
          closing.await(1, TimeUnit.SECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the projection {} has ended", projection.key(), e);
    }
  }

  private Optional<Database.Start> start(Projection projection, boolean isSaid) {
    try {
      return Optional.of(database.start(projection, genesis));
    } catch (SQLException e) {
      if (isSaid) {
        LOG.debug("the database is still away", e);
      } else {
        LOG.warn("the projection {} could not be begun; trying again", projection.key(), e);
      }
      return Optional.empty();
    }
  }

  private void carry(Projection projection, Database.Start start) throws InterruptedException {
    try (Tail.Reader reader = tail.reader(start.seq() + 1)) {
      while (!hasEnded()) {
        List<JournalEntry> entries = reader.next(BATCH_MAX, WAIT_MS);
        if (!entries.isEmpty()) {
          database.project(projection, start.writer(), entries);
        }
      }
    } catch (SQLException e) {
      LOG.warn("the projection {} could not be written; trying again", projection.key(), e);
      closing.await(1, TimeUnit.SECONDS);
    }
  }

  private boolean hasEnded() {
    return closing.getCount() == 0 || tail.hasEnded();
  }

  /** Whether all projections are being written; false once one has ended by a fault. */
  public boolean isAlive() {
    return threads.stream().allMatch(Thread::isAlive);
  }

  /**
   * Ends after the batches that are being written. The tail is closed before, so that nobody waits.
   */
  @Override
  public void close() {
    closing.countDown();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
