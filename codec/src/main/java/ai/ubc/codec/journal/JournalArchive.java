package ai.ubc.codec.journal;

import ai.ubc.codec.journal.JournalException.Kind;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Moves ended segments of a journal to another directory, which may be on another disk. Readers of
 * the journal read across both. One thread.
 */
public final class JournalArchive {
  private final Path directory;
  private final Hash32 genesisHash;
  private final Path archive;
  private final NamesSync names;

  /** Returns when the names in a directory are on the disk. */
  interface NamesSync {
    void sync(Path directory) throws IOException;
  }

  private JournalArchive(Path directory, Hash32 genesisHash, Path archive, NamesSync names) {
    this.directory = directory;
    this.genesisHash = genesisHash;
    this.archive = archive;
    this.names = names;
  }

  /**
   * Makes {@code archive} the archive of the journal in {@code directory} from now on, creating
   * both if there are none. Readers opened later know it.
   *
   * @throws JournalException {@link Kind#DAMAGED} when segments lie in the archive that the journal
   *     had before and not in this one; the message says what to do
   * @throws IOException when a directory can not be used
   */
  public static JournalArchive open(Path directory, Hash32 genesisHash, Path archive)
      throws IOException {
    return open(directory, genesisHash, archive, SegmentFiles::syncNames);
  }

  /** The same with another way to sync the archive's names. */
  static JournalArchive open(Path directory, Hash32 genesisHash, Path archive, NamesSync names)
      throws IOException {
    Files.createDirectories(directory);
    Files.createDirectories(archive);
    Path named = named(directory.toRealPath(), archive.toRealPath());
    requireNothingLeftBehind(directory, archive);
    SegmentFiles.point(directory, named);
    return new JournalArchive(directory, genesisHash, archive, names);
  }

  // Relative where the two lie together, so that they can be moved together.
  private static Path named(Path directory, Path archive) {
    Path parent = directory.getParent();
    return parent != null && archive.startsWith(parent) ? directory.relativize(archive) : archive;
  }

  private static void requireNothingLeftBehind(Path directory, Path archive) throws IOException {
    SegmentFiles before = SegmentFiles.of(directory);
    Path former = before.archive();
    if (former == null || (Files.exists(former) && Files.isSameFile(former, archive))) {
      return;
    }
    List<Long> live = before.live();
    for (long firstSeq : before.all()) {
      if (!live.contains(firstSeq) && !Files.exists(JournalFormat.segmentPath(archive, firstSeq))) {
        throw new JournalException(
            Kind.DAMAGED,
            "old segments of the journal "
                + directory
                + " are in "
                + former.normalize()
                + "; copy them to "
                + archive
                + " first, or keep the archive where it was");
      }
    }
  }

  /**
   * Moves the ended segments with no record above {@code seq}, oldest first. A segment is checked
   * record for record, copied, synced, compared, and only then removed; after a crash at any moment
   * each is still whole in one of the two places. Stops at the first for which there is no room.
   *
   * @param room tells whether so many bytes may be added to the archive's disk
   * @return how many have moved
   * @throws JournalException {@link Kind#DAMAGED} when a segment is damaged, which then stays;
   *     {@link Kind#DIFFERENT} when the archive holds another segment of its name; {@link Kind#IO}
   *     when a disk fails or is full
   */
  public int moveUpTo(long seq, LongPredicate room) {
    List<Long> live = SegmentFiles.of(directory).live();
    int moved = 0;
    for (int i = 0; i + 1 < live.size() && live.get(i + 1) - 1 <= seq; i++) {
      requireWhole(live.get(i), live.get(i + 1));
      if (!move(JournalFormat.segmentPath(directory, live.get(i)), room)) {
        break;
      }
      moved++;
    }
    return moved;
  }

  private void requireWhole(long firstSeq, long nextFirstSeq) {
    try (JournalReader reader = JournalReader.open(directory, genesisHash, firstSeq)) {
      reader.verifyTo(nextFirstSeq - 1);
      if (!reader.nextSegment()) {
        throw new JournalException(
            Kind.DAMAGED, reader.place() + ": something follows the segment's last record");
      }
    }
  }

  private boolean move(Path segment, LongPredicate room) {
    Path target = archive.resolve(segment.getFileName());
    try {
      if (!Files.exists(target)) {
        if (!room.test(Files.size(segment))) {
          return false;
        }
        copy(segment, target);
      }
      if (Files.mismatch(segment, target) != -1) {
        throw new JournalException(
            Kind.DIFFERENT,
            target + " is another segment than " + segment + "; the archive is not this journal's");
      }
      // Also when the copy stood there: whoever made it may have been cut off before this.
      names.sync(archive);
      Files.delete(segment);
      return true;
    } catch (IOException e) {
      throw new JournalException(Kind.IO, "can not move " + segment + " to " + archive, e);
    }
  }

  private static void copy(Path segment, Path target) throws IOException {
    Path fresh = target.resolveSibling(target.getFileName() + ".new");
    try (FileChannel source = FileChannel.open(segment, StandardOpenOption.READ)) {
      copy(source, source.size(), fresh);
    }
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Copies the first {@code length} bytes to a file and returns when they are on the disk. */
  static void copy(FileChannel source, long length, Path target) throws IOException {
    try (FileChannel to =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      long copied = 0;
      while (copied < length) {
        copied += source.transferTo(copied, length - copied, to);
      }
      to.force(true);
    }
  }
}
