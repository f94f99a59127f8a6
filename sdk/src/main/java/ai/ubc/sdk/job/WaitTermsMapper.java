package ai.ubc.sdk.job;

import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.domain.AmountText;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.QuoteRequest;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What an order costs now, and what it waits with, by the market. */
public final class WaitTermsMapper {
  private WaitTermsMapper() {}

  /**
   * What it costs now.
   *
   * @throws LedgerRefused when it could not be carried now; {@code NO_OFFER} also where the best
   *     offer is above the limit price
   */
  public static Quote quote(WaitTerms.Ask ask, UbcClient client)
      throws UbcException, InterruptedException {
    Quote quote =
        client.quote(
            new QuoteRequest(
                ask.validators() > 0 ? Tier.QUORUM : Tier.NONE,
                ask.validators(),
                ask.maxUnits(),
                OptionalLong.of(ask.maxCostMicros()),
                ask.account() == 0 ? OptionalInt.empty() : OptionalInt.of(ask.account())));
    if (quote.unitPriceMicros() > ask.limitPriceMicros().orElse(Long.MAX_VALUE)) {
      throw new LedgerRefused(
          Refusal.NO_OFFER,
          0,
          0,
          "the best offer asks "
              + AmountText.priceOfBillion(quote.unitPriceMicros())
              + " for 1,000,000,000 units, and the limit is "
              + AmountText.priceOfBillion(ask.limitPriceMicros().getAsLong()));
    }
    return quote;
  }

  /**
   * The terms by the market as it is.
   *
   * @throws LedgerRefused {@code COST_LIMIT} when the budget pays for nothing at any such price
   */
  public static WaitTerms of(WaitTerms.Ask ask, MarketView market, GenesisParameters parameters)
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
              + AmountText.compute(ask.maxCostMicros())
              + " does not cover the least price with fee and checking. Raise it, or"
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
      WaitTerms.Ask ask, MarketView market, GenesisParameters parameters) {
    return Math.min(
        WaitTerms.HEADROOM * referencePriceMicros(market, ask.account()),
        parameters.priceMicrosMax());
  }

  private static long referencePriceMicros(MarketView market, int account) {
    Long last = market.lastPriceMicros();
    return market.offers().stream()
        .filter(offer -> offer.account() != account)
        .mapToLong(MarketView.Offer::priceMicros)
        .min()
        .orElse(last == null ? WaitTerms.REFERENCE_PRICE_MICROS : last);
  }
}
