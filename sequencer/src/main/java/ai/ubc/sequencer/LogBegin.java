package ai.ubc.sequencer;

import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a network's log begins: before its first entry, or, when it goes on from a restored
 * journal, behind a record of that. Until there is a snapshot, a start makes the ledger anew from
 * the journal up to there and then applies the log.
 */
public final class LogBegin {
  private LogBegin() {}

  /**
   * Has the node of a data directory that has no log yet go on behind a record of the journal that
   * is there.
   *
   * @param position the journal's last whole record
   * @param reachedMs cluster time of that record, milliseconds; no later entry is earlier
   * @throws IOException when the directory can not be written to
   */
  public static void write(Path dataDirectory, JournalPosition position, long reachedMs)
      throws IOException {
    Files.writeString(
        DataDirectory.logBegin(dataDirectory), position.seq() + "\n" + position.chain() + "\n");
    DataDirectory.writeTime(dataDirectory, reachedMs);
  }

  static JournalPosition read(Path dataDirectory, Hash32 genesisHash) throws IOException {
    Path file = DataDirectory.logBegin(dataDirectory);
    try {
      List<String> lines = Files.readAllLines(file);
      return new JournalPosition(Long.parseLong(lines.get(0)), Hash32.parse(lines.get(1)));
    } catch (NoSuchFileException e) {
      return JournalPosition.start(genesisHash);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException(file + " does not hold a position and a chain hash", e);
    }
  }
}
