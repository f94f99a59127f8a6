package ai.ubc.cli.job;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.provider.wasi.ProgramCheck;
import ai.ubc.sdk.job.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at a program before anything is bought. */
final class ProgramFile {
  private ProgramFile() {}

  /**
   * Refuses a program that every provider would refuse.
   *
   * @throws CommandFailure when it is not there, or no program; the message says why
   */
  static void require(Path program) throws CommandFailure {
    requireReadable(program);
    if (Script.isScript(program)) {
      return;
    }
    Optional<String> refusal;
    try {
      refusal = ProgramCheck.refusal(program);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, program + " can not be read: " + e.getMessage(), e);
    }
    if (refusal.isPresent()) {
      throw CommandFailure.of(
          ExitCode.FAILURE,
          "INVALID_PROGRAM",
          program
              + " is no program that can be run: "
              + refusal.get()
              + ". It must be a WASI preview 1 command, or a script that ends in .js."
              + " Nothing was bought.",
          null);
    }
  }

  /** Refuses a file that can not be read. */
  static void requireReadable(Path file) throws CommandFailure {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new CommandFailure(ExitCode.FAILURE, "there is no readable file " + file);
    }
  }
}
