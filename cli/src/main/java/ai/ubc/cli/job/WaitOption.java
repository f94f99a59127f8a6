package ai.ubc.cli.job;

import ai.ubc.cli.text.Durations;
import ai.ubc.domain.rules.JobWindows;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long a job may wait for an offer. */
final class WaitOption {
  private static final Pattern NOT_AT_ALL = Pattern.compile("0[smhd]?");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee = CommandSpec.create();

  @Option(
      names = "--wait",
      order = 23,
      paramLabel = "TIME|0",
      defaultValue = "1m",
      description = {
        "How long the job may wait on the ledger for an offer that carries it, such as 90s, 2h or 7d, the most; what it may cost is held meanwhile. 0: end with NO_OFFER where none can carry it now. Default: ${DEFAULT-VALUE}. A private job does not wait on the ledger; this command waits for an offer then."
      })
  private String wait = "1m";

  /** The longest wait, milliseconds. */
  long ms() {
    if (NOT_AT_ALL.matcher(wait).matches()) {
      return 0;
    }
    try {
      long ms = Durations.parse(wait).toMillis();
      if (ms > JobWindows.WAIT_MAX_MS) {
        throw new IllegalArgumentException("a job waits for 7 days (7d) at most");
      }
      return ms;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(mixee.commandLine(), "--wait: " + e.getMessage(), e);
    }
  }
}
