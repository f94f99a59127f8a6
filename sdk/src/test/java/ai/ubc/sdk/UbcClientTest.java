package ai.ubc.sdk;

import static ai.ubc.sdk.TestGateway.json;
import static ai.ubc.sdk.TestGateway.lost;
import static ai.ubc.sdk.TestGateway.problem;
import static ai.ubc.sdk.TestGateway.refusal;
import static ai.ubc.sdk.TestGateway.silent;
import static ai.ubc.sdk.TestGateway.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ai.ubc.api.AccountView;
import ai.ubc.api.BurnsView;
import ai.ubc.api.JobPage;
import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.api.WorkView;
import ai.ubc.domain.Address;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Tier;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UbcClientTest {
  private static final AccountView ACCOUNT =
      new AccountView(7, "0x" + "00".repeat(20), List.of(), 1, 2, 3, List.of(), 4);

  private final TestGateway gateway = new TestGateway();
  private final TestClock clock = new TestClock();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private UbcClient connect() throws UbcException, InterruptedException {
    return UbcClient.connect(gateway.address(), ClientOptions.defaults(), clock);
  }

  @Test
  void itKnowsTheNetworkByTheHashOfItsGenesis() throws Exception {
    try (UbcClient client = connect()) {
      assertThat(client.network().genesisHash()).isEqualTo(gateway.hash());
      assertThat(client.network().genesis().name()).isEqualTo("test");
      assertThat(client.network().parameters().feePpm()).isEqualTo(20_000);
      assertThat(client.network().blobBytesMax()).isEqualTo(64 << 20);
    }
  }

  @Test
  void aGenesisWithAnotherHashThanNamedIsRefused() {
    gateway
        .forget("GET /v1/network")
        .on("GET /v1/network", json(200, gateway.network(Hash32.ZERO, 1)));
    assertThatThrownBy(this::connect)
        .asInstanceOf(type(GatewayProblem.class))
        .extracting(GatewayProblem::code)
        .isEqualTo(GatewayProblem.GENESIS_MISMATCH);
  }

  @Test
  void somethingElseThanAGatewayIsRefused() {
    gateway.forget("GET /v1/genesis").on("GET /v1/genesis", text(200, "{}"));
    assertThatThrownBy(this::connect)
        .isInstanceOf(GatewayProblem.class)
        .hasMessageContaining("no genesis");
    gateway.forget("GET /v1/network").on("GET /v1/network", text(200, "<html>"));
    assertThatThrownBy(this::connect)
        .isInstanceOf(GatewayProblem.class)
        .hasMessageContaining("no NetworkView");
    gateway.forget("GET /v1/network").on("GET /v1/network", text(403, "<html>"));
    assertThatThrownBy(this::connect)
        .isInstanceOf(GatewayProblem.class)
        .hasMessageContaining(
            "HTTP_403: this is not the answer of a gateway. Is its address right?");
  }

  @Test
  void nobodyThereIsUnreachableAfterAllAttempts() {
    URI closed = gateway.address();
    gateway.close();
    assertThatThrownBy(() -> UbcClient.connect(closed, ClientOptions.defaults(), clock))
        .isInstanceOf(GatewayUnreachable.class)
        .hasMessageContaining(closed.toString());
    assertThat(clock.pauses()).containsExactly(100L, 200L, 400L, 800L);
  }

  @Test
  void logTimeRunsOnFromTheLastReading() throws Exception {
    try (UbcClient client = connect()) {
      assertThat(client.logTimeMs()).isEqualTo(5_000_000);
      clock.advance(250);
      assertThat(client.logTimeMs()).isEqualTo(5_000_250);
      gateway
          .forget("GET /v1/network")
          .on("GET /v1/network", json(200, gateway.network(gateway.hash(), 6_000_000)));
      assertThat(client.status().seq()).isEqualTo(1);
      assertThat(client.logTimeMs()).isEqualTo(6_000_000);
    }
  }

  @Test
  void aReadIsRepeatedWhileThatMayHelp() throws Exception {
    gateway
        .on("GET /v1/accounts/7", problem(503, "BEHIND"))
        .on("GET /v1/accounts/7", lost())
        .on("GET /v1/accounts/7", json(200, ACCOUNT, 99));
    try (UbcClient client = connect()) {
      Read<AccountView> read = client.account(7, 42).orElseThrow();
      assertThat(read).isEqualTo(new Read<>(ACCOUNT, 99));
      assertThat(gateway.requests("GET /v1/accounts/7"))
          .allSatisfy(r -> assertThat(r.target()).endsWith("?after=42"));
    }
  }

  @Test
  void aReadIsGivenUpWhenRepeatingCanNotHelp() throws Exception {
    gateway.on("GET /v1/burns", problem(400, "INVALID_REQUEST"));
    try (UbcClient client = connect()) {
      assertThatThrownBy(() -> client.burns(0))
          .asInstanceOf(type(GatewayProblem.class))
          .matches(
              p -> p.status() == 400 && p.code().equals("INVALID_REQUEST") && !p.isRetryable());
      assertThat(gateway.requests("GET /v1/burns")).hasSize(1);
    }
  }

  @Test
  void theGatewaySaysHowLongToWait() throws Exception {
    gateway
        .on(
            "GET /v1/burns",
            exchange -> {
              exchange.getResponseHeaders().set("Retry-After", "2");
              problem(503, "BEHIND").to(exchange);
            })
        .on(
            "GET /v1/burns",
            exchange -> {
              exchange.getResponseHeaders().set("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT");
              problem(503, "BEHIND").to(exchange);
            })
        .on("GET /v1/burns", json(200, new BurnsView(List.of())));
    try (UbcClient client = connect()) {
      assertThat(client.burns(0).value().burns()).isEmpty();
      assertThat(clock.pauses()).containsExactly(2_000L, 200L);
    }
  }

  @Test
  void aGatewayThatDoesNotAnswerIsUnreachable() throws Exception {
    gateway.on("GET /v1/burns", silent());
    ClientOptions hasty = new ClientOptions(1_000, 1_000, 1, 1, 1, 1, 1, 1, 1, 1 << 20);
    try (UbcClient client = UbcClient.connect(gateway.address(), hasty, clock)) {
      assertThatThrownBy(() -> client.burns(0))
          .isInstanceOf(GatewayUnreachable.class)
          .hasMessageContaining("within 1000 ms");
    }
  }

  @Test
  void anUnknownAccountIsEmpty() throws Exception {
    gateway
        .on("GET /v1/accounts", refusal(404, Refusal.UNKNOWN_ACCOUNT, null))
        .on("GET /v1/accounts/9", problem(404, "UNKNOWN_ACCOUNT"));
    try (UbcClient client = connect()) {
      assertThat(client.accountOf(new Address(1, 2, 3).toString(), 5)).isEmpty();
      assertThat(gateway.requests("GET /v1/accounts").getFirst().target())
          .isEqualTo("/v1/accounts?owner=" + new Address(1, 2, 3) + "&after=5");
      assertThat(client.account(9, 0)).isEmpty();
    }
  }

  @Test
  void otherFailuresOfAnAccountAreNotTakenForItsAbsence() throws Exception {
    gateway
        .on("GET /v1/accounts/9", problem(400, "INVALID_REQUEST"))
        .on("GET /v1/accounts/8", refusal(403, Refusal.NOT_OWNER, null));
    try (UbcClient client = connect()) {
      assertThatThrownBy(() -> client.account(9, 0)).isInstanceOf(GatewayProblem.class);
      assertThatThrownBy(() -> client.account(8, 0)).isInstanceOf(LedgerRefused.class);
    }
  }

  @Test
  void everyReadAsksForWhatItIsGiven() throws Exception {
    gateway
        .on("GET /v1/accounts/7/work", json(200, new WorkView(7, 1, List.of()), 3))
        .on("GET /v1/jobs", json(200, new JobPage(List.of(), null)))
        .on(
            "GET /v1/market/wasi",
            json(200, new MarketView("wasi", List.of(), List.of(), List.of(), null)))
        .on("GET /v1/jobs/5", problem(404, "UNKNOWN_JOB"));
    try (UbcClient client = connect()) {
      assertThat(client.work(7, 3).value().work()).isEmpty();
      assertThat(client.jobs(OptionalInt.of(7), 10, 20, 3).value().jobs()).isEmpty();
      assertThat(client.openJobs(7, 10, 3).value().jobs()).isEmpty();
      assertThat(client.waitingJobs(7, 10, 3).value().jobs()).isEmpty();
      assertThat(client.market(OptionalInt.of(7), 16, 3).value().offers()).isEmpty();
      assertThatThrownBy(() -> client.job(5, 3)).isInstanceOf(GatewayProblem.class);
    }
    assertThat(gateway.requests("GET /v1/jobs").stream().map(TestGateway.Request::target))
        .containsExactly(
            "/v1/jobs?limit=10&account=7&before=20&after=3",
            "/v1/jobs?state=OPEN&limit=10&account=7&after=3",
            "/v1/jobs?state=WAITING&limit=10&account=7&after=3");
    assertThat(gateway.requests("GET /v1/market/wasi").getFirst().target())
        .isEqualTo("/v1/market/wasi?limit=16&account=7&after=3");
  }

  @Test
  void aQuoteIsRefusedAsTheLedgerWouldRefuse() throws Exception {
    Quote quote = new Quote("wasi", "quorum", 3, 5, 1, 2, 100, 1, 1, 1, 3, 1, 4, 5, 3, 50L);
    gateway
        .on("GET /v1/quote", json(200, quote))
        .on("GET /v1/quote", refusal(409, Refusal.NO_OFFER, null));
    QuoteRequest request =
        new QuoteRequest(
            Tier.QUORUM, 3, OptionalLong.of(5), OptionalLong.of(50), OptionalInt.of(7));
    try (UbcClient client = connect()) {
      assertThat(client.quote(request)).isEqualTo(quote);
      assertThatThrownBy(() -> client.quote(request))
          .asInstanceOf(type(LedgerRefused.class))
          .matches(r -> r.refusal() == Refusal.NO_OFFER && r.seq() == 0 && !r.isRetryable());
    }
    assertThat(gateway.requests("GET /v1/quote").getFirst().target())
        .isEqualTo("/v1/quote?check=quorum&validators=3&units=5&budgetMicros=50&account=7");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new QuoteRequest(
                Tier.NONE, 0, OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty()));
  }

  @Test
  void anOptionThatIsNoLimitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientOptions(0, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientOptions(1, 1, 1, 1, 1, 1, 2, 1, 1, 1));
    assertThat(ClientOptions.defaults().backoffMs(99)).isEqualTo(3_000);
  }
}
