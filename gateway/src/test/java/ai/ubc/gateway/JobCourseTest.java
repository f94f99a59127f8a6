package ai.ubc.gateway;

import static ai.ubc.gateway.fake.TestNetwork.INPUT;
import static ai.ubc.gateway.fake.TestNetwork.PROGRAM;
import static ai.ubc.gateway.fake.TestNetwork.PROVIDER;
import static ai.ubc.gateway.fake.TestNetwork.REQUESTER;
import static ai.ubc.gateway.fake.TestNetwork.SECRET;
import static ai.ubc.gateway.fake.TestNetwork.START_MICROS;
import static ai.ubc.gateway.fake.TestNetwork.VALIDATORS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.AccountView;
import ai.ubc.api.BurnsView;
import ai.ubc.api.CommandDone;
import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.api.MarketView;
import ai.ubc.api.WorkView;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Command;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Tier;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.TestGateway;
import ai.ubc.gateway.fake.TestNetwork;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs through the HTTP interface, as requester, provider and validators see them. */
@ExtendWith(Databases.class)
final class JobCourseTest {
  @TempDir Path directory;
  private TestNetwork network;
  private TestGateway gateway;

  @BeforeEach
  void start() {
    network = new TestNetwork("course");
    network.openMarket();
    gateway = new TestGateway(network, directory);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void give(int account, Command command) {
    HttpResponse<byte[]> answer = gateway.give(account, command);
    assertThat(answer.statusCode()).as(TestGateway.text(answer)).isEqualTo(200);
    assertThat(TestGateway.value(answer, CommandDone.class).seq())
        .isEqualTo(network.ledger().lastSeq());
  }

  private List<String> actions(int account) {
    return gateway.read("/v1/accounts/" + account + "/work", WorkView.class).work().stream()
        .map(WorkView.Duty::action)
        .toList();
  }

  private JobView job(long number) {
    return gateway.read("/v1/jobs/" + number, JobView.class);
  }

  private AccountView account(int number) {
    return gateway.read("/v1/accounts/" + number, AccountView.class);
  }

  @Test
  void quorumJobRunsFromSubmissionToSettlement() {
    assertThat(gateway.put(REQUESTER, PROGRAM).statusCode()).isEqualTo(201);
    assertThat(gateway.put(REQUESTER, INPUT).statusCode()).isEqualTo(201);
    give(REQUESTER, TestNetwork.job(Tier.QUORUM, InputPolicy.VALIDATORS));

    assertThat(job(1).state()).isEqualTo("LEASED");
    assertThat(job(1).check()).isEqualTo("quorum");
    assertThat(job(1).program()).isEqualTo(Sha256.of(PROGRAM).toString());
    assertThat(actions(PROVIDER)).containsExactly("RUN");
    assertThat(actions(REQUESTER)).isEmpty();
    assertThat(gateway.blob(PROVIDER, PROGRAM).body()).isEqualTo(PROGRAM);
    MarketView market = gateway.read("/v1/market/wasi", MarketView.class);
    assertThat(market.offers().getFirst().remainingUnits()).isEqualTo(999_000_000);
    assertThat(market.depth()).containsExactly(new MarketView.Level(1_000_000, 999_000_000, 1));

    give(PROVIDER, network.commit(1));
    assertThat(actions(REQUESTER)).containsExactly("REVEAL_SECRET");
    give(REQUESTER, new Command.RevealSecret(1, SECRET));
    assertThat(job(1).secret()).isEqualTo(SECRET.toString());
    network.beacon();

    JobView.Round round = job(1).rounds().getFirst();
    assertThat(round.secretKnown()).isTrue();
    assertThat(round.validators()).hasSize(3);
    List<Integer> drawn = round.validators().stream().map(JobView.Drawn::validator).toList();
    assertThat(gateway.put(PROVIDER, TestNetwork.resultBundle()).statusCode()).isEqualTo(201);
    for (int validator : drawn) {
      assertThat(actions(validator)).containsExactly("SEAL_VERDICT");
      assertThat(gateway.blob(validator, INPUT).body()).isEqualTo(INPUT);
      give(validator, network.seal(1, 0, validator));
    }
    assertThat(actions(PROVIDER)).containsExactly("OPEN_RESULT");
    give(PROVIDER, network.open(1));
    assertThat(actions(PROVIDER)).isEmpty();
    assertThat(gateway.blob(REQUESTER, TestNetwork.resultBundle()).statusCode()).isEqualTo(200);
    for (int validator : drawn) {
      WorkView work = gateway.read("/v1/accounts/" + validator + "/work", WorkView.class);
      assertThat(work.work().getFirst().action()).isEqualTo("OPEN_VERDICT");
      assertThat(work.work().getFirst().round()).isZero();
      give(validator, TestNetwork.openVerdict(1, 0));
    }

    JobView judged = job(1);
    assertThat(judged.state()).isEqualTo("HELD");
    assertThat(requireNonNull(judged.judgement()).ending()).isEqualTo("ACCEPTED");
    JobView.Settlement settlement = requireNonNull(judged.settlement());
    assertThat(settlement.payMicros()).isEqualTo(900_000);
    assertThat(settlement.burnedMicros()).isEqualTo(9_000);
    assertThat(judged.rounds().getFirst().validators())
        .allSatisfy(v -> assertThat(v.verdict()).isEqualTo("DIGEST"));

    network.ledger().pass(10_000);
    JobView closed = job(1);
    assertThat(closed.state()).isEqualTo("CLOSED");
    assertThat(closed.history().stream().map(JobView.StateChange::state))
        .containsExactly(
            "LEASED", "AWAITING_SECRET", "AWAITING_BEACON", "SEALING", "OPENING", "HELD", "CLOSED");
    assertMoneyAddsUp(closed);
  }

  private void assertMoneyAddsUp(JobView closed) {
    JobView.Settlement settlement = requireNonNull(closed.settlement());
    long paid = settlement.payMicros() + settlement.feeMicros();
    AccountView requester = account(REQUESTER);
    assertThat(requester.holds()).isEmpty();
    assertThat(requester.balances().getFirst().freeMicros())
        .isEqualTo(START_MICROS - paid - settlement.checkingMicros());
    assertThat(account(PROVIDER).balances().getFirst().freeMicros())
        .isEqualTo(START_MICROS - 500_000_000 + settlement.payMicros());
    assertThat(account(PROVIDER).providerBondMicros()).isEqualTo(500_000_000);
    assertThat(gateway.read("/v1/burns", BurnsView.class).burns())
        .containsExactly(new BurnsView.Line(2, "COMPUTE", "BURN", 9_000, 1));
    assertThat(
            closed.postings().stream()
                .filter(posting -> posting.cause().equals("PAY"))
                .mapToLong(JobView.Posting::amountMicros))
        .containsExactly(900_000L);
  }

  @Test
  void holdsNameTheJobAndWhoWouldGetThem() {
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
    give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.PUBLIC));
    AccountView before = account(REQUESTER);
    assertThat(before.holds().stream().map(AccountView.Hold::kind))
        .containsExactly("PRICE", "FEE", "DEPOSIT");
    assertThat(before.heldMicros()).isEqualTo(1_000_000 + 20_000 + 50_000);
    assertThat(before.holds()).allSatisfy(hold -> assertThat(hold.job()).isEqualTo(1));
    give(PROVIDER, network.commit(1));
    assertThat(account(REQUESTER).holds().getFirst().beneficiary()).isEqualTo(PROVIDER);
    assertThat(account(PROVIDER).holds().stream().map(AccountView.Hold::kind))
        .containsExactly("PRICE", "PROVIDER_BOND");
    assertThat(account(PROVIDER).heldMicros()).isEqualTo(100_000);
  }

  @Test
  void dutiesWhoseDeadlineHasPassedAreNotListed() {
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
    give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.PUBLIC));
    assertThat(actions(PROVIDER)).containsExactly("RUN");
    network.ledger().pass(60_000);
    assertThat(actions(PROVIDER)).isEmpty();
    assertThat(requireNonNull(job(1).judgement()).ending()).isEqualTo("ABANDONED");
  }

  @Test
  void jobsAreListedByPartyAndStateInPages() {
    gateway.put(REQUESTER, PROGRAM);
    gateway.put(REQUESTER, INPUT);
    for (int i = 0; i < 5; i++) {
      give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.PUBLIC));
    }
    give(PROVIDER, network.commit(2));
    JobPage first = gateway.read("/v1/jobs?account=" + PROVIDER + "&limit=2", JobPage.class);
    assertThat(first.jobs().stream().map(JobView::job)).containsExactly(5L, 4L);
    assertThat(first.before()).isEqualTo(4);
    JobPage last =
        gateway.read("/v1/jobs?account=" + REQUESTER + "&limit=9&before=4", JobPage.class);
    assertThat(last.jobs().stream().map(JobView::job)).containsExactly(3L, 2L, 1L);
    assertThat(last.before()).isNull();
    assertThat(gateway.read("/v1/jobs?account=" + VALIDATORS, JobPage.class).jobs()).isEmpty();
    assertThat(gateway.read("/v1/jobs?state=AWAITING_RESULT", JobPage.class).jobs()).hasSize(1);
    assertThat(gateway.read("/v1/jobs?state=OPEN&limit=100", JobPage.class).jobs()).hasSize(5);
    assertThat(gateway.read("/v1/jobs?state=CLOSED", JobPage.class).jobs()).isEmpty();
  }
}
