package ai.ubc.sequencer;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.IoUtil;

/**
 * A node's files. One process at a time has them: the lock is held from {@link #lock} until {@link
 * #close}, and goes with the process when it is killed.
 */
public final class DataDirectory implements AutoCloseable {
  private static final long SHARED_MEMORY_MIN_BYTES = 512L << 20;
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  // A process loses a file's lock when it closes any channel to it, so a second channel to the lock
  // of a directory that this process has must never be opened.
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final FileChannel lockFile;

  private DataDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /** Where a node with this data directory keeps its journal. */
  public static Path journal(Path root) {
    return root.resolve("journal");
  }

  /** Where a node with this data directory keeps the credentials of its sessions. */
  public static Path credentials(Path root) {
    return root.resolve("credentials");
  }

  /** Where a node with this data directory keeps the beacon's secret. */
  public static Path beacon(Path root) {
    return root.resolve("beacon");
  }

  /** The genesis of the network that the data directory belongs to. */
  public static Path genesis(Path root) {
    return root.resolve("genesis.json");
  }

  /**
   * Takes the directory for this process, creating it if there is none.
   *
   * @throws IOException when another process has it (the message says so), or it can not be used
   */
  static DataDirectory lock(Path root) throws IOException {
    Files.createDirectories(root);
    Path real = root.toRealPath();
    if (!TAKEN.add(real)) {
      throw inUse(real);
    }
    try {
      FileChannel channel =
          FileChannel.open(
              real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw inUse(real);
      }
      return new DataDirectory(real, channel);
    } catch (IOException e) {
      TAKEN.remove(real);
      throw e;
    }
  }

  private static IOException inUse(Path root) {
    return new IOException(
        root + " is in use by another node; stop it, or choose another directory");
  }

  Path root() {
    return root;
  }

  File cluster() {
    return root.resolve("cluster").toFile();
  }

  File archive() {
    return root.resolve("archive").toFile();
  }

  /**
   * Where things live that mean nothing after a stop: Aeron's buffers and signs of life. In shared
   * memory when there is room, else in the data directory.
   */
  Path volatileFiles() {
    try {
      if (Files.isWritable(SHARED_MEMORY)
          && Files.getFileStore(SHARED_MEMORY).getUsableSpace() > SHARED_MEMORY_MIN_BYTES) {
        Hash32 name = Sha256.of(root.toString().getBytes(UTF_8));
        return SHARED_MEMORY.resolve("ubc-" + name.hex().substring(0, 16));
      }
    } catch (IOException e) {
      // Then it is as if there were none.
    }
    return root.resolve("volatile");
  }

  /** Empties the volatile files: whoever left them is dead, since this process has the lock. */
  void clearVolatileFiles() {
    IoUtil.delete(volatileFiles().toFile(), true);
  }

  @Override
  public void close() throws IOException {
    try (lockFile) {
      TAKEN.remove(root);
    }
  }
}
