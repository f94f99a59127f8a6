package ai.ubc.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.cli.ScriptedGateway;
import ai.ubc.cli.ScriptedGateway.Reply;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.DevelopmentGenesis;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.rules.JobLimits;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.Wallet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose waiting jobs a full ledger is told to come from. */
final class RefusalMapperTest {
  private static final int ACCOUNT = 7;
  private static final String JOBS = "GET /v1/jobs";
  private final LedgerRefused full = new LedgerRefused(Refusal.LIMIT_REACHED, 9, 409, "too many");

  private final ScriptedGateway gateway = new ScriptedGateway();

  @AfterEach
  void close() {
    gateway.close();
  }

  private static Reply waiting(int count) {
    return Reply.json(
        new JobPage(IntStream.range(0, count).mapToObj(i -> waiting(100L - i)).toList(), null));
  }

  private static JobView waiting(long job) {
    return new JobView(
        job,
        null,
        JobView.WAITING,
        9_000,
        ACCOUNT,
        null,
        "0x01",
        "0x02",
        "0x03",
        1,
        "none",
        0,
        "VALIDATORS",
        1_000_000,
        null,
        null,
        new JobView.Queued(1_000, 2_000, 9_000),
        5,
        1_000,
        5,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        List.of(),
        List.of());
  }

  private CommandFailure told(LedgerRefused refused) throws Exception {
    try (UbcClient client = UbcClient.connect(gateway.address())) {
      Wallet key = Wallet.sessionKey(DevelopmentGenesis.FAUCET, ACCOUNT);
      return RefusalMapper.ofWaiting(Session.open(client, key).orElseThrow(), refused);
    }
  }

  @Test
  void itIsTheAccountsOwnWhereAsManyWaitAsMay() throws Exception {
    gateway.on(JOBS, waiting(JobLimits.WAITING_PER_ACCOUNT_MAX));
    CommandFailure told = told(full);
    assertThat(told.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(told)
        .hasMessageStartingWith("LIMIT_REACHED: 64 jobs of your own wait")
        .hasCause(full);
    // Not those that run: of them there may be more than a page shows.
    assertThat(gateway.requests())
        .contains("GET /v1/jobs?state=WAITING&limit=100&account=7&after=9");
  }

  @Test
  void itIsOthersWhereFewerWait() {
    gateway.on(JOBS, waiting(JobLimits.WAITING_PER_ACCOUNT_MAX - 1));
    assertThatThrownBy(() -> told(full)).isSameAs(full);
  }

  @Test
  void theRefusalIsToldWhereNobodySaysHowManyWait() {
    gateway.on(JOBS, Reply.problem(500, "BROKEN"));
    assertThatThrownBy(() -> told(full)).isSameAs(full);
    assertThat(full.getSuppressed())
        .singleElement()
        .satisfies(unread -> assertThat(unread).hasMessageStartingWith("BROKEN"));
  }

  @Test
  void otherRefusalsAreToldAsTheyAre() {
    LedgerRefused poor = new LedgerRefused(Refusal.INSUFFICIENT_FUNDS, 9, 402, "too little");
    assertThatThrownBy(() -> told(poor)).isSameAs(poor);
  }
}
