package ai.ubc.codec.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a journal's segments are: in its directory, and those that have moved in the archive that
 * the directory names. A segment is copied to the archive before it leaves the directory, so
 * whoever looks in the directory first and in the archive second always finds it.
 */
final class SegmentFiles {
  /** The file of the journal's directory that names the archive. */
  static final String POINTER = "archive";

  private final Path directory;
  private final @Nullable Path archive;

  private SegmentFiles(Path directory, @Nullable Path archive) {
    this.directory = directory;
    this.archive = archive;
  }

  /** The segments of the journal in {@code directory}, with the archive that it names now. */
  static SegmentFiles of(Path directory) {
    Path pointer = directory.resolve(POINTER);
    try {
      return new SegmentFiles(
          directory, directory.resolve(Path.of(Files.readString(pointer).strip())));
    } catch (NoSuchFileException e) {
      return new SegmentFiles(directory, null);
    } catch (IOException e) {
      throw new JournalException(Kind.IO, "can not read " + pointer, e);
    }
  }

  /** The same with another archive than the one it names. */
  static SegmentFiles of(Path directory, Path archive) {
    return new SegmentFiles(directory, archive);
  }

  /** Writes down in the journal's directory where its archive is. */
  static void point(Path directory, Path archive) throws IOException {
    Path fresh = directory.resolve(POINTER + ".new");
    Files.writeString(fresh, archive + "\n", UTF_8);
    Files.move(
        fresh,
        directory.resolve(POINTER),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    syncNames(directory);
  }

  /** Returns when the names in a directory are on the disk. */
  static void syncNames(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** The archive, when the journal has one. */
  @Nullable Path archive() {
    return archive;
  }

  /** First positions of the segments in the directory, ascending. */
  List<Long> live() {
    TreeSet<Long> firstSeqs = new TreeSet<>();
    list(directory, firstSeqs);
    return List.copyOf(firstSeqs);
  }

  /** First positions of all segments, ascending. */
  List<Long> all() {
    TreeSet<Long> firstSeqs = new TreeSet<>();
    list(directory, firstSeqs);
    if (archive != null) {
      list(archive, firstSeqs);
    }
    return List.copyOf(firstSeqs);
  }

  boolean exists(long firstSeq) {
    return Files.exists(find(firstSeq));
  }

  /** The segment's file; when there is none, where it would be in the directory. */
  Path find(long firstSeq) {
    Path file = JournalFormat.segmentPath(directory, firstSeq);
    if (archive == null || Files.exists(file)) {
      return file;
    }
    Path archived = JournalFormat.segmentPath(archive, firstSeq);
    return Files.exists(archived) ? archived : file;
  }

  FileChannel open(long firstSeq) throws IOException {
    try {
      return FileChannel.open(find(firstSeq), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      // It moved between the look and the opening; it moves only once.
      return FileChannel.open(find(firstSeq), StandardOpenOption.READ);
    }
  }

  private static void list(Path directory, NavigableSet<Long> firstSeqs) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      files
          .map(file -> JournalFormat.firstSeq(file.getFileName().toString()))
          .filter(firstSeq -> firstSeq >= 0)
          .forEach(firstSeqs::add);
    } catch (IOException e) {
      throw new JournalException(Kind.IO, "can not list the journal " + directory, e);
    }
  }
}
