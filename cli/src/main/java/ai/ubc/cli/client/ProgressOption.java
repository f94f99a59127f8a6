package ai.ubc.cli.client;

import ai.ubc.cli.command.Surroundings;
import ai.ubc.cli.text.Progress;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How a command says what it waits for. */
public final class ProgressOption {
  /** The ways. */
  enum Way {
    /** A line that changes, on a terminal. */
    AUTO,
    /** Lines that stay. */
    PLAIN,
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--progress",
      order = 30,
      paramLabel = "auto|plain|none",
      defaultValue = "auto",
      description =
          "How to say on standard error what is waited for. plain: in lines of text that begin with \"ubc: \", few of them. auto: in a changing line on a terminal; without one as plain where standard error is not a program's, else not at all. Default: ${DEFAULT-VALUE}.")
  private Way way = Way.AUTO;

  /** For a command whose standard error is the program's: nothing unasked without a terminal. */
  public Progress beforeProgram(Surroundings around) {
    return way == Way.AUTO ? Progress.on(around.err(), around.isTerminal()) : asked(around);
  }

  /** For a command whose standard error is its own. */
  public Progress own(Surroundings around) {
    return way == Way.AUTO ? Progress.onOwn(around.err(), around.isTerminal()) : asked(around);
  }

  private Progress asked(Surroundings around) {
    return way == Way.PLAIN ? Progress.plain(around.err()) : Progress.none(around.err());
  }
}
