package ai.ubc.cli.job;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.sdk.job.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a job runs.
 *
 * @param module file of the WASM module
 * @param args its arguments
 */
record Launch(Path module, List<String> args) {

  Launch {
    args = List.copyOf(args);
  }

  /**
   * A module runs as it is; a script is an argument of its interpreter.
   *
   * @param home the user's directory, which keeps the interpreter
   * @throws CommandFailure when the file is no script that can be run
   */
  static Launch of(Path program, List<String> args, Path home) throws CommandFailure {
    if (!Script.isScript(program)) {
      return new Launch(program, args);
    }
    try {
      Path interpreter = Script.interpreterIn(home.resolve("programs"));
      return new Launch(interpreter, Script.arguments(program, args));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILURE, "the script can not be run: " + e.getMessage(), e);
    }
  }
}
