package ai.ubc.gateway.evidence;

import ai.ubc.codec.LogRoot;
import ai.ubc.codec.tree.TreeHash;
import ai.ubc.codec.tree.TreeProofs;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.journal.JournalEntry;
import ai.ubc.gateway.journal.Tail;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tree over the log, kept up by a thread of its own that follows the journal; from the first
 * record where nothing is kept. From any thread.
 */
public final class LogTree implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogTree.class);
  private static final int BATCH_MAX = 512;
  private static final long WAIT_MS = 60_000;
  private static final long SAVE_EVERY = 8_192;

  private final TreeFiles files;
  private final Tail tail;
  private final Thread follower;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private LogRoot root;
  private long saved;
  private volatile boolean closing;

  /**
   * Opens the tree's files and begins to follow.
   *
   * @throws IOException when the files can not be read or written
   */
  public LogTree(Path directory, Hash32 genesisHash, Tail tail) throws IOException {
    this.files = new TreeFiles(directory, genesisHash);
    this.tail = tail;
    this.root = current();
    this.saved = root.size();
    this.follower = Thread.ofVirtual().name("ubc-log-tree").start(this::follow);
  }

  private LogRoot current() {
    return new LogRoot(files.head().size(), files.head().root(), files.timeMs());
  }

  private void follow() {
    try (Tail.Reader reader = tail.reader(root.size() + 1)) {
      while (!closing && !tail.hasEnded()) {
        append(reader.next(BATCH_MAX, WAIT_MS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | IOException e) {
      LOG.error("the log's tree has ended behind entry {}", root.size(), e);
    }
  }

  private void append(List<JournalEntry> entries) throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    for (JournalEntry entry : entries) {
      files.append(TreeHash.leaf(entry.record().leaf()), entry.logTimeMs());
    }
    lock.lock();
    try {
      root = current();
      grown.signalAll();
    } finally {
      lock.unlock();
    }
    if (files.head().size() - saved >= SAVE_EVERY) {
      save();
    }
  }

  private void save() throws IOException {
    files.save();
    saved = files.head().size();
  }

  /**
   * The root now, once it covers an entry.
   *
   * @param after position to wait for; 0 for none
   * @param wait the longest wait
   * @throws RequestFailure {@code BEHIND} when it does not in time
   */
  public LogRoot root(long after, Duration wait) {
    lock.lock();
    try {
      long leftNs = wait.toNanos();
      while (root.size() < after && leftNs > 0) {
        leftNs = grown.awaitNanos(leftNs);
      }
      if (root.size() >= after) {
        return root;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    throw RequestFailure.of(
        ProblemCode.BEHIND,
        "The gateway has not proven the log up to entry "
            + after
            + " within "
            + wait.toMillis()
            + " ms. Ask again; if the entry was never acknowledged, ask for less.");
  }

  /** Proofs in the tree of any root that was handed out. */
  public TreeProofs proofs() {
    return new TreeProofs(files);
  }

  /** Whether the journal is still followed. */
  public boolean isAlive() {
    return follower.isAlive();
  }

  /**
   * Ends after the batch that is being appended; again, it does nothing. The tail is closed before,
   * so nobody waits.
   */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    try {
      follower.join();
      save();
      files.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("the log's tree can not be kept", e);
    }
  }
}
