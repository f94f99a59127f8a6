package ai.ubc.cli.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    for (String line : lines(file)) {
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

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file, UTF_8);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " is missing from the backup; use another one", e);
    }
  }

  /**
   * Checks that a backup holds the files that its manifest names, and no others.
   *
   * @throws IOException when a file is missing, changed or added; the message names it
   */
  static void requireUnchanged(Path backup) throws IOException {
    SortedMap<String, Hash32> backedUp = read(backup).hashes();
    SortedMap<String, Hash32> found = of(backup).hashes();
    for (Map.Entry<String, Hash32> file : backedUp.entrySet()) {
      Path path = backup.resolve(file.getKey());
      Hash32 hash = found.remove(file.getKey());
      if (hash == null) {
        throw new IOException(path + " is missing from the backup; use another one");
      }
      if (!hash.equals(file.getValue())) {
        throw new IOException(
            path + " is not what was backed up: its SHA-256 differs; use another backup");
      }
    }
    if (!found.isEmpty()) {
      throw new IOException(
          backup.resolve(found.firstKey())
              + " was not backed up: "
              + backup.resolve(FILE)
              + " does not name it; remove the one, or use another backup if the other was cut off");
    }
  }

  void write(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    hashes.forEach((name, hash) -> lines.add(hash.hex() + "  " + name));
    Files.write(directory.resolve(FILE), lines, UTF_8);
  }
}
