package ai.ubc.cli.text;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * Says on standard error what is being waited for: on a terminal in one line, which is gone when
 * there is something else to show; elsewhere, where that is wanted, in plain lines now and then.
 * From any thread.
 */
public final class Progress implements AutoCloseable {
  private static final String CLEAR = "\r\u001b[2K";
  private static final long TICK_MS = 1_000;

  /** Whoever is done before this has not been waited for. */
  private static final long FIRST_MS = 2_000;

  private enum Style {
    /** One line that changes. */
    LINE,
    /** Lines that stay. */
    PLAIN,
    NONE
  }

  private final PrintStream err;
  private final Style style;
  private final LongSupplier nowMs;
  private final Sparing sparing;
  private final Thread ticker;
  private String last = "";

  private Progress(PrintStream err, Style style, long firstMs, LongSupplier nowMs) {
    this.err = err;
    this.style = style;
    this.nowMs = nowMs;
    this.sparing = new Sparing(nowMs.getAsLong() + firstMs);
    this.ticker = Thread.ofVirtual().name("progress").unstarted(this::tick);
  }

  private static Progress start(PrintStream err, Style style, long firstMs) {
    Progress progress = new Progress(err, style, firstMs, () -> System.nanoTime() / 1_000_000);
    if (style == Style.PLAIN) {
      progress.ticker.start();
    }
    return progress;
  }

  /** Progress on standard error when the launcher found it to be a terminal, else none. */
  public static Progress onStandardError() {
    return on(System.err, isTerminal());
  }

  /** Progress of a command whose standard error is its own: plain lines without a terminal. */
  public static Progress onOwnStandardError() {
    return onOwn(System.err, isTerminal());
  }

  private static boolean isTerminal() {
    return "1".equals(System.getenv("UBC_STDERR_TTY"));
  }

  /** Progress in a line on a terminal, else none. */
  public static Progress on(PrintStream err, boolean isTerminal) {
    return start(err, isTerminal ? Style.LINE : Style.NONE, 0);
  }

  /** Progress in a line on a terminal, else in plain lines once it takes a while. */
  public static Progress onOwn(PrintStream err, boolean isTerminal) {
    return start(err, isTerminal ? Style.LINE : Style.PLAIN, FIRST_MS);
  }

  /** Progress in plain lines, from the beginning. */
  public static Progress plain(PrintStream err) {
    return start(err, Style.PLAIN, 0);
  }

  /** Plain progress that is told the time, and looks at it only when something is said. */
  static Progress plain(PrintStream err, LongSupplier nowMs) {
    return new Progress(err, Style.PLAIN, 0, nowMs);
  }

  /** No progress. */
  public static Progress none(PrintStream err) {
    return start(err, Style.NONE, 0);
  }

  /** Whether there is a terminal that shows it. */
  public boolean isShown() {
    return style == Style.LINE;
  }

  /** This is being waited for from now on. */
  public synchronized void say(String text) {
    switch (style) {
      case LINE -> {
        if (!text.equals(last)) {
          err.print(CLEAR + text);
          err.flush();
          last = text;
        }
      }
      case PLAIN -> {
        sparing.awaiting(text, nowMs.getAsLong());
        sayWhatIsDue();
      }
      case NONE -> {}
    }
  }

  private synchronized void sayWhatIsDue() {
    sparing
        .due(nowMs.getAsLong())
        .ifPresent(line -> {
          err.println("ubc: " + line);
          err.flush();
        });
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(TICK_MS);
        sayWhatIsDue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Nothing is waited for; a line that changes is gone. Another may follow. */
  public synchronized void clear() {
    sparing.awaiting("", nowMs.getAsLong());
    if (style == Style.LINE && !last.isEmpty()) {
      err.print(CLEAR);
      err.flush();
      last = "";
    }
  }

  /** Says nothing more. */
  @Override
  public void close() {
    clear();
    ticker.interrupt();
  }
}
