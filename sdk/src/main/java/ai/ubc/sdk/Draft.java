package ai.ubc.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that is there as a whole or not at all: it is written under a name that nobody else has,
 * next to its place, and moved there at the end. Whatever stood there is replaced, a symbolic link
 * itself and not what it leads to.
 */
public final class Draft {
  private Draft() {}

  /**
   * A name for a draft of {@code file}, in the same directory, which nobody can have guessed. It is
   * to be opened with {@link StandardOpenOption#CREATE_NEW}.
   */
  public static Path of(Path file) {
    return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".new");
  }

  /**
   * Writes a file whole.
   *
   * @throws IOException when it can not be written; nothing is left behind then
   */
  public static void write(Path file, byte[] content) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a directory");
    }
    Path draft = of(file);
    try {
      Files.write(draft, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
