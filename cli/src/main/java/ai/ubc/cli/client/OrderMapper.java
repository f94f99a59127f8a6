package ai.ubc.cli.client;

import ai.ubc.api.MarketView;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.sdk.Network;
import java.util.List;
import java.util.OptionalLong;

/** Reads the market for an order. */
final class OrderMapper {
  private OrderMapper() {}

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
