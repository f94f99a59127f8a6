package ai.ubc.cli.files;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories for one time. */
public final class TemporaryDirectory {
  private static final System.Logger LOG = System.getLogger(TemporaryDirectory.class.getName());

  private TemporaryDirectory() {}

  /** Makes an empty one whose name begins so. */
  public static Path create(String prefix) throws CommandFailure {
    try {
      return Files.createTempDirectory(prefix);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "no temporary directory can be made: " + e.getMessage(), e);
    }
  }

  /** Deletes it with all that is in it. */
  public static void delete(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Deletes it when the process is told to end and nobody can do anything about a failure. */
  public static void deleteAtTheEnd(Path directory) {
    try {
      delete(directory);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, directory + " can not be deleted", e);
    }
  }
}
