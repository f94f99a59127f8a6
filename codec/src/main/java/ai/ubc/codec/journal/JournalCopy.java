package ai.ubc.codec.journal;

import ai.ubc.codec.journal.JournalException.Kind;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies a journal, archived segments included, while it may be written. */
public final class JournalCopy {
  private JournalCopy() {}

  /**
   * Copies the whole records that the journal holds now to an empty directory, each verified, and
   * reads the copy again. Returns when it is on the disk.
   *
   * @return the place behind the last record copied
   * @throws JournalException when the journal is damaged, of another network, or its beginning is
   *     not there; {@link Kind#DIFFERENT} when the copy does not read as the journal did
   * @throws IOException when a file can not be read or written
   */
  public static JournalPosition copy(Path directory, Hash32 genesisHash, Path target)
      throws IOException {
    Files.createDirectories(target);
    JournalPosition end = JournalPosition.start(genesisHash);
    try (JournalReader reader = JournalReader.open(directory, genesisHash, 1)) {
      boolean more = reader.isOpen();
      while (more) {
        reader.skipToSegmentEnd();
        end = reader.position();
        copySegment(reader, target);
        more = reader.nextSegment();
      }
      reader.requireNoGap();
    }
    SegmentFiles.syncNames(target);
    if (!verify(target, genesisHash).equals(end)) {
      throw new JournalException(
          Kind.DIFFERENT, target + " does not read as " + directory + " did; the disk is at fault");
    }
    return end;
  }

  /**
   * Reads a journal from its beginning to its end, checking every chain hash.
   *
   * @return the place behind the last whole record
   * @throws JournalException when it is damaged, of another network, or its beginning is not there
   */
  public static JournalPosition verify(Path directory, Hash32 genesisHash) {
    try (JournalReader reader = JournalReader.open(directory, genesisHash, 1)) {
      reader.skipToEnd();
      return reader.position();
    }
  }

  private static void copySegment(JournalReader reader, Path target) throws IOException {
    Path segment = reader.segment();
    try (FileChannel source = reader.reopen()) {
      JournalArchive.copy(source, reader.offset(), target.resolve(segment.getFileName()));
    }
  }
}
