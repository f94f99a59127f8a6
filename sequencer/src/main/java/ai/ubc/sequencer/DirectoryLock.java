package ai.ubc.sequencer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A directory that this process has for itself, until it is closed or the process ends, however it
 * ends. The file {@code lock} says who has it.
 */
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "lock";

  // A process loses a file's lock when it closes any channel to it, so a second channel to the lock
  // of a directory that this process has must never be opened. Whoever opens or closes one holds
  // this set's monitor.
  private static final Set<Path> TAKEN = new HashSet<>();

  private static final int TRIES_MAX = 1_000;
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

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
    return take(directory, () -> LockSupport.parkNanos(PAUSE_NS));
  }

  /** Takes the directory, pausing so as long as another process asks whether it is taken. */
  static DirectoryLock take(Path directory, Runnable pause) throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (FileSystemException e) {
      throw unusable(directory, e);
    }
    Path real = directory.toRealPath();
    synchronized (TAKEN) {
      if (TAKEN.contains(real)) {
        throw inUse(real, ProcessHandle.current().pid());
      }
      DirectoryLock taken = new DirectoryLock(real, lock(real, pause));
      TAKEN.add(real);
      return taken;
    }
  }

  /** Whether a process has the directory now. False also when this user may not tell. */
  public static boolean isTaken(Path directory) {
    Path file = directory.resolve(FILE);
    synchronized (TAKEN) {
      try {
        if (!Files.exists(file) || TAKEN.contains(directory.toRealPath())) {
          return Files.exists(file);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          return lockShared(channel) == null;
        }
      } catch (OverlappingFileLockException e) {
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }

  private static FileChannel lock(Path directory, Runnable pause) throws IOException {
    FileChannel channel = open(directory);
    try {
      if (!isLocked(channel, pause)) {
        throw inUse(directory, holder(channel));
      }
      byte[] self = (ProcessHandle.current().pid() + "\n").getBytes(UTF_8);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(self), 0);
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      IOException inUse = inUse(directory, ProcessHandle.current().pid());
      inUse.initCause(e);
      throw inUse;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel open(Path directory) throws IOException {
    try {
      return FileChannel.open(
          directory.resolve(FILE),
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE);
    } catch (FileSystemException e) {
      throw unusable(directory, e);
    }
  }

  private static boolean isLocked(FileChannel channel, Runnable pause) throws IOException {
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      if (channel.tryLock() != null) {
        return true;
      }
      FileLock shared = lockShared(channel);
      if (shared == null) {
        return false;
      }
      // Nobody has the directory: others only ask for a moment whether somebody has.
      shared.release();
      pause.run();
    }
    return false;
  }

  /** A lock that all who only ask may have at once; null when a process has the directory. */
  private static @Nullable FileLock lockShared(FileChannel channel) throws IOException {
    return channel.tryLock(0, Long.MAX_VALUE, true);
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
    synchronized (TAKEN) {
      if (!channel.isOpen()) {
        return;
      }
      try {
        channel.close();
      } finally {
        TAKEN.remove(directory);
      }
    }
  }
}
