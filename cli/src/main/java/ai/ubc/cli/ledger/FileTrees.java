package ai.ubc.cli.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** Directories with everything in them. */
final class FileTrees {
  private FileTrees() {}

  /** Creates a directory that only its owner can look into. */
  static void createPrivate(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Whether there is nothing, or an empty directory. */
  static boolean isVacant(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return true;
    }
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  /** Whether a path is a directory or below it, whatever links lead there. */
  static boolean isWithin(Path path, Path directory) throws IOException {
    return real(path).startsWith(real(directory));
  }

  private static Path real(Path path) throws IOException {
    Path parent = path.getParent();
    return parent == null || Files.exists(path)
        ? path.toRealPath()
        : real(parent).resolve(parent.relativize(path));
  }

  /**
   * Copies a file or a directory's files, with their permissions, leaving out directories and files
   * of the given names. What vanishes meanwhile is left out too.
   */
  static void copy(Path source, Path target, Set<String> leftOut) throws IOException {
    if (!Files.exists(source)) {
      return;
    }
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (isLeftOut(directory)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to(directory));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && !isLeftOut(file)) {
              copyFile(file, to(file));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          private Path to(Path file) {
            return target.resolve(source.relativize(file).toString());
          }

          private boolean isLeftOut(Path file) {
            return leftOut.contains(String.valueOf(file.getFileName()));
          }
        });
  }

  private static void copyFile(Path source, Path target) throws IOException {
    try {
      Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (NoSuchFileException e) {
      if (Files.exists(source)) {
        throw e;
      }
    }
  }

  /** Returns when a directory and everything in it is on the disk. */
  static void sync(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }
}
