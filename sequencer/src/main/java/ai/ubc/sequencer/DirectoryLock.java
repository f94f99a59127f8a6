package ai.ubc.sequencer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory that this process has for itself, until it is closed or the process ends, however it
 * ends. The file {@code lock} says who has it.
 */
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "lock";

  // A process loses a file's lock when it closes any channel to it, so a second channel to the lock
  // of a directory that this process has must never be opened.
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the directory for this process, creating it if there is none.
   *
   * @throws IOException when another process has it, or it can not be written to; the message says
   *     which, and what to do
   */
  public static DirectoryLock take(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (FileSystemException e) {
      throw unusable(directory, e);
    }
    Path real = directory.toRealPath();
    if (!TAKEN.add(real)) {
      throw inUse(real, ProcessHandle.current().pid());
    }
    try {
      return new DirectoryLock(real, lock(real));
    } catch (IOException e) {
      TAKEN.remove(real);
      throw e;
    }
  }

  /** Whether a process has the directory now. False also when this user may not tell. */
  public static boolean isTaken(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      if (!Files.exists(file) || TAKEN.contains(directory.toRealPath())) {
        return Files.exists(file);
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        return channel.tryLock() == null;
      }
    } catch (IOException e) {
      return false;
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              directory.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (FileSystemException e) {
      throw unusable(directory, e);
    }
    if (channel.tryLock() == null) {
      long holder = holder(channel);
      channel.close();
      throw inUse(directory, holder);
    }
    byte[] self = (ProcessHandle.current().pid() + "\n").getBytes(UTF_8);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(self), 0);
    return channel;
  }

  /** The process that wrote the lock's file; 0 when it does not say. */
  private static long holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    channel.read(text, 0);
    String digits = UTF_8.decode(text.flip()).toString().strip();
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
  }

  private static IOException inUse(Path directory, long process) {
    return new IOException(
        directory
            + " is in use by "
            + (process == 0 ? "another process" : "process " + process)
            + "; stop it, or choose another directory");
  }

  private static IOException unusable(Path directory, FileSystemException e) {
    String reason = e instanceof AccessDeniedException ? "permission denied" : e.getReason();
    return new IOException(
        directory
            + " can not be written to ("
            + (reason == null ? "it can not be used" : reason)
            + "); make it writable for this user, or choose another directory",
        e);
  }

  /** The directory. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      TAKEN.remove(directory);
    }
  }
}
