package ai.ubc.link;

import ai.ubc.codec.journal.JournalException;
import ai.ubc.codec.journal.JournalHandler;
import ai.ubc.codec.journal.JournalReader;
import ai.ubc.domain.Hash32;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Follows a journal on a thread of its own and hands its records, in order and each once, to a
 * handler. It ends when it is closed, or with the first exception of the handler or the journal;
 * its owner then starts another from the position that it has kept.
 */
public final class JournalFollower implements AutoCloseable {
  /** Takes records; called on the follower's thread only. */
  public interface Handler extends JournalHandler {
    /**
     * Nothing more is there for now, or {@link #BATCH_MAX} records were handed over since the last
     * call: a good moment to commit.
     *
     * @param seq the last record handed over
     */
    default void onBatchEnd(long seq) {}
  }

  /** Most records between two calls of {@link Handler#onBatchEnd}. */
  public static final int BATCH_MAX = 1_024;

  private static final long PARK_MAX_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long CLOSE_TIMEOUT_MS = 10_000;

  private final JournalReader reader;
  private final Handler handler;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean running = true;

  private JournalFollower(JournalReader reader, Handler handler, String name) {
    this.reader = reader;
    this.handler = handler;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  /**
   * Starts to follow.
   *
   * @param fromSeq the first record wanted, at least 1; it may not have been written yet
   * @param name the thread's name
   * @throws JournalException when the journal is another network's, or does not reach back so far
   */
  public static JournalFollower start(
      Path journalDirectory, Hash32 genesisHash, long fromSeq, String name, Handler handler) {
    JournalReader reader = JournalReader.open(journalDirectory, genesisHash, fromSeq);
    JournalFollower follower = new JournalFollower(reader, handler, name);
    follower.thread.start();
    return follower;
  }

  /** Completes when it was closed; exceptionally with what the handler or the journal threw. */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /** Ends after the record that is being handled. */
  @Override
  public void close() {
    running = false;
    try {
      thread.join(CLOSE_TIMEOUT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    IdleStrategy idle = new BackoffIdleStrategy(1, 1, 1_000, PARK_MAX_NS);
    try (reader) {
      while (running) {
        int handled = reader.poll(handler, BATCH_MAX);
        if (handled > 0) {
          handler.onBatchEnd(reader.position().seq());
        }
        idle.idle(handled);
      }
      ended.complete(null);
    } catch (RuntimeException | Error e) {
      ended.completeExceptionally(e);
    }
  }
}
