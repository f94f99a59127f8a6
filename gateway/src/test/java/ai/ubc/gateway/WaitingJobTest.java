package ai.ubc.gateway;

import static ai.ubc.gateway.fake.TestNetwork.INPUT;
import static ai.ubc.gateway.fake.TestNetwork.PROGRAM;
import static ai.ubc.gateway.fake.TestNetwork.PROVIDER;
import static ai.ubc.gateway.fake.TestNetwork.REQUESTER;
import static ai.ubc.gateway.fake.TestNetwork.START_MICROS;
import static ai.ubc.gateway.fake.TestNetwork.VALIDATORS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.AccountView;
import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.api.MarketView;
import ai.ubc.api.WorkView;
import ai.ubc.domain.Command;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Tier;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.SseReader;
import ai.ubc.gateway.fake.SseReader.Message;
import ai.ubc.gateway.fake.TestGateway;
import ai.ubc.gateway.fake.TestNetwork;
import ai.ubc.testkit.ChangedRecord;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Jobs that wait for an offer, as the gateway shows them. */
@ExtendWith(Databases.class)
final class WaitingJobTest {
  // 1,000,000 for the units at the limit, 2 % of fee, 5 % of deposit.
  private static final long HELD_MICROS = 1_070_000;
  private static final long WAIT_MS = 600_000;

  @TempDir Path directory;
  private TestNetwork network;
  private TestGateway gateway;

