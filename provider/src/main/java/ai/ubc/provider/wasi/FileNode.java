package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.TextOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a program's file system consists of. An inode's number depends on the input and on what the
 * program did.
 */
sealed interface FileNode {

  /** A file deeper than this is more than an item may leave; it would not fit a result's bundle. */
  int PATH_BYTES_MAX = 900;

  /** Its number, unique in the file system. */
  long inode();

  /** Whether the program may change it: it is {@code /out} or below. */
  boolean isWritable();

  /** Children by name, in the order of their UTF-8 bytes. */
  record Directory(long inode, boolean isWritable, TreeMap<String, FileNode> children)
      implements FileNode {
    Directory(long inode, boolean isWritable) {
      this(inode, isWritable, new TreeMap<>(TextOrder.UTF8));
    }

    /**
     * Adds the files below, all of them the program's, by their paths after a prefix; false when a
     * path is too long, and what it leads to is left out.
     */
    boolean collect(String prefix, SortedMap<String, Bytes> files) {
      boolean complete = true;
      for (Map.Entry<String, FileNode> entry : children.entrySet()) {
        String path = prefix + entry.getKey();
        if (path.getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
          complete = false;
          continue;
        }
        switch (entry.getValue()) {
          case Directory child -> complete &= child.collect(path + '/', files);
          case OutputFile file -> files.put(path, file.content().toBytes());
          case InputFile _ ->
              throw new IllegalStateException("an input file among the output: " + path);
        }
      }
      return complete;
    }
  }

  /** A file of the job's input. */
  record InputFile(long inode, Content content, long length) implements FileNode {
    @Override
    public boolean isWritable() {
      return false;
    }
  }

  /** A file that the program made. */
  record OutputFile(long inode, GrowingBytes content) implements FileNode {
    @Override
    public boolean isWritable() {
      return true;
    }
  }
}
