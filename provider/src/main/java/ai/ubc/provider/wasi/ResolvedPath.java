package ai.ubc.provider.wasi;

import ai.ubc.provider.wasi.FileNode.Directory;
import ai.ubc.provider.wasi.SystemCall.Guest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path walked down from a directory. The walk is over the program's own tree of nodes, never over
 * the host's files, and it keeps the directories it came through: {@code ..} goes back along them
 * and not above the first.
 */
final class ResolvedPath {

  private static final int PATH_BYTES_MAX = 4_096;
  private static final int NAME_BYTES_MAX = 255;

  private final List<Directory> ancestors = new ArrayList<>();
  private @Nullable String name;
  private boolean namesDirectory;

  private ResolvedPath(Directory base) {
    ancestors.add(base);
  }

  /**
   * Walks a path that the program has in its memory. All but its last name must be there.
   *
   * @throws SystemCallError when it leaves the directory it starts from, is malformed, or does not
   *     lead anywhere
   */
  static ResolvedPath of(Guest guest, Directory base, int address, int length)
      throws SystemCallError {
    if (Integer.compareUnsigned(length, PATH_BYTES_MAX) > 0) {
      throw new SystemCallError(Errno.NAME_TOO_LONG);
    }
    guest.chargeBytes((long) length * Meter.DIRECTORY_ENTRY);
    String path = decode(guest.memory().readBytes(address, length));
    if (path.isEmpty()) {
      throw new SystemCallError(Errno.NO_ENTRY);
    }
    if (path.startsWith("/")) {
      throw new SystemCallError(Errno.NOT_CAPABLE);
    }
    ResolvedPath resolved = new ResolvedPath(base);
    for (String part : path.split("/", -1)) {
      resolved.walk(part);
    }
    return resolved;
  }

  /** The path as text; characters that a job's bundles do not allow in names are refused. */
  private static String decode(byte[] bytes) throws SystemCallError {
    String path;
    try {
      path = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new SystemCallError(Errno.ILLEGAL_BYTES);
    }
    if (path.chars().anyMatch(c -> c < ' ' || c == 0x7F || c == '\\')) {
      throw new SystemCallError(Errno.ILLEGAL_BYTES);
    }
    return path;
  }

  private void walk(String part) throws SystemCallError {
    if (part.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
      throw new SystemCallError(Errno.NAME_TOO_LONG);
    }
    if (part.isEmpty() || part.equals(".")) {
      namesDirectory = true;
      return;
    }
    if (name != null) {
      if (!(require() instanceof Directory directory)) {
        throw new SystemCallError(Errno.NOT_DIRECTORY);
      }
      ancestors.add(directory);
      name = null;
    }
    namesDirectory = part.equals("..");
    if (!namesDirectory) {
      name = part;
    } else if (ancestors.size() == 1) {
      throw new SystemCallError(Errno.NOT_CAPABLE);
    } else {
      ancestors.removeLast();
    }
  }

  /** What is there, or null. */
  @Nullable FileNode node() {
    return name == null ? ancestors.getLast() : ancestors.getLast().children().get(name);
  }

  /** What is there. */
  FileNode require() throws SystemCallError {
    @Nullable FileNode node = node();
    if (node == null) {
      throw new SystemCallError(Errno.NO_ENTRY);
    }
    if (namesDirectory && !(node instanceof Directory)) {
      throw new SystemCallError(Errno.NOT_DIRECTORY);
    }
    return node;
  }

  void requireAbsent() throws SystemCallError {
    if (node() != null) {
      throw new SystemCallError(Errno.EXISTS);
    }
  }

  /** Fails when the path ends as only a directory's does. */
  void requireNotDirectoryName() throws SystemCallError {
    if (namesDirectory) {
      throw new SystemCallError(Errno.NOT_DIRECTORY);
    }
  }

  /** Fails unless the entry can be made, changed or removed. */
  void requireWritableParent() throws SystemCallError {
    if (!ancestors.getLast().isWritable()) {
      throw new SystemCallError(Errno.READ_ONLY);
    }
    if (name == null) {
      throw new SystemCallError(Errno.INVALID);
    }
  }

  /** Whether the path leads through a directory. */
  boolean isBelow(Directory directory) {
    return ancestors.stream().anyMatch(ancestor -> ancestor.inode() == directory.inode());
  }

  void put(FileNode node) {
    ancestors.getLast().children().put(requireName(), node);
  }

  void remove() {
    ancestors.getLast().children().remove(requireName());
  }

  /** What the entry counts against the output limit. */
  long nodeBytes() {
    return (long) OutputBudget.NODE_BYTES + requireName().getBytes(StandardCharsets.UTF_8).length;
  }

  private String requireName() {
    if (name == null) {
      throw new IllegalStateException("the path names no entry");
    }
    return name;
  }
}
