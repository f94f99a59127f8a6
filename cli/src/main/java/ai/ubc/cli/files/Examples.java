package ai.ubc.cli.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The example programs and texts that come with the command, unpacked where jobs can take them.
 *
 * @param directory where they are
 */
public record Examples(Path directory) {
  /** File names of the texts. */
  public static final List<String> TEXTS = List.of("garden.txt", "harbour.txt", "machines.txt");

  /** Unpacks them below a directory. */
  public static Examples unpack(Path directory) throws IOException {
    Examples examples = new Examples(directory);
    Files.createDirectories(examples.texts());
    for (String name : List.of("wordcount.wasm", "primes.wasm", "picture.wasm")) {
      copy(name, directory.resolve(name));
    }
    for (String name : TEXTS) {
      copy("texts/" + name, examples.texts().resolve(name));
    }
    return examples;
  }

  private static void copy(String name, Path to) throws IOException {
    try (InputStream in = Examples.class.getResourceAsStream("/examples/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the command was built without examples/" + name);
      }
      Files.copy(in, to);
    }
  }

  /** The program of this name. */
  public Path program(String name) {
    return directory.resolve(name + ".wasm");
  }

  /** The directory of the texts. */
  public Path texts() {
    return directory.resolve("texts");
  }
}
