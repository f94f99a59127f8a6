package ai.ubc.cli.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a backup is of.
 *
 * @param genesisHash the network
 * @param end the last entry in it
 */
record BackupNote(Hash32 genesisHash, JournalPosition end) {
  static final String FILE = "BACKUP";
  private static final String FORM = "ubc backup 1";

  void write(Path directory) throws IOException {
    Files.write(
        directory.resolve(FILE),
        List.of(
            FORM,
            "genesis " + genesisHash,
            "entries " + end.seq(),
            "chain " + end.chain()),
        UTF_8);
  }

  /**
   * Reads the note of a backup.
   *
   * @throws IOException when the directory is no backup, or one of another form; the message says so
   */
  static BackupNote read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    try {
      List<String> lines = Files.readAllLines(file, UTF_8);
      if (!lines.getFirst().equals(FORM)) {
        throw new IOException(file + " is of another form than this program reads: " + FORM);
      }
      return new BackupNote(
          Hash32.parse(value(lines, 1)),
          new JournalPosition(Long.parseLong(value(lines, 2)), Hash32.parse(value(lines, 3))));
    } catch (NoSuchFileException e) {
      throw new IOException(directory + " is no backup: it has no file " + FILE, e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException(file + " is damaged", e);
    }
  }

  private static String value(List<String> lines, int index) {
    String line = lines.get(index);
    return line.substring(line.indexOf(' ') + 1);
  }
}
