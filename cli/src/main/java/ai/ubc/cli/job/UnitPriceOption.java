package ai.ubc.cli.job;

import ai.ubc.cli.text.Amounts;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an offer may ask. */
final class UnitPriceOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee = CommandSpec.create();

  @Option(
      names = "--max-unit-price",
      order = 22,
      paramLabel = "COMPUTE",
      description =
          "The most that 1 G instructions may cost, without fee and checking: dearer offers are not taken. Default: what the best offer asks; while the job waits, twice that, else twice the price of the last job, else 0.02, and never more than --max-price covers. Everybody sees what a job waits with.")
  private @Nullable String maxUnitPrice;

  /** The highest price of 1,000,000 units, micro-COMPUTE; empty for the best offer's. */
  OptionalLong limitPriceMicros() {
    if (maxUnitPrice == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Amounts.parseUnitPrice(maxUnitPrice));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(mixee.commandLine(), "--max-unit-price: " + e.getMessage(), e);
    }
  }
}
