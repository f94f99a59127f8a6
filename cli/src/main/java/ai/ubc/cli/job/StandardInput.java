package ai.ubc.cli.job;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.job.BundleLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file with what the program reads from standard input. The command's own is kept in a temporary
 * file, which {@link #close} deletes.
 */
final class StandardInput implements AutoCloseable {
  private final @Nullable Path file;
  private final boolean isTemporary;

  private StandardInput(@Nullable Path file, boolean isTemporary) {
    this.file = file;
    this.isTemporary = isTemporary;
  }

  /**
   * What {@code --stdin} says: nothing, a file, or {@code -} for what comes in.
   *
   * @throws CommandFailure when it can not be read, or is longer than a job takes
   */
  static StandardInput of(@Nullable String option, InputStream own) throws CommandFailure {
    if (option == null) {
      return new StandardInput(null, false);
    }
    if (!"-".equals(option)) {
      Path named = Path.of(option);
      ProgramFile.requireReadable(named);
      return new StandardInput(named, false);
    }
    try {
      Path kept = Files.createTempFile("ubc-stdin", "");
      kept.toFile().deleteOnExit(); // also when a signal ends the command
      copy(own, kept);
      return new StandardInput(kept, true);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "standard input can not be kept: " + e.getMessage(), e);
    }
  }

  private static void copy(InputStream own, Path kept) throws IOException, CommandFailure {
    try (OutputStream output = Files.newOutputStream(kept)) {
      byte[] piece = new byte[1 << 16];
      long total = 0;
      for (int n = own.read(piece); n >= 0; n = own.read(piece)) {
        total += n;
        if (total > BundleLimits.UNPACKED_BYTES_MAX) {
          throw new CommandFailure(
              ExitCode.FAILURE,
              "standard input is longer than the "
                  + BundleLimits.UNPACKED_BYTES_MAX
                  + " bytes that a job takes");
        }
        output.write(piece, 0, n);
      }
    }
  }

  /** The file; empty where the program reads nothing. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  @Override
  public void close() throws CommandFailure {
    if (isTemporary && file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.FAILURE, file + " can not be deleted: " + e.getMessage(), e);
      }
    }
  }
}
