package ai.ubc.gateway.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal, read once and shared: one thread follows it and keeps the newest entries in memory;
 * every reader goes on at its own pace from there, or from the journal itself while it is further
 * back. A slow reader therefore holds nothing but its own place.
 */
public final class Tail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final int BATCH_MAX = 1_024;
  private static final long FOLLOW_WAIT_MS = 1_000;

  private final JournalFeed feed;
  private final LogClock clock;
  private final Consumer<JournalEntry> beforePublication;
  private final @Nullable JournalEntry[] ring;
  private final long startSeq;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread follower;
  private volatile boolean hasCaughtUp;
  private JournalFeed.@Nullable Cursor start;
  private volatile long lastSeq;
  private volatile boolean closed;
  private volatile boolean failed;

  /**
   * Prepares to follow behind {@code afterSeq}; {@link #start()} begins.
   *
   * @param capacity how many entries are kept in memory
   * @param beforePublication sees each entry, in order, before any reader does
   */
  public Tail(
      JournalFeed feed,
      LogClock clock,
      long afterSeq,
      int capacity,
      Consumer<JournalEntry> beforePublication) {
    this.feed = feed;
    this.clock = clock;
    this.beforePublication = beforePublication;
    this.ring = new JournalEntry[capacity];
    this.startSeq = afterSeq;
    this.lastSeq = afterSeq;
    this.follower = Thread.ofPlatform().daemon().name("ubc-gateway-tail").unstarted(this::follow);
  }

  /** Begins to follow; fails at once where the journal can not be opened. */
  public void start() {
    start = feed.open(startSeq + 1);
    follower.start();
  }

  /** Position of the newest entry that readers can see. */
  public long lastSeq() {
    return lastSeq;
  }

  /** Whether following has ended: it was closed, or the journal failed. Nothing more comes. */
  public boolean hasEnded() {
    return closed || failed;
  }

  /** Whether the journal failed. */
  public boolean hasFailed() {
    return failed;
  }

  /** Whether all that the journal held at the start has been read. */
  public boolean hasCaughtUp() {
    return hasCaughtUp;
  }

  private void follow() {
    try (JournalFeed.Cursor cursor = Objects.requireNonNull(start)) {
      boolean isAtTheEnd = false;
      while (!closed) {
        List<JournalEntry> entries = cursor.next(BATCH_MAX, isAtTheEnd ? FOLLOW_WAIT_MS : 0);
        publish(entries, isAtTheEnd && entries.size() < BATCH_MAX);
        // What comes after nothing was there is new; what comes in full batches may be old.
        isAtTheEnd = entries.isEmpty() || (isAtTheEnd && entries.size() < BATCH_MAX);
        hasCaughtUp |= isAtTheEnd;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void publish(List<JournalEntry> entries, boolean areNew) {
    if (entries.isEmpty()) {
      return;
    }
    long seq = lastSeq;
    for (JournalEntry entry : entries) {
      if (entry.seq() != ++seq) {
        throw new IllegalStateException(
            "the journal gave entry " + entry.seq() + " where " + seq + " was due");
      }
      clock.observe(entry);
      beforePublication.accept(entry);
    }
    if (areNew) {
      clock.lastIsNew();
    }
    lock.lock();
    try {
      entries.forEach(entry -> ring[slot(entry.seq())] = entry);
      lastSeq = seq;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void fail(RuntimeException e) {
    if (!closed) {
      failed = true;
      LOG.error("following the journal ended behind entry {}", lastSeq, e);
      signal();
    }
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until readers can see an entry, or following has ended.
   *
   * @param seq its position
   * @param waitMs the longest wait, milliseconds
   * @return whether it is so
   */
  public boolean awaits(long seq, long waitMs) throws InterruptedException {
    lock.lock();
    try {
      long leftNs = waitMs * 1_000_000;
      while (lastSeq < seq && leftNs > 0 && !hasEnded()) {
        leftNs = changed.awaitNanos(leftNs);
      }
      return lastSeq >= seq || hasEnded();
    } finally {
      lock.unlock();
    }
  }

  private int slot(long seq) {
    return (int) (seq % ring.length);
  }

  /** A reader whose first entry is {@code fromSeq}. */
  public Reader reader(long fromSeq) {
    return new Reader(fromSeq);
  }

  /** Ends following; waiting readers return at once. */
  @Override
  public void close() {
    closed = true;
    signal();
    follower.interrupt();
    try {
      follower.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One reader's place. One thread. */
  public final class Reader implements AutoCloseable {
    private long nextSeq;
    private boolean wasLive;
    private JournalFeed.@Nullable Cursor history;

    private Reader(long fromSeq) {
      this.nextSeq = fromSeq;
    }

    /** Position of the next entry. */
    public long nextSeq() {
      return nextSeq;
    }

    /** Whether the reader once was among the newest entries and has fallen out of them. */
    public boolean hasFallenBehind() {
      return wasLive && nextSeq < oldestSeq();
    }

    /**
     * The next entries in order, waiting for the first.
     *
     * @param max the most entries
     * @param waitMs the longest wait, milliseconds
     * @return empty when none came in time, or following has ended
     */
    public List<JournalEntry> next(int max, long waitMs) throws InterruptedException {
      List<JournalEntry> entries = nextSeq < oldestSeq() ? old(max, waitMs) : newest(max, waitMs);
      nextSeq += entries.size();
      return entries;
    }

    private List<JournalEntry> old(int max, long waitMs) throws InterruptedException {
      JournalFeed.Cursor open = history;
      if (open == null) {
        open = feed.open(nextSeq);
        history = open;
      }
      return open.next(max, waitMs);
    }

    private List<JournalEntry> newest(int max, long waitMs) throws InterruptedException {
      closeHistory();
      lock.lock();
      try {
        long leftNs = waitMs * 1_000_000;
        while (lastSeq < nextSeq && leftNs > 0 && !hasEnded()) {
          leftNs = changed.awaitNanos(leftNs);
        }
        wasLive = true;
        List<JournalEntry> entries = new ArrayList<>();
        for (long seq = nextSeq; seq <= lastSeq && entries.size() < max; seq++) {
          JournalEntry entry = ring[slot(seq)];
          if (entry == null || entry.seq() != seq) {
            break;
          }
          entries.add(entry);
        }
        return entries;
      } finally {
        lock.unlock();
      }
    }

    private void closeHistory() {
      if (history != null) {
        history.close();
        history = null;
      }
    }

    @Override
    public void close() {
      closeHistory();
    }
  }

  private long oldestSeq() {
    return Math.max(startSeq + 1, lastSeq - ring.length + 1);
  }
}
