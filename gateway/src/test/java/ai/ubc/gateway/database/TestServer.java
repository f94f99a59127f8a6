package ai.ubc.gateway.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A PostgreSQL server whose data go when it is closed. */
public final class TestServer implements AutoCloseable {
  private final Path directory;
  private final PostgresServer server;

  /** Starts it with programs unpacked to {@code programs}. */
  public TestServer(Path programs) {
    try {
      directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "pg-");
      server = PostgresServer.start(new Storage.Embedded(directory, programs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where it listens. */
  public Storage.Jdbc jdbc() {
    return server.jdbc();
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
