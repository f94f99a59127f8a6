package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.wasi.FileNode.Directory;
import ai.ubc.provider.wasi.FileNode.InputFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tree that a program sees as {@code /in}. Inodes are numbered in the order of names, depth
 * first.
 */
final class InputTree {

  /** The inode of {@code /in}. */
  static final long ROOT_INODE = 1;

  /** The most files and directories of an input. */
  private static final int NODES_MAX = 100_000;

  private static final int DEPTH_MAX = 256;

  private long nextInode = ROOT_INODE;

  private InputTree() {}

  /**
   * Looks at a directory of the host; contents are not read.
   *
   * @throws IOException when the directory can not be read, or holds something that is neither a
   *     regular file nor a directory
   */
  static Directory of(Optional<Path> directory) throws IOException {
    InputTree tree = new InputTree();
    return directory.isPresent()
        ? tree.read(directory.get(), 0)
        : new Directory(tree.nextInode++, false);
  }

  private Directory read(Path directory, int depth) throws IOException {
    if (depth > DEPTH_MAX) {
      throw new IOException("the input's directories are nested too deep at " + directory);
    }
    Directory node = new Directory(nextInode(directory), false);
    Map<String, Path> paths = new TreeMap<>(node.children().comparator());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        paths.put(entry.getFileName().toString(), entry);
      }
    }
    for (Map.Entry<String, Path> entry : paths.entrySet()) {
      Path path = entry.getValue();
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isDirectory()) {
        node.children().put(entry.getKey(), read(path, depth + 1));
      } else if (attributes.isRegularFile()) {
        InputFile file = new InputFile(nextInode(path), Content.of(path), attributes.size());
        node.children().put(entry.getKey(), file);
      } else {
        throw new IOException(path + " is neither a regular file nor a directory");
      }
    }
    return node;
  }

  private long nextInode(Path path) throws IOException {
    if (nextInode > NODES_MAX) {
      throw new IOException("the input has more than " + NODES_MAX + " files, at " + path);
    }
    return nextInode++;
  }
}
