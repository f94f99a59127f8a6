package ai.ubc.gateway.keys;

import ai.ubc.codec.crypto.SecretFile;
import ai.ubc.codec.seal.WrappedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Job keys that parties wrapped for drawn validators: {@code job/reader-sender}. Each sender has
 * one for each reader, and both are few, so the rights bound what is kept. From any thread.
 */
public final class JobKeyFiles {
  private final Path directory;

  /**
   * Keys below {@code directory}, which is made when it is missing.
   *
   * @throws IOException when it can not be written
   */
  public JobKeyFiles(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /**
   * Leaves a key for a reader, in place of what the sender left it before.
   *
   * @throws IOException when the disk fails
   */
  public synchronized void leave(long job, int sender, int reader, WrappedKey key)
      throws IOException {
    Path place = Files.createDirectories(place(job));
    SecretFile.write(place.resolve(prefix(reader) + Integer.toUnsignedString(sender)), key.bytes());
  }

  /**
   * What was left for a reader of a job, by whomever.
   *
   * @throws IOException when it can not be read
   */
  public synchronized List<WrappedKey> of(long job, int reader) throws IOException {
    List<WrappedKey> keys = new ArrayList<>();
    if (Files.isDirectory(place(job))) {
      for (Path file : list(place(job))) {
        if (file.getFileName().toString().startsWith(prefix(reader))) {
          WrappedKey.of(Files.readAllBytes(file)).ifPresent(keys::add);
        }
      }
    }
    return keys;
  }

  /** Jobs of which keys are kept. */
  public List<Long> jobs() throws IOException {
    return list(directory).stream()
        .map(place -> Long.parseUnsignedLong(place.getFileName().toString()))
        .toList();
  }

  /** Erases the keys of a job. */
  public synchronized void erase(long job) throws IOException {
    for (Path file : list(place(job))) {
      Files.delete(file);
    }
    Files.delete(place(job));
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private Path place(long job) {
    return directory.resolve(Long.toUnsignedString(job));
  }

  private static String prefix(int reader) {
    return Integer.toUnsignedString(reader) + "-";
  }
}
