package ai.ubc.gateway.journal;

import java.util.List;

/** Where the journal is read. From any thread; each cursor belongs to one thread at a time. */
@FunctionalInterface
public interface JournalFeed {
  /** Opens a cursor whose first entry is {@code fromSeq}, which may not be written yet. */
  Cursor open(long fromSeq);

  /** A place in the journal. */
  interface Cursor extends AutoCloseable {
    /**
     * The next entries in order, waiting for the first.
     *
     * @param max the most entries
     * @param waitMs the longest wait, milliseconds
     * @return empty when none came in time
     */
    List<JournalEntry> next(int max, long waitMs) throws InterruptedException;

    @Override
    void close();
  }
}
