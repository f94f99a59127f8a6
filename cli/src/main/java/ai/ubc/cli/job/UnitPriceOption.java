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
  private static final long G_PER_PRICE = 1_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee = CommandSpec.create();

  @Option(
      names = "--max-unit-price",
      order = 21,
      paramLabel = "COMPUTE",
      description =
          "The most that 1 G instructions may cost, without fee and checking: dearer offers are not taken. Default: what the best offer asks.")
  private @Nullable String maxUnitPrice;

  /** The highest price of 1,000,000 units, micro-COMPUTE; empty for the best offer's. */
  OptionalLong limitPriceMicros() {
    if (maxUnitPrice == null) {
      return OptionalLong.empty();
    }
    try {
      long micros = Amounts.parse(maxUnitPrice) / G_PER_PRICE;
      if (micros < 1) {
        throw new IllegalArgumentException("prices of 1 G begin at 0.001");
      }
      return OptionalLong.of(micros);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(mixee.commandLine(), "--max-unit-price: " + e.getMessage(), e);
    }
  }
}
