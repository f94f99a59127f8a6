package ai.ubc.gateway.evidence;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import ai.ubc.codec.tree.TreeHead;
import ai.ubc.codec.tree.TreeNodes;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The nodes of a tree in files, one for each level, a node of 32 bytes behind the other; and beside
 * them the head as of some position that all files were synced to. Everything here follows from the
 * journal, so what does not fit together is begun anew. Appended by one thread, read by any.
 */
final class TreeFiles implements TreeNodes, AutoCloseable {
  private static final int LEVELS = 48;
  private static final String HEAD = "head";

  private final Path directory;
  private final Hash32 genesisHash;
  private final List<FileChannel> levels = new ArrayList<>();
  private final TreeHead head;
  private long timeMs;

  /**
   * Opens the files in a directory, which is made when it is missing.
   *
   * @throws IOException when they can not be read or written
   */
  TreeFiles(Path directory, Hash32 genesisHash) throws IOException {
    this.directory = directory;
    this.genesisHash = genesisHash;
    Files.createDirectories(directory);
    for (int level = 0; level < LEVELS; level++) {
      levels.add(FileChannel.open(directory.resolve("level-" + level), CREATE, READ, WRITE));
    }
    this.head = restore();
  }

  private TreeHead restore() throws IOException {
    TreeHead kept = read();
    for (int level = 0; level < LEVELS; level++) {
      levels.get(level).truncate((kept.size() >>> level) * Hash32.BYTES);
    }
    if (isWhole(kept)) {
      return kept;
    }
    for (FileChannel level : levels) {
      level.truncate(0);
    }
    timeMs = 0;
    return new TreeHead();
  }

  private TreeHead read() throws IOException {
    Path file = directory.resolve(HEAD);
    if (!Files.exists(file)) {
      return new TreeHead();
    }
    byte[] bytes = Files.readAllBytes(file);
    int start = Hash32.BYTES + Long.BYTES;
    if (bytes.length < start
        || !Arrays.equals(genesisHash.bytes(), Arrays.copyOf(bytes, Hash32.BYTES))) {
      return new TreeHead();
    }
    try {
      TreeHead kept = TreeHead.of(Arrays.copyOfRange(bytes, start, bytes.length));
      timeMs = ByteBuffer.wrap(bytes).getLong(Hash32.BYTES);
      return kept;
    } catch (IllegalArgumentException e) {
      return new TreeHead();
    }
  }

  private boolean isWhole(TreeHead kept) throws IOException {
    for (int level = 0; level < LEVELS; level++) {
      if (levels.get(level).size() != (kept.size() >>> level) * Hash32.BYTES) {
        return false;
      }
    }
    return Arrays.equals(TreeHead.of(kept.size(), this).bytes(), kept.bytes());
  }

  TreeHead head() {
    return head;
  }

  /** Log time of the last leaf, milliseconds. */
  long timeMs() {
    return timeMs;
  }

  void append(Hash32 leafHash, long leafTimeMs) {
    head.append(leafHash, this::write);
    timeMs = leafTimeMs;
  }

  private void write(int level, long index, Hash32 hash) {
    ByteBuffer bytes = ByteBuffer.wrap(hash.bytes());
    try {
      while (bytes.hasRemaining()) {
        levels.get(level).write(bytes, index * Hash32.BYTES + bytes.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log's tree can not be written to " + directory, e);
    }
  }

  @Override
  public Hash32 node(int level, long index) {
    ByteBuffer bytes = ByteBuffer.allocate(Hash32.BYTES);
    try {
      while (bytes.hasRemaining()) {
        int read = levels.get(level).read(bytes, index * Hash32.BYTES + bytes.position());
        if (read < 0) {
          throw new IOException("node " + index + " of level " + level + " is missing");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log's tree can not be read from " + directory, e);
    }
    return Hash32.of(bytes.array());
  }

  /** Syncs what was appended and notes how far that is. */
  void save() throws IOException {
    for (FileChannel level : levels) {
      level.force(false);
    }
    byte[] bytes = head.bytes();
    Path fresh = directory.resolve(HEAD + ".new");
    try (FileChannel channel = FileChannel.open(fresh, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer out =
          ByteBuffer.allocate(Hash32.BYTES + Long.BYTES + bytes.length)
              .put(genesisHash.bytes())
              .putLong(timeMs)
              .put(bytes)
              .flip();
      while (out.hasRemaining()) {
        channel.write(out);
      }
      channel.force(true);
    }
    Files.move(fresh, directory.resolve(HEAD), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    for (FileChannel level : levels) {
      level.close();
    }
  }
}
