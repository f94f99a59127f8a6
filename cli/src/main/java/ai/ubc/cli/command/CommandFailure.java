package ai.ubc.cli.command;

import org.jspecify.annotations.Nullable;

/** A command can not go on; the message says to a person what happened and what to do. */
public final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** What came of a command that says nothing more exact. */
  public static final String FAILED = "FAILED";

  private final int exitCode;
  private final String outcome;

  /** Ends the command with this exit code and message. */
  public CommandFailure(int exitCode, String message) {
    this(exitCode, message, null);
  }

  /** Ends the command with this exit code and message. */
  public CommandFailure(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.outcome = FAILED;
  }

  private CommandFailure(int exitCode, String outcome, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.outcome = outcome;
  }

  /**
   * Ends the command with an outcome that scripts decide by; the message begins with it.
   *
   * @param outcome a word in capitals, such as {@code OUT_OF_UNITS}
   */
  public static CommandFailure of(
      int exitCode, String outcome, String message, @Nullable Throwable cause) {
    return new CommandFailure(exitCode, outcome, outcome + ": " + message, cause);
  }

  /** The same, where the message names the outcome by itself. */
  public static CommandFailure ofNamed(
      int exitCode, String outcome, String message, @Nullable Throwable cause) {
    return new CommandFailure(exitCode, outcome, message, cause);
  }

  /** The same failure, whose message says more at its end. */
  public CommandFailure saying(String more) {
    String message = String.valueOf(getMessage());
    String open = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    return new CommandFailure(exitCode, outcome, open + "; " + more, getCause());
  }

  /** What came of it, a word in capitals. */
  public String outcome() {
    return outcome;
  }

  /** The command's exit code, an {@link ExitCode}. */
  public int exitCode() {
    return exitCode;
  }
}
