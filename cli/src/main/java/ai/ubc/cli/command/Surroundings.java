package ai.ubc.cli.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command finds around it: variables, and standard streams for a program's own bytes. An
 * argument, so that commands can be run inside another program.
 *
 * @param environment environment variables
 * @param in standard input
 * @param out standard output
 * @param err standard error
 */
public record Surroundings(
    Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {

  /** What holds the surroundings of every command: the root of the command line. */
  public interface Holder {
    /** The surroundings. */
    Surroundings surroundings();
  }

  /** Copies the variables. */
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  public static Surroundings ofProcess() {
    return new Surroundings(System.getenv(), System.in, System.out, System.err);
  }

  /** Those of a command. */
  public static Surroundings of(CommandSpec spec) {
    return spec.root().userObject() instanceof Holder holder ? holder.surroundings() : ofProcess();
  }

  /** Where the user's keys, contexts and submissions live; it may not exist yet. */
  public Path home() {
    return UbcHome.directory(environment);
  }

  /** The same with another place for keys, contexts and submissions. */
  public Surroundings within(Path home) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put("UBC_HOME", home.toString());
    return new Surroundings(changed, in, out, err);
  }

  /** A variable; empty where it is not set. */
  public String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** Whether somebody reads standard error on a terminal. */
  public boolean isTerminal() {
    return "1".equals(variable("UBC_STDERR_TTY"));
  }
}
