package ai.ubc.provider.wasi;

import ai.ubc.provider.wasi.FileNode.Directory;
import org.jspecify.annotations.Nullable;

/** What a program's descriptor number stands for. */
sealed interface Descriptor {

  /** Gives back what the host holds for it. */
  default void close() {}

  /** Standard input. */
  final class StandardInput implements Descriptor {
    final InputSource source;
    long position;

    StandardInput(InputSource source) {
      this.source = source;
    }
  }

  /** Standard output or standard error. */
  record StandardOutput(GrowingBytes content) implements Descriptor {}

  /**
   * An open directory.
   *
   * @param preopenedName the path that the program knows it by, or null when the program opened it
   */
  record OpenDirectory(Directory node, @Nullable String preopenedName) implements Descriptor {}

  /** An open file. */
  final class OpenFile implements Descriptor {
    final FileNode node;
    final boolean isReadable;
    final boolean isWritable;
    private final @Nullable InputSource source;
    int flags;
    long position;

    OpenFile(FileNode.InputFile node, int flags) {
      this.node = node;
      this.isReadable = true;
      this.isWritable = false;
      this.source = InputSource.open(node.content());
      this.flags = flags;
    }

    OpenFile(FileNode.OutputFile node, int flags, boolean isReadable, boolean isWritable) {
      this.node = node;
      this.isReadable = isReadable;
      this.isWritable = isWritable;
      this.source = null;
      this.flags = flags;
    }

    long length() {
      return switch (node) {
        case FileNode.InputFile file -> file.length();
        case FileNode.OutputFile file -> file.content().length();
        case Directory _ -> throw new IllegalStateException("a directory is not an open file");
      };
    }

    int read(long from, byte[] target, int count) {
      return source != null
          ? source.read(from, target, 0, count)
          : ((FileNode.OutputFile) node).content().read(from, target, 0, count);
    }

    /** The content, to be changed. */
    GrowingBytes content() throws SystemCallError {
      if (!isWritable) {
        throw new SystemCallError(Errno.BAD_DESCRIPTOR);
      }
      return ((FileNode.OutputFile) node).content();
    }

    @Override
    public void close() {
      if (source != null) {
        source.close();
      }
    }
  }
}
