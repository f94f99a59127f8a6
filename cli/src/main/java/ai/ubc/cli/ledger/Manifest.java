package ai.ubc.cli.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a backup with their SHA-256, written in the form of {@code sha256sum}, so that any
 * machine can check them.
 *
 * @param hashes hash by path relative to the backup, with {@code /}
 */
record Manifest(SortedMap<String, Hash32> hashes) {
  static final String FILE = "MANIFEST";

  /** Hashes all files below a directory. */
  static Manifest of(Path directory) throws IOException {
    SortedMap<String, Hash32> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        if (!name.equals(FILE)) {
          hashes.put(name, Sha256.of(file));
        }
      }
    }
    return new Manifest(hashes);
  }

  /**
   * Reads the manifest of a backup.
   *
   * @throws IOException when there is none, or it is not in its form
   */
  static Manifest read(Path directory) throws IOException {
    SortedMap<String, Hash32> hashes = new TreeMap<>();
    Path file = directory.resolve(FILE);
    for (String line : Files.readAllLines(file, UTF_8)) {
      if (!line.matches("[0-9a-f]{64}  .+")) {
        throw new IOException(file + " has a line that is not \"HASH  NAME\"");
      }
      String name = line.substring(66);
      if (!directory.resolve(name).normalize().startsWith(directory)) {
        throw new IOException(file + " names " + name + ", which is not in the backup");
      }
      hashes.put(name, Hash32.parse("0x" + line.substring(0, 64)));
    }
    return new Manifest(hashes);
  }

  void write(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    hashes.forEach((name, hash) -> lines.add(hash.hex() + "  " + name));
    Files.write(directory.resolve(FILE), lines, UTF_8);
  }
}
