package ai.ubc.cli.text;

import java.io.PrintStream;

/**
 * One line on a terminal that says what is being waited for, and is gone when there is something
 * else to show. Writes nothing at all where standard error is not a terminal, so that a program's
 * own bytes stay alone.
 */
public final class Progress implements AutoCloseable {
  private static final String CLEAR = "\r\u001b[2K";

  private final PrintStream terminal;
  private final boolean shown;
  private String last = "";

  private Progress(PrintStream terminal, boolean shown) {
    this.terminal = terminal;
    this.shown = shown;
  }

  /** Progress on standard error when the launcher found it to be a terminal. */
  public static Progress onStandardError() {
    return new Progress(System.err, "1".equals(System.getenv("UBC_STDERR_TTY")));
  }

  /** Progress on the given stream, or none where nobody would see it. */
  public static Progress on(PrintStream terminal, boolean isShown) {
    return new Progress(terminal, isShown);
  }

  /** Progress on the given stream. */
  public static Progress on(PrintStream terminal) {
    return new Progress(terminal, true);
  }

  /** Whether there is a terminal that shows it. */
  public boolean isShown() {
    return shown;
  }

  /** Replaces the line. */
  public synchronized void say(String text) {
    if (shown && !text.equals(last)) {
      terminal.print(CLEAR + text);
      terminal.flush();
      last = text;
    }
  }

  /** Removes the line; another may follow. */
  public synchronized void clear() {
    if (shown && !last.isEmpty()) {
      terminal.print(CLEAR);
      terminal.flush();
      last = "";
    }
  }

  /** Removes the line. */
  @Override
  public void close() {
    clear();
  }
}
