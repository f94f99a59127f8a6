package ai.ubc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.command.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * Runs client commands inside this process, as their users would in one of their own: with
 * variables and standard streams of their own. Only the working directory is this process's.
 *
 * @param environment the variables
 */
record CommandHere(Map<String, String> environment) {
  /** Runs a command to its end, with nothing on standard input. */
  Ended run(String... arguments) {
    return run(new byte[0], arguments);
  }

  /** Runs a command to its end, with these bytes on standard input. */
  Ended run(byte[] stdin, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode;
    try (PrintStream printed = new PrintStream(out, true, UTF_8);
        PrintStream said = new PrintStream(err, true, UTF_8)) {
      exitCode =
          Main.execute(
              arguments,
              new Surroundings(environment, new ByteArrayInputStream(stdin), printed, said));
    }
    return new Ended(exitCode, out.toByteArray(), err.toByteArray());
  }
}
