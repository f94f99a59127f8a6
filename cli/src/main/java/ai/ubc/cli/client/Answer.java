package ai.ubc.cli.client;

import ai.ubc.cli.command.ExitCode;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a command found, for people and for programs.
 *
 * @param exitCode the command's exit code
 * @param outcome what came of it, a word in capitals
 * @param facts what the JSON says beside that; values that Jackson can write
 * @param text writes it for people, to standard output
 */
public record Answer(
    int exitCode, String outcome, Map<String, Object> facts, Consumer<PrintWriter> text) {
  /** The outcome of a command that did what it says. */
  public static final String DONE = "DONE";

  /** Keeps the order of the facts. */
  public Answer {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** Done. */
  public static Answer done(Map<String, Object> facts, Consumer<PrintWriter> text) {
    return new Answer(ExitCode.OK, DONE, facts, text);
  }

  /** Done, with these lines for people. */
  public static Answer done(Map<String, Object> facts, String... lines) {
    return done(
        facts,
        out -> {
          for (String line : lines) {
            out.println(line);
          }
        });
  }
}
