package ai.ubc.cli.job;

import ai.ubc.cli.text.Amounts;
import ai.ubc.sdk.job.WaitTerms;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much a job may cost, and how much of it is checked. */
final class PriceOptions {
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

  @Mixin private UnitPriceOption unitPrice = new UnitPriceOption();

  /** The most to spend, micro-COMPUTE. */
  long budgetMicros() {
    try {
      return Amounts.parse(maxPrice);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(mixee.commandLine(), "--max-price: " + e.getMessage(), e);
    }
  }

  /** The highest price of 1,000,000 units, micro-COMPUTE; empty for the best offer's. */
  OptionalLong limitPriceMicros() {
    return unitPrice.limitPriceMicros();
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
