package ai.ubc.gateway.quote;

import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.gateway.database.AccountReads.Bond;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Quotes as public records. From any thread. */
public final class QuoteMapper {
  private static final int VALIDATORS_DEFAULT = 3;

  private final GenesisParameters parameters;

  /** Quotes by these parameters. */
  public QuoteMapper(GenesisParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * What is asked for, as a client says it.
   *
   * @param check {@code none} or {@code quorum}
   * @param validators empty for the default of the check
   * @param units units to buy
   * @param budgetMicros the most to pay
   * @param account who asks
   */
  public record Request(
      String check,
      Optional<Integer> validators,
      Optional<Long> units,
      Optional<Long> budgetMicros,
      Optional<Integer> account) {}

  /**
   * Quotes a job.
   *
   * @param offers the book in its order
   * @param providerBonds free provider bonds
   * @param validatorBonds free validator bonds
   * @throws RequestFailure {@code INVALID_REQUEST}, or the refusal that the ledger would answer
   */
  public Quote quote(
      Request request,
      List<MarketView.Offer> offers,
      List<Bond> providerBonds,
      List<Bond> validatorBonds) {
    if (request.units().isEmpty() && request.budgetMicros().isEmpty()) {
      throw RequestFailure.of(
          ProblemCode.INVALID_REQUEST, "Say units, budgetMicros, or both, as query parameters.");
    }
    Tier tier = tier(request.check());
    int validators = request.validators().orElse(tier == Tier.NONE ? 0 : VALIDATORS_DEFAULT);
    Map<Integer, Long> bonds = byAccount(providerBonds);
    List<Quotes.Candidate> book =
        offers.stream()
            .map(offer ->
                new Quotes.Candidate(
                    offer.order(),
                    offer.account(),
                    offer.priceMicros(),
                    offer.remainingUnits(),
                    bonds.getOrDefault(offer.account(), 0L)))
            .toList();
    Quotes.Found found =
        new Quotes(parameters)
            .find(
                new Quotes.Ask(
                    tier,
                    validators,
                    optional(request.units()),
                    optional(request.budgetMicros()),
                    request.account().map(OptionalInt::of).orElse(OptionalInt.empty())),
                book,
                byAccount(validatorBonds));
    return quote(request, tier, validators, found);
  }

  private Quote quote(Request request, Tier tier, int validators, Quotes.Found found) {
    Quotes.Candidate offer = found.candidate();
    long price = JobAmounts.priceHeldRoundedUp(parameters, found.units(), offer.priceMicros());
    long most = JobAmounts.mostPayable(parameters, price, validators);
    long deposit = JobAmounts.depositRoundedUp(parameters, price);
    return new Quote(
        "wasi",
        tier.name().toLowerCase(Locale.ROOT),
        validators,
        found.units(),
        offer.order(),
        offer.provider(),
        offer.priceMicros(),
        price,
        JobAmounts.feeRoundedUp(parameters, price),
        JobAmounts.checkingRoundedUp(parameters, price, validators),
        most,
        deposit,
        Math.addExact(most, deposit),
        JobAmounts.providerBondRoundedUp(parameters, tier, price, validators),
        found.eligible(),
        request.budgetMicros().orElse(null));
  }

  private static Tier tier(String check) {
    return switch (check) {
      case "none" -> Tier.NONE;
      case "quorum" -> Tier.QUORUM;
      default ->
          throw RequestFailure.of(
              ProblemCode.INVALID_REQUEST, "check must be none or quorum, not " + check + ".");
    };
  }

  private static OptionalLong optional(Optional<Long> value) {
    return value.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static Map<Integer, Long> byAccount(List<Bond> bonds) {
    return bonds.stream().collect(Collectors.toMap(Bond::account, Bond::amountMicros));
  }
}
