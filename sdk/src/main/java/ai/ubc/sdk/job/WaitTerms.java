package ai.ubc.sdk.job;

import ai.ubc.api.MarketView;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.sdk.LedgerRefused;
import java.util.OptionalLong;

/**
 * What a job waits for an offer with, where none can carry it now.
 *
 * <p>Where the units are given, the limit price is the highest at which they surely cost no more
 * than the budget. Where the budget alone is given, it buys the units that it pays for at twice the
 * <em>reference price</em>: who waits wants an offer to come more than the most units. The
 * reference price is the cheapest offer of another account, else the price of the last lease, else
 * {@link #REFERENCE_PRICE_MICROS}.
 *
 * @param units units to buy, at most
 * @param limitPriceMicros the highest price of 1,000,000 units, micro-COMPUTE
 * @param mostPayableMicros the most that it can cost: price, fee and checking at that price,
 *     micro-COMPUTE
 * @param heldMicros what is held while it waits: that and the deposit, micro-COMPUTE
 */
public record WaitTerms(
    long units, long limitPriceMicros, long mostPayableMicros, long heldMicros) {

  /**
   * Price of 1,000,000 units that counts where nobody offers and no lease was given yet: what a
   * provider asks that says nothing else, micro-COMPUTE.
   */
  public static final long REFERENCE_PRICE_MICROS = 10;

  private static final long HEADROOM = 2;

  /**
   * What is asked for.
   *
   * @param account who buys; its own offers do not count
   * @param validators validators to draw; 0 without a check
   * @param maxCostMicros the most to spend: price, fee and checking, micro-COMPUTE
   * @param maxUnits units to pay for; absent: what the budget pays for
   * @param limitPriceMicros the highest price of 1,000,000 units; absent: what the budget allows
   */
  public record Ask(
      int account,
      int validators,
      long maxCostMicros,
      OptionalLong maxUnits,
      OptionalLong limitPriceMicros) {}

  /**
   * The terms by the market as it is.
   *
   * @throws LedgerRefused {@code COST_LIMIT} when the budget pays for nothing at any such price
   */
  public static WaitTerms of(Ask ask, MarketView market, GenesisParameters parameters)
      throws LedgerRefused {
    long units =
        ask.maxUnits()
            .orElseGet(() ->
                JobAmounts.unitsWithin(
                    parameters,
                    ask.maxCostMicros(),
                    ask.limitPriceMicros()
                        .orElseGet(() -> expectedPriceMicros(ask, market, parameters)),
                    ask.validators()));
    long affordable =
        units == 0
            ? 0
            : JobAmounts.priceWithin(parameters, ask.maxCostMicros(), units, ask.validators());
    long limit = Math.min(affordable, ask.limitPriceMicros().orElse(affordable));
    if (limit < 1) {
      throw new LedgerRefused(
          Refusal.COST_LIMIT,
          0,
          0,
          "the budget of "
              + ask.maxCostMicros()
              + " micro-COMPUTE does not cover the least price with fee and checking. Raise it, or"
              + " ask for fewer units");
    }
    long price = JobAmounts.priceHeldRoundedUp(parameters, units, limit);
    return new WaitTerms(
        units,
        limit,
        JobAmounts.mostPayable(parameters, price, ask.validators()),
        JobAmounts.heldOfRequester(parameters, price, ask.validators()));
  }

  private static long expectedPriceMicros(
      Ask ask, MarketView market, GenesisParameters parameters) {
    return Math.min(
        HEADROOM * referencePriceMicros(market, ask.account()), parameters.priceMicrosMax());
  }

  private static long referencePriceMicros(MarketView market, int account) {
    Long last = market.lastPriceMicros();
    return market.offers().stream()
        .filter(offer -> offer.account() != account)
        .mapToLong(MarketView.Offer::priceMicros)
        .min()
        .orElse(last == null ? REFERENCE_PRICE_MICROS : last);
  }
}
