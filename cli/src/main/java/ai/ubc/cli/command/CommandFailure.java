package ai.ubc.cli.command;

/** A command can not go on; the message says to a person what happened and what to do. */
public final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  /** Ends the command with this exit code and message. */
  public CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Ends the command with this exit code and message. */
  public CommandFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The command's exit code, an {@link ExitCode}. */
  public int exitCode() {
    return exitCode;
  }
}
