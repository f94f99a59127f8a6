package ai.ubc.cli.job;

import ai.ubc.sdk.job.JobOrder;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How much of a job is checked. */
final class CheckOption {
  /** How much is checked. */
  enum Check {
    NONE,
    QUORUM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--check",
      order = 20,
      paramLabel = "none|quorum",
      defaultValue = "quorum",
      description = {
        "none: the provider's bond stands for the result. quorum: three drawn validators re-run the whole job, which costs about 4.8 times as much. Default: ${DEFAULT-VALUE}."
      })
  private Check check = Check.QUORUM;

  /** Validators to draw; 0 without a check. */
  int validators() {
    return check == Check.QUORUM ? JobOrder.VALIDATORS_DEFAULT : 0;
  }
}
