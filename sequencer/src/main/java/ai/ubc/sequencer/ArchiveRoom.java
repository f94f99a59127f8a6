package ai.ubc.sequencer;

import java.nio.file.Path;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * Whether the disk of the journal's archive has room for more, and as much left as a node needs. No
 * room is said once, until there is some again. One thread.
 */
final class ArchiveRoom implements LongPredicate {
  private static final System.Logger LOG = System.getLogger(ArchiveRoom.class.getName());

  private final Path archive;
  private final long freeBytesMin;
  private final LongSupplier freeBytes;
  private boolean isTold;

  /**
   * Watches an archive.
   *
   * @param freeBytesMin so much stays free, bytes
   * @param freeBytes what is free on the archive's disk, bytes
   */
  ArchiveRoom(Path archive, long freeBytesMin, LongSupplier freeBytes) {
    this.archive = archive;
    this.freeBytesMin = freeBytesMin;
    this.freeBytes = freeBytes;
  }

  @Override
  public boolean test(long bytes) {
    boolean isThere = freeBytes.getAsLong() - bytes >= freeBytesMin;
    if (!isThere && !isTold) {
      LOG.log(
          System.Logger.Level.WARNING,
          "old segments of the journal stay where they are: no room in the archive {0}, on whose"
              + " disk {1,number,#} MiB stay free; free some, or use another archive",
          archive,
          freeBytesMin >> 20);
    }
    isTold = !isThere;
    return isThere;
  }
}
