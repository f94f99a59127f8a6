package ai.ubc.cli.job;

import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.WaitTerms;
import ai.ubc.sdk.job.WaitTermsMapper;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the market for an order. */
final class OrderMapper {
  /** The most units that one run asks for, whatever the budget: minutes of a provider's time. */
  static final long UNITS_MAX = 100_000_000_000L;

  private static final int OFFERS_READ = 256;

  private OrderMapper() {}

  /** Whether to wait may cure what was refused. */
  static boolean mayWait(LedgerRefused refused) {
    return WaitTerms.mayCure(refused.refusal());
  }

  /** What was refused, in a word. */
  static String outcome(LedgerRefused refused) {
    return refused.refusal().name();
  }

  /**
   * What an order would cost now.
   *
   * @param ask its units absent: as many as the budget surely pays for, within reason
   * @throws LedgerRefused when it could not be carried now
   */
  static Quote quote(UbcClient client, WaitTerms.Ask ask)
      throws UbcException, InterruptedException {
    OptionalLong units = ask.maxUnits().isPresent() ? ask.maxUnits() : mostUnits(client, ask);
    return WaitTermsMapper.quote(
        new WaitTerms.Ask(
            ask.account(), ask.validators(), ask.maxCostMicros(), units, ask.limitPriceMicros()),
        client);
  }

  /**
   * What an order would wait for an offer with.
   *
   * @throws LedgerRefused when the budget pays for nothing
   */
  static WaitTerms terms(UbcClient client, WaitTerms.Ask ask)
      throws UbcException, InterruptedException {
    MarketView market = market(client);
    GenesisParameters parameters = client.network().parameters();
    OptionalLong units =
        ask.maxUnits().isPresent() ? ask.maxUnits() : mostUnits(market, ask, parameters, UNITS_MAX);
    WaitTerms.Ask asked =
        new WaitTerms.Ask(
            ask.account(), ask.validators(), ask.maxCostMicros(), units, ask.limitPriceMicros());
    return WaitTermsMapper.of(asked, market, parameters);
  }

  private static MarketView market(UbcClient client) throws UbcException, InterruptedException {
    return client.market(OptionalInt.empty(), OFFERS_READ, 0).value();
  }

  /** The same bound as the other {@code mostUnits}, by the market as it is now. */
  static OptionalLong mostUnits(UbcClient client, WaitTerms.Ask ask)
      throws UbcException, InterruptedException {
    return mostUnits(market(client), ask, client.network().parameters(), UNITS_MAX);
  }

  /**
   * The units to ask for where the budget would pay for more than any other account's offer at the
   * limit price carries, or than {@code unitsMax}; empty where the budget is the bound. Where there
   * is no such offer, the budget goes as far as {@link WaitTerms} says.
   */
  static OptionalLong mostUnits(
      MarketView market, WaitTerms.Ask ask, GenesisParameters parameters, long unitsMax) {
    List<MarketView.Offer> offers =
        market.offers().stream()
            .filter(o -> o.account() != ask.account())
            .filter(o -> o.priceMicros() <= ask.limitPriceMicros().orElse(Long.MAX_VALUE))
            .toList();
    if (offers.isEmpty()) {
      return waitingUnits(market, ask, parameters, unitsMax);
    }
    long largest = offers.stream().mapToLong(MarketView.Offer::remainingUnits).max().orElse(0);
    long most = Math.min(largest, unitsMax);
    boolean isBound =
        offers.stream().mapToLong(MarketView.Offer::priceMicros).min().stream()
            .anyMatch(cheapest ->
                JobAmounts.unitsWithin(parameters, ask.maxCostMicros(), cheapest, ask.validators())
                    > most);
    return isBound ? OptionalLong.of(most) : OptionalLong.empty();
  }

  private static OptionalLong waitingUnits(
      MarketView market, WaitTerms.Ask ask, GenesisParameters parameters, long unitsMax) {
    try {
      boolean isBound = WaitTermsMapper.of(ask, market, parameters).units() > unitsMax;
      return isBound ? OptionalLong.of(unitsMax) : OptionalLong.empty();
    } catch (LedgerRefused e) {
      return OptionalLong.empty(); // whoever buys is told
    }
  }
}
