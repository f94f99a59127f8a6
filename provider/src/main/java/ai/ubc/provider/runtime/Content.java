package ai.ubc.provider.runtime;

import java.nio.file.Path;

/** Bytes that are at hand, or in a file that does not change while it is used. */
public sealed interface Content {

  /** No bytes at all. */
  Content EMPTY = new InMemory(Bytes.EMPTY);

  /** The bytes of the array, which is copied. */
  static Content of(byte[] bytes) {
    return new InMemory(Bytes.copyOf(bytes));
  }

  /** The bytes of the file. */
  static Content of(Path file) {
    return new InFile(file);
  }

  /** Bytes at hand. */
  record InMemory(Bytes bytes) implements Content {}

  /** The bytes of a regular file. */
  record InFile(Path path) implements Content {}
}
