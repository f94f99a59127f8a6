package ai.ubc.gateway.quote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Tier;
import ai.ubc.gateway.database.AccountReads.Bond;
import ai.ubc.gateway.fake.TestNetwork;
import ai.ubc.gateway.journal.JournalEntry;
import ai.ubc.gateway.problem.RequestFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class QuotesTest {
  private static final GenesisParameters PARAMETERS = GenesisParameters.development();
  private static final List<Bond> VALIDATORS =
      List.of(new Bond(4, 100_000_000), new Bond(5, 100_000_000), new Bond(6, 100_000_000));

  private static MarketView.Offer offer(long order, int account, long price, long units) {
    return new MarketView.Offer(order, account, price, units, units, order);
  }

  private static QuoteMapper.Request request(
      String check, Optional<Long> units, Optional<Long> budget) {
    return new QuoteMapper.Request(check, Optional.empty(), units, budget, Optional.of(2));
  }

  private static Quote quote(QuoteMapper.Request request, List<MarketView.Offer> offers) {
    return new QuoteMapper(PARAMETERS)
        .quote(request, offers, List.of(new Bond(3, 10_000_000), new Bond(8, 1_000)), VALIDATORS);
  }

  private static void assertRefused(
      String code, QuoteMapper.Request request, MarketView.Offer... offers) {
    assertThatThrownBy(() -> quote(request, List.of(offers)))
        .isInstanceOfSatisfying(RequestFailure.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void unitsAreQuotedAtTheFirstOfferThatCarriesThem() {
    Quote quote =
        quote(
            request("none", Optional.of(2_000_000L), Optional.empty()),
            List.of(
                offer(1, 3, 100_000, 1_000_000),
                offer(2, 8, 200_000, 9_000_000),
                offer(3, 2, 300_000, 9_000_000),
                offer(4, 3, 400_000, 9_000_000)));
    assertThat(quote)
        .isEqualTo(
            new Quote(
                "wasi", "none", 0, 2_000_000, 4, 3, 400_000, 800_000, 16_000, 0, 816_000, 40_000,
                856_000, 80_000, 3, null));
  }

  @Test
  void aQuorumAddsTheCheckAndAsksForThreeUnlessToldOtherwise() {
    Quote quote =
        quote(
            request("quorum", Optional.of(1_000_000L), Optional.empty()),
            List.of(offer(1, 3, 1_000_000, 5_000_000)));
    assertThat(quote.validators()).isEqualTo(3);
    assertThat(quote.checkingMicros()).isEqualTo(3_750_000);
    assertThat(quote.providerBondMicros()).isEqualTo(100_000 + 20_000 + 3_750_000);
  }

  @Test
  void whatTheLedgerWouldRefuseIsRefusedByTheSameName() {
    MarketView.Offer small = offer(1, 3, 1_000_000, 1_000);
    assertRefused("NO_OFFER", request("none", Optional.of(2_000L), Optional.empty()), small);
    assertRefused("NO_OFFER", request("none", Optional.empty(), Optional.of(50_000L)));
    assertRefused("COST_LIMIT", request("none", Optional.empty(), Optional.of(10_199L)), small);
    assertRefused("COST_LIMIT", request("none", Optional.of(1_000L), Optional.of(10_199L)), small);
    assertThat(
            quote(request("none", Optional.of(1_000L), Optional.of(10_200L)), List.of(small))
                .budgetMicros())
        .isEqualTo(10_200);
  }

  @Test
  void whatIsTooDearIsSaidInCompute() {
    MarketView.Offer small = offer(1, 3, 1_000_000, 1_000);
    assertThatThrownBy(
            () -> quote(request("none", Optional.empty(), Optional.of(10_000L)), List.of(small)))
        .hasMessageContaining("The budget of 0.01 COMPUTE does not cover the least price");
    assertThatThrownBy(
            () -> quote(request("none", Optional.of(1_000L), Optional.of(10_199L)), List.of(small)))
        .hasMessageContaining("1000 units cost up to 0.0102 COMPUTE")
        .hasMessageContaining("more than the budget of 0.010199 COMPUTE");
  }

  @Test
  void noValidatorIsTheProviderOrTheRequester() {
    List<MarketView.Offer> offers = List.of(offer(1, 3, 1_000_000, 5_000_000));
    QuoteMapper.Request asker =
        new QuoteMapper.Request(
            "quorum", Optional.of(3), Optional.of(1L), Optional.empty(), Optional.of(4));
    assertThatThrownBy(() -> quote(asker, offers))
        .isInstanceOfSatisfying(
            RequestFailure.class, e -> assertThat(e.code()).isEqualTo("NO_VALIDATORS"));
  }

  /** A quoted job, submitted as quoted, is taken by the ledger at that offer and that price. */
  @Test
  void theLedgerKeepsWhatIsQuoted() {
    Random random = new Random(7);
    int taken = 0;
    for (int round = 0; round < 60; round++) {
      TestNetwork network = new TestNetwork("quotes " + round);
      network.openMarket();
      List<MarketView.Offer> offers = new ArrayList<>();
      offers.add(offer(1, TestNetwork.PROVIDER, 1_000_000, 1_000_000_000));
      for (int order = 2; order < 6; order++) {
        long price = 1 + random.nextLong(2_000_000);
        long units = 1 + random.nextLong(20_000_000);
        network.give(TestNetwork.PROVIDER, new Command.PlaceOffer(1, price, units));
        offers.add(offer(order, TestNetwork.PROVIDER, price, units));
      }
      offers.sort(
          java.util.Comparator.comparingLong(MarketView.Offer::priceMicros)
              .thenComparingLong(MarketView.Offer::order));
      Tier tier = random.nextBoolean() ? Tier.NONE : Tier.QUORUM;
      long budget = 1 + random.nextLong(100_000_000);
      Optional<Quote> quoted = quoted(tier, budget, offers);
      if (quoted.isPresent()) {
        taken++;
        assertTakenAsQuoted(network, tier, quoted.get());
      }
    }
    assertThat(taken).isGreaterThan(30);
  }

  private static Optional<Quote> quoted(Tier tier, long budget, List<MarketView.Offer> offers) {
    String check = tier == Tier.NONE ? "none" : "quorum";
    try {
      return Optional.of(
          new QuoteMapper(PARAMETERS)
              .quote(
                  request(check, Optional.empty(), Optional.of(budget)),
                  offers,
                  List.of(new Bond(TestNetwork.PROVIDER, 500_000_000)),
                  VALIDATORS));
    } catch (RequestFailure e) {
      return Optional.empty();
    }
  }

  private static void assertTakenAsQuoted(TestNetwork network, Tier tier, Quote quote) {
    Hash32 any = new Hash32(1, 1, 1, 1);
    network.give(
        TestNetwork.REQUESTER,
        new Command.SubmitJob(
            any,
            any,
            any,
            1,
            1,
            tier.code(),
            quote.validators(),
            0,
            quote.units(),
            quote.unitPriceMicros(),
            quote.mostPayableMicros(),
            60_000,
            0));
    JournalEntry entry = network.ledger().entries().getLast();
    assertThat(entry.events())
        .anySatisfy(event ->
            assertThat(event)
                .isInstanceOfSatisfying(
                    Event.LeaseOpened.class,
                    lease -> assertThat(lease.order()).isEqualTo(quote.order())))
        .anySatisfy(event ->
            assertThat(event)
                .isInstanceOfSatisfying(
                    Event.JobSubmitted.class,
                    job -> {
                      assertThat(job.priceHeldMicros()).isEqualTo(quote.priceMicros());
                      assertThat(job.feeHeldMicros()).isEqualTo(quote.feeMicros());
                      assertThat(job.checkingHeldMicros()).isEqualTo(quote.checkingMicros());
                      assertThat(job.depositHeldMicros()).isEqualTo(quote.depositMicros());
                      assertThat(job.providerBondMicros()).isEqualTo(quote.providerBondMicros());
                    }));
  }
}
