package ai.ubc.cli.job;

import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.sdk.Network;
import ai.ubc.sdk.QuoteRequest;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the market for an order. */
final class OrderMapper {
  /** The most units that one run asks for, whatever the budget: minutes of a provider's time. */
  static final long UNITS_MAX = 100_000_000_000L;

  private static final int OFFERS_READ = 256;

  private OrderMapper() {}

  /**
   * What an order would cost now.
   *
   * @param units units to buy; absent: as many as the budget surely pays for, within reason
   */
  static Quote quote(
      UbcClient client, OptionalInt account, int validators, OptionalLong units, long budgetMicros)
      throws UbcException, InterruptedException {
    OptionalLong asked =
        units.isPresent() ? units : mostUnits(client, account.orElse(0), budgetMicros, validators);
    return client.quote(
        new QuoteRequest(
            validators > 0 ? Tier.QUORUM : Tier.NONE,
            validators,
            asked,
            OptionalLong.of(budgetMicros),
            account));
  }

  /** The same bound as the other {@code mostUnits}, by the market as it is now. */
  static OptionalLong mostUnits(UbcClient client, int account, long budgetMicros, int validators)
      throws UbcException, InterruptedException {
    MarketView market = client.market(OptionalInt.empty(), OFFERS_READ, 0).value();
    return mostUnits(market, account, client.network(), budgetMicros, validators, UNITS_MAX);
  }

  /**
   * The units to ask for where the budget would pay for more than any other account's offer
   * carries, or than {@code unitsMax}; empty where the budget is the bound.
   */
  static OptionalLong mostUnits(
      MarketView market,
      int account,
      Network network,
      long budgetMicros,
      int validators,
      long unitsMax) {
    List<MarketView.Offer> offers =
        market.offers().stream().filter(o -> o.account() != account).toList();
    long largest = offers.stream().mapToLong(MarketView.Offer::remainingUnits).max().orElse(0);
    long most = Math.min(largest, unitsMax);
    boolean isBound =
        offers.stream().mapToLong(MarketView.Offer::priceMicros).min().stream()
            .anyMatch(cheapest ->
                JobAmounts.unitsWithin(network.parameters(), budgetMicros, cheapest, validators)
                    > most);
    return isBound ? OptionalLong.of(most) : OptionalLong.empty();
  }
}
