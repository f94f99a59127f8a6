package ai.ubc.sdk.job;

import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.QuoteRequest;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.math.BigDecimal;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a job waits for an offer with, where none can carry it now.
 *
 * <p>Where no limit price is asked for, it is {@link #HEADROOM} times the <em>reference price</em>:
 * everybody sees what a job waits with, so a provider may ask just that. The reference price is the
 * cheapest offer of another account, else the price of the last lease, else {@link
 * #REFERENCE_PRICE_MICROS}. No limit price is higher than what the budget surely pays for. Where
 * the budget alone is given, it buys the units that it pays for at the limit price: who waits wants
 * an offer to come more than the most units.
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

  /** How many times the reference price a job takes that waits without a limit price of its own. */
  public static final long HEADROOM = 2;

  /** Refusals that another offer or validator may cure. */
  private static final Set<Refusal> MARKET =
      Set.of(Refusal.NO_OFFER, Refusal.COST_LIMIT, Refusal.NO_VALIDATORS);

  /** Whether to wait may cure what was refused, since another offer or validator may come. */
  public static boolean mayCure(Refusal refusal) {
    return MARKET.contains(refusal);
  }

  /**
   * What is asked for.
   *
   * @param account who buys, whose own offers do not count; 0 for nobody yet
   * @param validators validators to draw; 0 without a check
   * @param maxCostMicros the most to spend: price, fee and checking, micro-COMPUTE
   * @param maxUnits units to pay for; absent: what the budget pays for
   * @param limitPriceMicros the highest price of 1,000,000 units; absent: the best offer's, and
   *     {@link #HEADROOM} times the reference price while it waits
   */
  public record Ask(
      int account,
      int validators,
      long maxCostMicros,
      OptionalLong maxUnits,
      OptionalLong limitPriceMicros) {

    /**
     * What it costs now.
     *
     * @throws LedgerRefused when it could not be carried now; {@code NO_OFFER} also where the best
     *     offer is above the limit price
     */
    public Quote quote(UbcClient client) throws UbcException, InterruptedException {
      Quote quote =
          client.quote(
              new QuoteRequest(
                  validators > 0 ? Tier.QUORUM : Tier.NONE,
                  validators,
                  maxUnits,
                  OptionalLong.of(maxCostMicros),
                  account == 0 ? OptionalInt.empty() : OptionalInt.of(account)));
      if (quote.unitPriceMicros() > limitPriceMicros.orElse(Long.MAX_VALUE)) {
        throw new LedgerRefused(
            Refusal.NO_OFFER,
            0,
            0,
            "the best offer asks "
                + price(quote.unitPriceMicros())
                + " for 1,000,000,000 units, and the limit is "
                + price(limitPriceMicros.getAsLong()));
      }
      return quote;
    }

    // A thousand times the price is that of a billion units, and micro-COMPUTE have six decimals.
    private static String price(long priceMicros) {
      return BigDecimal.valueOf(priceMicros, 3).stripTrailingZeros().toPlainString() + " COMPUTE";
    }
  }

  /**
   * The terms by the market as it is.
   *
   * @throws LedgerRefused {@code COST_LIMIT} when the budget pays for nothing at any such price
   */
  public static WaitTerms of(Ask ask, MarketView market, GenesisParameters parameters)
      throws LedgerRefused {
    long wanted =
        ask.limitPriceMicros().orElseGet(() -> expectedPriceMicros(ask, market, parameters));
    long units =
        ask.maxUnits()
            .orElseGet(() ->
                JobAmounts.unitsWithin(parameters, ask.maxCostMicros(), wanted, ask.validators()));
    long affordable =
        units == 0
            ? 0
            : JobAmounts.priceWithin(parameters, ask.maxCostMicros(), units, ask.validators());
    long limit = Math.min(affordable, wanted);
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
