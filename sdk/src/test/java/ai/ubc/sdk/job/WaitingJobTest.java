package ai.ubc.sdk.job;

import static ai.ubc.sdk.TestGateway.json;
import static ai.ubc.sdk.TestGateway.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ai.ubc.api.CommandDone;
import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.TestGateway;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A job that waits for an offer: with what, until when, and how it is taken back. */
final class WaitingJobTest extends JobFixture {
  /** A job that no offer has taken. */
  private static JobView waiting(@Nullable String ending, long seq) {
    return new JobView(
        5,
        null,
        ending == null ? "WAITING" : "CLOSED",
        0,
        7,
        null,
        Hash32.ZERO.toString(),
        Hash32.ZERO.toString(),
        JobHashes.secretHash(SECRET).toString(),
        1,
        "none",
        0,
        "PARTIES",
        900,
        null,
        null,
        new JobView.Queued(20, 1_000, 60_000),
        12,
        1,
        seq,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        ending,
        List.of(),
        List.of());
  }

  private TestGateway withMarket(@Nullable Long lastPriceMicros, MarketView.Offer... offers) {
    return gateway.on("GET /v1/market/wasi", json(200, market(lastPriceMicros, offers)));
  }

  private static MarketView market(@Nullable Long lastPriceMicros, MarketView.Offer... offers) {
    return new MarketView("wasi", List.of(offers), List.of(), List.of(), lastPriceMicros);
  }

  @Test
  void withoutAnOfferTheJobWaitsOnTheLedgerForNoMoreThanItsBudgetPays() throws Exception {
    withMarket(null)
        .on(QUOTE, refusal(409, Refusal.NO_OFFER, null))
        .on(COMMANDS, json(200, new CommandDone(12)))
        .on(JOBS, json(200, new JobPage(List.of(waiting(null, 12)), null)));
    JobOrder order = order().maxUnits(1_000_000_000).quorum(3).waitMs(5_000).build();
    assertThat(jobs.submit(order)).isEqualTo(5);
    // 1,000 times the limit, with 2 % fee and three times 1.25 of checking, is within 50,000.
    assertThat(terms(command(0))).containsExactly(1_000_000_000L, 10, 50_000, 300_000, 5_000);
  }

  @Test
  void aJobThatWaitsWithoutALimitTakesTwiceTheReferencePriceAtMostWhateverItsBudgetAllows()
      throws Exception {
    gateway
        .on(QUOTE, refusal(409, Refusal.COST_LIMIT, null))
        .on(COMMANDS, json(200, new CommandDone(12)))
        .on(JOBS, json(200, new JobPage(List.of(waiting(null, 12)), null)));
    withMarket(null);
    withMarket(30L);
    withMarket(30L, new MarketView.Offer(2, 8, 400, 900, 900, 1));
    withMarket(30L, new MarketView.Offer(2, 8, 90_000_000, 900, 900, 1));
    for (int i = 0; i < 4; i++) {
      jobs.submit(order().maxUnits(1_000).build());
    }
    // The budget would allow 49,019,000 for each.
    assertThat(terms(command(0))).startsWith(1_000, 20);
    assertThat(terms(command(1))).startsWith(1_000, 60);
    assertThat(terms(command(2))).startsWith(1_000, 800);
    assertThat(terms(command(3))).as("the budget's bound").startsWith(1_000, 49_019_000);
    jobs.submit(order().maxUnits(1_000).limitPriceMicros(5_000).build());
    assertThat(terms(command(4))).as("asked for").startsWith(1_000, 5_000);
  }

  @Test
  void aBudgetAloneBuysUnitsAtTwiceTheReferencePrice() throws Exception {
    gateway
        .on(QUOTE, refusal(409, Refusal.NO_VALIDATORS, null))
        .on(COMMANDS, json(200, new CommandDone(12)))
        .on(JOBS, json(200, new JobPage(List.of(waiting(null, 12)), null)));
    MarketView.Offer own = new MarketView.Offer(1, 7, 1, 900, 900, 1);
    MarketView.Offer others = new MarketView.Offer(2, 8, 400, 900, 900, 1);
    withMarket(null);
    withMarket(30L, own);
    withMarket(30L, own, others);
    for (int i = 0; i < 3; i++) {
      jobs.submit(order().build());
    }
    // 50,000 pay for a price of 49,019: at twice 10, twice 30, and twice 400 for a million.
    assertThat(terms(command(0))).startsWith(2_450_950_000L, 20);
    assertThat(terms(command(1))).startsWith(816_983_333L, 60);
    assertThat(terms(command(2))).startsWith(61_273_750L, 800);
  }

  @Test
  void aLimitPriceIsKeptWhileTheJobWaits() throws Exception {
    withMarket(null)
        .on(QUOTE, json(200, OFFER))
        .on(COMMANDS, json(200, new CommandDone(12)))
        .on(JOBS, json(200, new JobPage(List.of(waiting(null, 12)), null)));
    jobs.submit(order().limitPriceMicros(5).build());
    assertThat(terms(command(0))).startsWith(9_803_800_000L, 5).endsWith(60_000);
    jobs.submit(order().limitPriceMicros(5).maxUnits(1_000).build());
    assertThat(terms(command(1))).startsWith(1_000, 5);
  }

