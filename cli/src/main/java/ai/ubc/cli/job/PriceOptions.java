package ai.ubc.cli.job;

import ai.ubc.cli.text.Amounts;
import ai.ubc.sdk.job.WaitTerms;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much a job may cost, and how much of it is checked. */
final class PriceOptions {
  private static final long G_PER_PRICE = 1_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee = CommandSpec.create();

  @Mixin private CheckOption check = new CheckOption();

  @Option(
      names = "--max-price",
      order = 21,
      paramLabel = "COMPUTE",
      defaultValue = "1",
      description = {
        "The most that price, fee and checking may cost together. Default: ${DEFAULT-VALUE}. While the job runs this much and a deposit of 5 %% of the price are held; what is not used returns. At most 100 G instructions are bought."
      })
  private String maxPrice = "1";

  @Option(
      names = "--max-unit-price",
      order = 21,
      paramLabel = "COMPUTE",
      description =
          "The most that 1 G instructions may cost, without fee and checking: dearer offers are not taken. Default: what the best offer asks.")
  private @Nullable String maxUnitPrice;

  /** The most to spend, micro-COMPUTE. */
  long budgetMicros() {
    return amount("--max-price", maxPrice);
  }

  /** The highest price of 1,000,000 units, micro-COMPUTE; empty for the best offer's. */
  OptionalLong limitPriceMicros() {
    if (maxUnitPrice == null) {
      return OptionalLong.empty();
    }
    long micros = amount("--max-unit-price", maxUnitPrice) / G_PER_PRICE;
    if (micros < 1) {
      throw new ParameterException(
          mixee.commandLine(), "--max-unit-price: prices begin at 0.001 for 1 G");
    }
    return OptionalLong.of(micros);
  }

  private long amount(String option, String text) {
    try {
      return Amounts.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(mixee.commandLine(), option + ": " + e.getMessage(), e);
    }
  }

  /** What is asked of the market, with as many units as the budget buys. */
  WaitTerms.Ask ask(int account) {
    return ask(account, OptionalLong.empty());
  }

  /** What is asked of the market, with these units. */
  WaitTerms.Ask ask(int account, OptionalLong units) {
    return new WaitTerms.Ask(account, validators(), budgetMicros(), units, limitPriceMicros());
  }

  /** Validators to draw; 0 without a check. */
  int validators() {
    return check.validators();
  }
}
