package ai.ubc.gateway.journal;

import ai.ubc.codec.journal.JournalReader;
import ai.ubc.domain.Hash32;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The journal as the files that a sequencer writes on this machine. A waiting cursor looks every
 * millisecond while entries come, and every two when it has been quiet for a while.
 */
public final class JournalFiles implements JournalFeed {
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long QUIET_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int LOOKS_UNTIL_QUIET = 200;

  private final Path directory;
  private final Hash32 genesisHash;

  /** The journal in {@code directory}, of the network with this genesis hash. */
  public JournalFiles(Path directory, Hash32 genesisHash) {
    this.directory = directory;
    this.genesisHash = genesisHash;
  }

  /**
   * Opens a cursor.
   *
   * @throws ai.ubc.codec.journal.JournalException when the journal is another network's, is
   *     damaged, or does not reach back so far
   */
  @Override
  public Cursor open(long fromSeq) {
    return new FileCursor(JournalReader.open(directory, genesisHash, fromSeq));
  }

  private static final class FileCursor implements Cursor {
    private final JournalReader reader;
    private int quietLooks;

    FileCursor(JournalReader reader) {
      this.reader = reader;
    }

    @Override
    public List<JournalEntry> next(int max, long waitMs) throws InterruptedException {
      List<JournalEntry> entries = new ArrayList<>();
      long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
      while (poll(entries, max) == 0 && System.nanoTime() - endNs < 0) {
        TimeUnit.NANOSECONDS.sleep(quietLooks++ < LOOKS_UNTIL_QUIET ? LOOK_NS : QUIET_LOOK_NS);
      }
      quietLooks = entries.isEmpty() ? quietLooks : 0;
      return entries;
    }

    private int poll(List<JournalEntry> entries, int max) {
      return reader.poll(
          (seq, time, code, original, buffer, entryAt, entryBytes, eventsAt, eventsBytes) ->
              entries.add(
                  JournalDecoder.decode(
                      seq,
                      time,
                      code,
                      original,
                      buffer,
                      entryAt,
                      entryBytes,
                      eventsAt,
                      eventsBytes)),
          max);
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
