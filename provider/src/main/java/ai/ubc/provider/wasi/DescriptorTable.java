package ai.ubc.provider.wasi;

import ai.ubc.provider.wasi.Descriptor.OpenDirectory;
import ai.ubc.provider.wasi.Descriptor.OpenFile;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A program's open descriptors: 0 to 2 are the standard streams, 3 is {@code /in}, 4 is {@code
 * /out}.
 */
final class DescriptorTable implements AutoCloseable {

  private static final int OPEN_MAX = 1_024;

  private final TreeMap<Integer, Descriptor> open = new TreeMap<>();

  /** Opens a descriptor at the lowest free number. */
  int add(Descriptor descriptor) throws SystemCallError {
    requireRoom();
    int number = 0;
    while (open.containsKey(number)) {
      number++;
    }
    open.put(number, descriptor);
    return number;
  }

  /** Fails when no more can be opened. */
  void requireRoom() throws SystemCallError {
    if (open.size() >= OPEN_MAX) {
      throw new SystemCallError(Errno.TOO_MANY_OPEN);
    }
  }

  Descriptor get(int number) throws SystemCallError {
    @Nullable Descriptor descriptor = open.get(number);
    if (descriptor == null) {
      throw new SystemCallError(Errno.BAD_DESCRIPTOR);
    }
    return descriptor;
  }

  OpenDirectory directory(int number) throws SystemCallError {
    if (get(number) instanceof OpenDirectory directory) {
      return directory;
    }
    throw new SystemCallError(Errno.NOT_DIRECTORY);
  }

  OpenFile file(int number) throws SystemCallError {
    return switch (get(number)) {
      case OpenFile file -> file;
      case OpenDirectory _ -> throw new SystemCallError(Errno.IS_DIRECTORY);
      case Descriptor.StandardInput _, Descriptor.StandardOutput _ ->
          throw new SystemCallError(Errno.NOT_SEEKABLE);
    };
  }

  /** Whether a file is open. */
  boolean isOpen(FileNode node) {
    return open.values().stream()
        .anyMatch(
            descriptor -> descriptor instanceof OpenFile file && file.node.inode() == node.inode());
  }

  void close(int number) throws SystemCallError {
    get(number).close();
    open.remove(number);
  }

  /** Moves a descriptor to the number of another one, which is closed. */
  void renumber(int from, int to) throws SystemCallError {
    Descriptor moved = get(from);
    Descriptor replaced = get(to);
    if (from != to) {
      replaced.close();
      open.put(to, moved);
      open.remove(from);
    }
  }

  @Override
  public void close() {
    open.values().forEach(Descriptor::close);
    open.clear();
  }
}
