package ai.ubc.cli.client;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.sdk.FileReason;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The password of a keystore: from a file, or asked for on the terminal. Never an argument. */
final class PasswordOption {
  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file whose first line is the password. Without it the terminal is asked.")
  private @Nullable Path file;

  /** The password. */
  String read() throws CommandFailure {
    if (file != null) {
      try {
        return Files.readString(file).lines().findFirst().orElse("");
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.FAILURE,
            "--password-file: " + file + " can not be read: " + FileReason.of(e),
            e);
      }
    }
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> console.readPassword("Password: "))
        .map(String::new)
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.FAILURE,
                "there is no terminal to ask for the password; use --password-file"));
  }
}