  @Test
  void anOfferAboveTheLimitPriceIsNone() {
    gateway.on(QUOTE, json(200, OFFER));
    assertThatThrownBy(() -> jobs.submit(order().limitPriceMicros(5).waitMs(0).build()))
        .asInstanceOf(type(LedgerRefused.class))
        .matches(e -> e.refusal() == Refusal.NO_OFFER && e.seq() == 0)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("asks 0.1 COMPUTE for 1,000,000,000 units, and the limit is 0.005 COMPUTE");
    assertThat(gateway.requests(COMMANDS)).isEmpty();
  }

  @Test
  void thePriceOfAnOfferIsWrittenWholeHoweverLargeItIs() {
    gateway.on(
        QUOTE,
        json(
            200,
            new Quote("wasi", "none", 0, 900, 1, 2, Long.MAX_VALUE, 1, 1, 1, 3, 1, 4, 5, 0, 50L)));
    assertThatThrownBy(() -> jobs.submit(order().limitPriceMicros(5).waitMs(0).build()))
        .hasMessageContaining("asks 9223372036854775.807 COMPUTE for 1,000,000,000 units");
    assertThat(gateway.requests(COMMANDS)).isEmpty();
  }

  @Test
  void aBudgetThatPaysForNothingDoesNotWait() throws Exception {
    withMarket(null).on(QUOTE, refusal(409, Refusal.COST_LIMIT, null));
    JobOrder order = JobOrder.of(order().build().program(), 5_000).build();
    assertThatThrownBy(() -> jobs.submit(order))
        .asInstanceOf(type(LedgerRefused.class))
        .matches(e -> e.refusal() == Refusal.COST_LIMIT)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("the budget of 0.005 COMPUTE does not cover");
    assertThat(gateway.requests(COMMANDS)).isEmpty();
  }

  @Test
  void aJobThatWaitsIsAwaitedUntilAnOfferTakesIt() throws Exception {
    gateway
        .on(JOB, json(200, waiting(null, 12), 20))
        .on(JOB, json(200, job("LEASED", null, 22, false), 22))
        .on(JOB, json(200, job("HELD", "ACCEPTED", 26, true), 26));
    List<String> states = new ArrayList<>();
    assertThat(jobs.await(5, view -> states.add(view.state())).units()).isEqualTo(42);
    assertThat(states).containsExactly("WAITING", "LEASED", "HELD");
  }

  @Test
  void aJobThatNoOfferTookIsNotDelivered() throws Exception {
    secrets.keep(SECRET);
    for (String ending : List.of("UNMATCHED", "CANCELLED")) {
      gateway.forget(JOB).on(JOB, json(200, waiting(ending, 26), 26));
      assertThatThrownBy(() -> jobs.await(5, view -> {}))
          .asInstanceOf(type(JobNotDelivered.class))
          .matches(e -> e.ending().equals(ending));
    }
    assertThat(secrets.find(JobHashes.secretHash(SECRET))).isEmpty();
  }

  @Test
  void aJobThatWaitsIsTakenBackAndOneThatWasTakenIsNot() throws Exception {
    secrets.keep(SECRET);
    gateway
        .on(COMMANDS, json(200, new CommandDone(30)))
        .on(COMMANDS, refusal(404, Refusal.UNKNOWN_JOB, 31L))
        .on(COMMANDS, refusal(409, Refusal.WRONG_STATE, 32L))
        .on(COMMANDS, refusal(403, Refusal.NOT_PARTY, 33L))
        .on(JOB, json(200, waiting("CANCELLED", 30), 30))
        .on(JOB, json(200, waiting("CANCELLED", 30), 31))
        .on(JOB, json(200, job("LEASED", null, 29, false), 32));
    assertThat(jobs.cancel(5)).isEqualTo(Cancellation.TAKEN_BACK);
    assertThat(secrets.find(JobHashes.secretHash(SECRET))).isEmpty();
    assertThat(jobs.cancel(5)).as("before").isEqualTo(Cancellation.TAKEN_BACK);
    assertThat(jobs.cancel(5)).as("by an offer").isEqualTo(Cancellation.TAKEN);
    assertThat(template(command(0))).isEqualTo(19);
    assertThat(gateway.requests(JOB).getFirst().target()).isEqualTo("/v1/jobs/5?after=30");
    assertThat(gateway.requests(JOB).getLast().target()).isEqualTo("/v1/jobs/5?after=32");
    assertThatThrownBy(() -> jobs.cancel(5)).isInstanceOf(LedgerRefused.class);
  }

  @Test
  void aJobWhoseTimeIsOverIsTooLateToTakeBackAlsoBeforeTheLedgerHasEndedIt() throws Exception {
    gateway
        .on(COMMANDS, refusal(409, Refusal.WRONG_STATE, 31L))
        .on(COMMANDS, refusal(404, Refusal.UNKNOWN_JOB, 32L))
        .on(JOB, json(200, waiting(null, 30), 31))
        .on(JOB, json(200, waiting("UNMATCHED", 32), 32));
    assertThat(jobs.cancel(5)).as("no tick yet").isEqualTo(Cancellation.UNMATCHED);
    assertThat(jobs.cancel(5)).as("ended").isEqualTo(Cancellation.UNMATCHED);
  }
}
