import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the codec's Java sources from the schema files. Arguments: schema directory, output
 * directory.
 */
final class GenerateCodec {
  public static void main(String[] args) throws IOException {
    Path schemas = Path.of(args[0]);
    Path output = Path.of(args[1]);
    Files.createDirectories(output);
    if (Files.notExists(schemas)) {
      return;
    }
    try (var files = Files.list(schemas)) {
      for (Path schema : files.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
        throw new IOException("no generator for " + schema);
      }
    }
  }
}
