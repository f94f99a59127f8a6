package ai.ubc.provider.node;

import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node's own place on disk, one below it for each network; no two nodes use the same at once.
 *
 * @param vault what must not be lost
 * @param cache bodies
 * @param work runs under way; emptied at start
 */
record NodeDirectory(Path vault, Path cache, Path work, FileChannel lock) implements AutoCloseable {
  private static final int NETWORK_DIGITS = 16;

  /**
   * Opens it, and makes it where it is missing.
   *
   * @throws IOException when another node uses it, or this machine can not write the names of files
   *     that jobs may hold
   */
  static NodeDirectory open(Path root, Hash32 genesis) throws IOException {
    if (!hasUnicodeNames(root)) {
      throw new IOException("file names are not UTF-8 here; start with LC_ALL=C.UTF-8");
    }
    Path directory = root.resolve(genesis.hex().substring(0, NETWORK_DIGITS));
    closeToOthers(Files.createDirectories(directory));
    Path vault = Files.createDirectories(directory.resolve("vault"));
    Path cache = Files.createDirectories(directory.resolve("cache"));
    Path work = Files.createDirectories(directory.resolve("work"));
    FileChannel lock =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(lock) == null) {
      lock.close();
      throw new IOException("another node uses " + directory + "; give each its own directory");
    }
    for (Path left : list(work)) {
      Trees.delete(left);
    }
    return new NodeDirectory(vault, cache, work, lock);
  }

  /** Whether a node works from there now. */
  static boolean isInUse(Path root, Hash32 genesis) throws IOException {
    Path file = root.resolve(genesis.hex().substring(0, NETWORK_DIGITS)).resolve("lock");
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return tryLock(channel) == null;
    }
  }

  // Bodies of jobs lie below, and the opened ones of private jobs while they run.
  private static void closeToOthers(Path directory) throws IOException {
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static @Nullable FileLock tryLock(FileChannel lock) throws IOException {
    try {
      return lock.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // a node of this process has it
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  // Otherwise a bundle with such a name would fail here and run elsewhere.
  private static boolean hasUnicodeNames(Path root) {
    try {
      return root.resolve("\u00e4\u4e2d\ud83d\ude00").getNameCount() > 0;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Lets another node use it. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
