package ai.ubc.sequencer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a node does by itself so that its disk does not fill, and how much of it must be free.
 *
 * @param snapshotEntries a snapshot is taken after so many entries
 * @param snapshotEveryMs and after so long when there was any entry, milliseconds
 * @param journalArchive where ended segments of the journal go after a snapshot
 * @param logSegmentBytes size of a file of the cluster's log, a power of two from 64 KiB; behind
 *     two snapshots whole files are removed
 * @param freeBytesMin the node does not run with less free on its disk, bytes
 * @param freeBytes what is free on its disk, bytes
 */
public record UpkeepSettings(
    long snapshotEntries,
    long snapshotEveryMs,
    Path journalArchive,
    int logSegmentBytes,
    long freeBytesMin,
    LongSupplier freeBytes) {
  private static final long SNAPSHOT_ENTRIES = 200_000;
  private static final long SNAPSHOT_EVERY_MS = TimeUnit.MINUTES.toMillis(10);
  private static final int LOG_SEGMENT_BYTES = 16 << 20;
  private static final long FREE_BYTES_MIN = 256L << 20;

  /** A snapshot each 200,000 entries or 10 minutes, and 256 MiB free. */
  public static UpkeepSettings standard(Path dataDirectory) {
    return new UpkeepSettings(
        SNAPSHOT_ENTRIES,
        SNAPSHOT_EVERY_MS,
        dataDirectory.resolve("journal-archive"),
        LOG_SEGMENT_BYTES,
        FREE_BYTES_MIN,
        () -> usableBytes(dataDirectory));
  }

  /** The same with snapshots at other times. */
  public UpkeepSettings withSnapshots(long entries, long everyMs) {
    return new UpkeepSettings(
        entries, everyMs, journalArchive, logSegmentBytes, freeBytesMin, freeBytes);
  }

  /** The same with another archive. */
  public UpkeepSettings withJournalArchive(Path directory) {
    return new UpkeepSettings(
        snapshotEntries, snapshotEveryMs, directory, logSegmentBytes, freeBytesMin, freeBytes);
  }

  /** The same with files of another size. */
  public UpkeepSettings withLogSegmentBytes(int bytes) {
    return new UpkeepSettings(
        snapshotEntries, snapshotEveryMs, journalArchive, bytes, freeBytesMin, freeBytes);
  }

  /** The same with another bound on what is free, and another way to tell. */
  public UpkeepSettings withFreeBytes(long min, LongSupplier free) {
    return new UpkeepSettings(
        snapshotEntries, snapshotEveryMs, journalArchive, logSegmentBytes, min, free);
  }

  /** What is free on a directory's disk, bytes. */
  static long usableBytes(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException("can not tell what is free in " + directory, e);
    }
  }
}