  @BeforeEach
  void start() {
    network = new TestNetwork("waiting");
    gateway = new TestGateway(network, directory);
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private HttpResponse<byte[]> give(int account, Command command) {
    return gateway.give(account, command);
  }

  private void good(int account, Command command) {
    HttpResponse<byte[]> answer = give(account, command);
    assertThat(answer.statusCode()).as(TestGateway.text(answer)).isEqualTo(200);
  }

  private void queue(Tier tier) {
    good(REQUESTER, TestNetwork.waiting(tier, InputPolicy.VALIDATORS, WAIT_MS));
  }

  private JobView job(long number) {
    return gateway.read("/v1/jobs/" + number, JobView.class);
  }

  private AccountView account(int number) {
    return gateway.read("/v1/accounts/" + number, AccountView.class);
  }

  private MarketView market() {
    return gateway.read("/v1/market/wasi", MarketView.class);
  }

  private List<String> actions(int account) {
    return gateway.read("/v1/accounts/" + account + "/work", WorkView.class).work().stream()
        .map(WorkView.Duty::action)
        .toList();
  }

  @Test
  void aJobThatWaitsHasALimitAndAnEndAndNoProviderYet() {
    queue(Tier.NONE);
    JobView job = job(1);
    assertThat(job.state()).isEqualTo("WAITING");
    assertThat(job.leased()).isEmpty();
    assertThat(job.deadlineMs()).isEqualTo(network.ledger().nowMs() + WAIT_MS);
    assertThat(job.queued())
        .isEqualTo(new JobView.Queued(1_000_000, HELD_MICROS, job.deadlineMs()));
    assertThat(job.submittedSeq()).isEqualTo(network.ledger().lastSeq());
    JsonNode json = gateway.json("/v1/jobs/1");
    for (String absent : List.of("lease", "provider", "priceMicros", "held", "ending")) {
      assertThat(json.has(absent)).as(absent).isFalse();
    }
    AccountView requester = account(REQUESTER);
    assertThat(requester.heldMicros()).isEqualTo(HELD_MICROS);
    assertThat(requester.holds())
        .singleElement()
        .matches(hold -> hold.kind().equals("ORDER") && hold.job() == 1);
    assertThat(requester.balances().getFirst().freeMicros()).isEqualTo(START_MICROS - HELD_MICROS);
    assertThat(gateway.read("/v1/jobs?state=WAITING", JobPage.class).jobs()).hasSize(1);
    assertThat(gateway.read("/v1/jobs?account=2&state=OPEN", JobPage.class).jobs()).hasSize(1);
  }

  @Test
  void theMarketShowsWhatWaitsTheHighestLimitFirst() {
    Command.SubmitJob job = TestNetwork.waiting(Tier.NONE, InputPolicy.VALIDATORS, WAIT_MS);
    for (long limit : new long[] {500_000, 900_000, 500_000}) {
      good(REQUESTER, ChangedRecord.of(job, Map.of("limitPriceMicros", limit)));
    }
    assertThat(market().demand())
        .containsExactly(
            new MarketView.Bid(900_000, 1_000_000, 1), new MarketView.Bid(500_000, 2_000_000, 2));
    assertThat(market().lastPriceMicros()).isNull();
    network.give(PROVIDER, new Command.Bond(1, 500_000_000));
    network.give(PROVIDER, new Command.PlaceOffer(1, 800_000, 1_000_000_000));
    assertThat(market().demand()).containsExactly(new MarketView.Bid(500_000, 2_000_000, 2));
    assertThat(market().lastPriceMicros()).isEqualTo(800_000);
    assertThat(gateway.read("/v1/market/wasi?account=" + REQUESTER, MarketView.class).offers())
        .isEmpty();
  }

  @Test
  void anOfferThatComesTakesItAndItsProviderHasItToRun() {
    queue(Tier.NONE);
    assertThat(actions(PROVIDER)).isEmpty();
    assertThat(gateway.blob(PROVIDER, PROGRAM).statusCode()).isEqualTo(403);
    long submitted = job(1).submittedSeq();
    network.openMarket();
    JobView job = job(1);
    assertThat(job.state()).isEqualTo("LEASED");
    assertThat(job.isRunBy(PROVIDER)).isTrue();
    assertThat(job.submittedSeq()).isEqualTo(submitted);
    assertThat(job.updatedSeq()).isEqualTo(network.ledger().lastSeq());
    assertThat(job.queued()).isNotNull();
    assertThat(job.history().stream().map(JobView.StateChange::state))
        .containsExactly("WAITING", "LEASED");
    assertThat(job.postings().stream().map(JobView.Posting::cause))
        .startsWith("ESCROW", "ORDER_RETURN", "ESCROW");
    assertThat(actions(PROVIDER)).containsExactly("RUN");
    assertThat(gateway.blob(PROVIDER, PROGRAM).body()).isEqualTo(PROGRAM);
    assertThat(account(REQUESTER).holds().stream().map(AccountView.Hold::kind))
        .containsExactly("PRICE", "FEE", "DEPOSIT");
    good(PROVIDER, network.commit(1));
    assertThat(actions(PROVIDER)).containsExactly("OPEN_RESULT");
  }

  @Test
  void aJobThatIsTakenBackCostsNothingAndHasNoJudgement() {
    queue(Tier.NONE);
    HttpResponse<byte[]> foreign = give(PROVIDER, new Command.CancelJob(1));
    assertThat(TestGateway.problem(foreign).code()).isEqualTo("NOT_PARTY");
    good(REQUESTER, new Command.CancelJob(1));
    JobView job = job(1);
    assertThat(job.state()).isEqualTo("CLOSED");
    assertThat(job.ending()).isEqualTo("CANCELLED");
    assertThat(job.judgement()).isNull();
    assertThat(job.settlement()).isNull();
    assertThat(account(REQUESTER).holds()).isEmpty();
    assertThat(account(REQUESTER).balances().getFirst().freeMicros()).isEqualTo(START_MICROS);
    assertThat(market().demand()).isEmpty();
    assertThat(TestGateway.problem(give(REQUESTER, new Command.CancelJob(1))).code())
        .isEqualTo("UNKNOWN_JOB");
  }

  @Test
  void itIsTooLateOnceAnOfferHasTakenIt() {
    queue(Tier.NONE);
    network.openMarket();
    var late = TestGateway.problem(give(REQUESTER, new Command.CancelJob(1)));
    assertThat(late.code()).isEqualTo("WRONG_STATE");
    assertThat(late.status()).isEqualTo(409);
    assertThat(job(1).state()).isEqualTo("LEASED");
  }

  @Test
  void aJobThatWaitsInVainEndsUnmatchedAndCostsNothing() {
    queue(Tier.QUORUM);
    network.ledger().pass(WAIT_MS);
    assertThat(job(1).ending()).isEqualTo("UNMATCHED");
    assertThat(job(1).judgement()).isNull();
    assertThat(account(REQUESTER).balances().getFirst().freeMicros()).isEqualTo(START_MICROS);
    assertThat(market().demand()).isEmpty();
  }

  @Test
  void aWaitIsOfSevenDaysAtMostAndWithoutOneThereMustBeAnOffer() {
    long week = 7L * 24 * 60 * 60 * 1_000;
    var tooLong =
        TestGateway.problem(
            give(REQUESTER, TestNetwork.waiting(Tier.NONE, InputPolicy.PUBLIC, week + 1)));
    assertThat(tooLong.code()).isEqualTo("INVALID_WAIT");
    assertThat(tooLong.status()).isEqualTo(422);
    assertThat(tooLong.number()).isEqualTo(Refusal.INVALID_WAIT.number());
    assertThat(TestGateway.problem(give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.PUBLIC))))
        .matches(problem -> problem.code().equals("NO_OFFER") && problem.status() == 409);
    good(REQUESTER, TestNetwork.waiting(Tier.NONE, InputPolicy.PUBLIC, week));
  }

  @Test
  void anEndedJobHasTheEndingThatItWasJudged() {
    network.openMarket();
    good(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.PUBLIC));
    assertThat(job(1).ending()).isNull();
    network.ledger().pass(60_000);
    assertThat(job(1).ending()).isEqualTo("ABANDONED");
    assertThat(requireNonNull(job(1).judgement()).ending()).isEqualTo("ABANDONED");
    assertThat(job(1).queued()).isNull();
  }

  @Test
  void partiesHearOfAJobThatWaitsAndIsTakenAndOthersDoNot() throws IOException {
    long from = network.ledger().lastSeq() + 1;
    network.give(PROVIDER, new Command.Bond(1, 500_000_000));
    network.give(PROVIDER, new Command.PlaceOffer(1, 1_000_000, 1_000_000_000));
    for (int i = 0; i < 2; i++) {
      network.give(VALIDATORS + i, new Command.Bond(2, 100_000_000));
    }
    queue(Tier.QUORUM);
    assertThat(job(1).state()).as("two of three can be drawn").isEqualTo("WAITING");
    network.give(VALIDATORS + 2, new Command.Bond(2, 100_000_000));
    assertThat(job(1).state()).isEqualTo("LEASED");
    String path = gateway.url() + "/v1/stream?from=" + from + "&account=";
    try (SseReader requester = new SseReader(path + REQUESTER)) {
      Message queued = requester.entry();
      assertThat(queued.types())
          .containsExactly("JobQueued", "LockOpened", "Posted", "JobStateChanged");
      JsonNode event = queued.data().get("events").get(0);
      assertThat(event.get("limitPriceMicros").asLong()).isEqualTo(1_000_000);
      assertThat(requester.entry().types())
          .startsWith("Posted")
          .contains("LeaseOpened", "JobSubmitted", "JobStateChanged");
    }
    try (SseReader provider = new SseReader(path + PROVIDER)) {
      assertThat(provider.entry().types()).containsExactly("Posted");
      assertThat(provider.entry().types()).containsExactly("OfferPlaced");
      assertThat(provider.entry().types()).startsWith("JobQueued");
      Message taken = provider.entry();
      assertThat(taken.data().get("command").asString()).isEqualTo("Bond");
      assertThat(taken.types()).contains("OfferTaken", "LeaseOpened", "JobSubmitted");
    }
    try (SseReader validator = new SseReader(path + (VALIDATORS + 2))) {
      assertThat(validator.entry().types()).as("its own bond alone").containsExactly("Posted");
    }
  }
}
