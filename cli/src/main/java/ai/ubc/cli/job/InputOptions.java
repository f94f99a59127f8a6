package ai.ubc.cli.job;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a program is given: arguments, variables, and a directory. */
final class InputOptions {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)secret|token|passw|passphrase|private|credential|api_?key|access_?key|auth");

  @Option(
      names = "--arg",
      order = 10,
      paramLabel = "A",
      description = "An argument for the program; may be repeated. Stands before those after --.")
  private List<String> args = new ArrayList<>();

  @Option(
      names = "--env",
      order = 11,
      paramLabel = "K=V",
      description =
          "A variable that the program sees; may be repeated. Whoever runs or checks the job can read it.")
  private Map<String, String> env = new LinkedHashMap<>();

  @Option(
      names = "--in",
      order = 13,
      paramLabel = "DIR",
      description = "A directory that the program sees, read-only, as /in.")
  private @Nullable Path in;

  /**
   * Arguments after the program's name.
   *
   * @param rest those after {@code --}
   */
  List<String> args(List<String> rest) {
    List<String> all = new ArrayList<>(args);
    all.addAll(rest);
    return List.copyOf(all);
  }

  /** The program's variables. */
  Map<String, String> env() {
    return Map.copyOf(env);
  }

  /**
   * The directory that the program sees as {@code /in}.
   *
   * @throws CommandFailure when it is not there
   */
  Optional<Path> directory() throws CommandFailure {
    if (in != null && !Files.isDirectory(in)) {
      throw new CommandFailure(ExitCode.FAILURE, "--in: there is no directory " + in);
    }
    return Optional.ofNullable(in);
  }

  /** Warns of variables that look as if they should stay at home. */
  void warnOfSecrets(PrintStream err) {
    for (String name : env.keySet()) {
      if (SECRET.matcher(name).find()) {
        err.println(
            "ubc: warning: --env "
                + name
                + " looks like a secret. Whoever runs or checks the job can read it.");
      }
    }
    err.flush();
  }
}
