package ai.ubc.sequencer;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.agrona.IoUtil;

/**
 * A node's files. One process at a time has them: the lock is held from {@link #lock} until {@link
 * #close}, and goes with the process when it is killed.
 */
public final class DataDirectory implements AutoCloseable {
  private static final long SHARED_MEMORY_MIN_BYTES = 512L << 20;
  private static final String TIME_FILE = "time";
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Path root;
  private final DirectoryLock lock;

  private DataDirectory(DirectoryLock lock) {
    this.root = lock.directory();
    this.lock = lock;
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
    return new DataDirectory(DirectoryLock.take(root));
  }

  Path root() {
    return root;
  }

  /** Keeps the time that the cluster has reached, so that no later start begins before it. */
  void keepTime(long unixMs) throws IOException {
    writeTime(root, unixMs);
  }

  static void writeTime(Path root, long unixMs) throws IOException {
    Path fresh = root.resolve(TIME_FILE + ".new");
    Files.writeString(fresh, unixMs + "\n");
    Files.move(
        fresh,
        root.resolve(TIME_FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The time that was kept last, milliseconds; 0 when none was. */
  long keptTime() throws IOException {
    return keptTime(root);
  }

  /**
   * The cluster's time, which a node writes down once a second, Unix time in milliseconds; 0 when
   * none was. Anybody may ask.
   *
   * @param root the node's directory
   */
  public static long keptTime(Path root) throws IOException {
    try {
      return Long.parseLong(Files.readString(root.resolve(TIME_FILE)).strip());
    } catch (NoSuchFileException e) {
      return 0;
    } catch (NumberFormatException e) {
      // Cut off by a crash of the machine. The log has its own time, which never goes back.
      return 0;
    }
  }

  /** Where a network's log begins when it goes on from a restored journal. */
  static Path logBegin(Path root) {
    return root.resolve("log-begin");
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
    lock.close();
  }
}
