package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.TextOrder;
import java.util.TreeMap;

/**
 * What a program's file system consists of. An inode's number depends on the input and on what the
 * program did.
 */
sealed interface FileNode {

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
