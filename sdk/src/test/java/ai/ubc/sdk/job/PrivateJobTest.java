package ai.ubc.sdk.job;

import static ai.ubc.sdk.TestGateway.bytes;
import static ai.ubc.sdk.TestGateway.json;
import static ai.ubc.sdk.TestGateway.problem;
import static ai.ubc.sdk.TestGateway.refusal;
import static ai.ubc.sdk.TestGateway.stream;
import static ai.ubc.sdk.TestGateway.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.api.AccountView;
import ai.ubc.api.BlobStored;
import ai.ubc.api.CommandDone;
import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.codec.Eip712;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.codec.seal.Blinding;
import ai.ubc.codec.seal.JobKey;
import ai.ubc.codec.seal.ReaderSecret;
import ai.ubc.codec.seal.SealedJob;
import ai.ubc.codec.seal.SealedResult;
import ai.ubc.codec.seal.WrappedKey;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Refusal;
import ai.ubc.sdk.ClientOptions;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.TestClock;
import ai.ubc.sdk.TestGateway;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.Wallet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The buyer's side of private jobs, before a gateway that wants to read them. */
final class PrivateJobTest {
  private static final int BUYER = 7;
  private static final int PROVIDER = 8;
  private static final int VALIDATOR = 9;
  private static final String SECRET_WORD = "nobody else's business";
  private static final Quote OFFER =
      new Quote("wasi", "quorum", 3, 900, 1, PROVIDER, 100, 1, 1, 1, 3, 1, 4, 5, 3, 50L);

  @TempDir Path directory;

  private final TestGateway gateway = new TestGateway();
  private final List<ItemOutput> items =
      List.of(
          new ItemOutput(
              ItemOutcome.EXIT, 0, 42, "yes".getBytes(UTF_8), new byte[0], new TreeMap<>()));
  private UbcClient client;
  private Session session;
  private JobClient jobs;

  @BeforeEach
  void open() throws Exception {
    owns("GET /v1/accounts", BUYER);
    for (int account : new int[] {PROVIDER, VALIDATOR}) {
      owns("GET /v1/accounts/" + account, account);
    }
    gateway
        .on(
            "GET /v1/stream",
            stream(
                false,
                "event: position\ndata: {\"seq\":20,\"logTimeMs\":1}\n\n",
                "event: entry\ndata: {\"seq\":21,\"logTimeMs\":1,\"command\":\"Tick\",\"events\":[]}\n\n"))
        .on(
            "GET /v1/market/wasi",
            json(
                200,
                new MarketView(
                    "wasi",
                    List.of(
                        new MarketView.Offer(1, PROVIDER, 100, 900, 900, 1),
                        new MarketView.Offer(2, BUYER, 100, 900, 900, 1),
                        new MarketView.Offer(3, 10, 101, 900, 900, 1)),
                    List.of(),
                    List.of(),
                    null)))
        .on("GET /v1/quote", json(200, OFFER))
        .on("POST /v1/commands", json(200, new CommandDone(12)))
        .onAny(key -> key.startsWith("PUT /v1/blobs/"), json(201, new BlobStored("", 1)))
        .onAny(key -> key.startsWith("PUT /v1/jobs/5/keys/"), text(204, ""));
    client = UbcClient.connect(gateway.address(), ClientOptions.defaults(), new TestClock());
    session = Session.open(client, Wallet.of(key(BUYER))).orElseThrow();
    jobs = client();
  }

  private JobClient client() {
    return new JobClient(session, SecretStore.inMemory());
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  private static KeyPair key(int account) {
    return KeyPair.of(new Hash32(0, 0, 0, account).bytes());
  }

  private void owns(String target, int account) {
    String owner = key(account).address().toString();
    gateway.on(
        target, json(200, new AccountView(account, owner, List.of(), 0, 0, 0, List.of(), 1)));
  }

  private Eip712 domain() {
    return client.network().domain();
  }

  private ReaderSecret secret(int account) {
    return ReaderSecret.of(key(account), gateway.hash());
  }

  private void reads(int account) {
    gateway.on(
        "GET /v1/accounts/" + account + "/encryption-key",
        bytes(secret(account).statement(domain(), account).bytes()));
  }

  private JobOrder order() throws IOException {
    Path program = Files.writeString(directory.resolve("p.wasm"), "the program: " + SECRET_WORD);
    return JobOrder.of(program, 50_000).args(SECRET_WORD).quorum(3).privately().build();
  }

  private byte[] input() {
    return gateway.requestsOf("PUT").stream()
        .map(TestGateway.Request::body)
        .filter(body -> SealedJob.header(body).isPresent())
        .findFirst()
        .orElseThrow();
  }

  private JobKey key() {
    return SealedJob.of(input(), domain(), PROVIDER, key(PROVIDER).address())
        .flatMap(job -> job.key(secret(PROVIDER)))
        .orElseThrow();
  }

  private List<ItemOutput> blinded() {
    return Blinding.add(key(), items);
  }

  private byte[] result(JobKey with) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    try {
      ResultBundle.write(bundle, blinded());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new SealedResult(JobHashes.resultRoot(blinded()), 42)
        .seal(with, bundle.toByteArray(), new SecureRandom());
  }

  private JobView job(String state, byte @Nullable [] result) {
    boolean isOver = result != null;
    return new JobView(
        5,
        3L,
        state,
        0,
        BUYER,
        PROVIDER,
        Hash32.ZERO.toString(),
        Sha256.of(input()).toString(),
        Hash32.ZERO.toString(),
        1,
        "quorum",
        3,
        "VALIDATORS",
        900,
        1_000_000_000L,
        new JobView.Held(1, 2, 3, 4, 5),
        null,
        12,
        1,
        isOver ? 30 : 20,
        null,
        null,
        List.of(
            new JobView.Round(
                0,
                Hash32.ZERO.toString(),
                true,
                List.of(
                    new JobView.Drawn(VALIDATOR, 1, null, null, null, null),
                    new JobView.Drawn(11, 1, null, null, null, null)))),
        result == null
            ? null
            : new JobView.Result(
                20,
                JobHashes.resultRoot(blinded()).toString(),
                42,
                Hash32.ZERO.toString(),
                Sha256.of(result).toString()),
        isOver ? new JobView.Judgement(21, "ACCEPTED", 42, 1, 1) : null,
        null,
        null,
        List.of(),
        List.of());
  }

  private long submitted() throws Exception {
    reads(PROVIDER);
    reads(VALIDATOR);
    gateway.on(
        "GET /v1/jobs",
        exchange -> json(200, new JobPage(List.of(job("LEASED", null)), null)).to(exchange));
    return jobs.submit(order());
  }

  private void isJudgedWith(byte[] result) {
    gateway
        .on("GET /v1/jobs/5", json(200, job("SEALING", null), 20))
        .on("GET /v1/jobs/5", json(200, job("HELD", result), 30))
        .on("GET /v1/blobs/" + Sha256.of(result).hex(), bytes(result));
  }

  @Test
  void nothingThatIsSentShowsWhatIsRun() throws Exception {
    submitted();
    for (TestGateway.Request request : gateway.requestsOf("PUT")) {
      assertThat(new String(request.body(), ISO_8859_1)).doesNotContain(SECRET_WORD);
    }
    assertThat(SealedJob.header(input()).orElseThrow().recipients())
        .extracting(r -> r.key().account())
        .containsExactly(PROVIDER);
  }

  @Test
  void theBuyerGivesDrawnValidatorsTheKeyAndGetsTheResultAsItWas() throws Exception {
    long job = submitted();
    isJudgedWith(result(key()));
    JobResult got = jobs.await(job, view -> {});
    assertThat(got.items().getFirst().stdout()).asString(UTF_8).isEqualTo("yes");
    assertThat(got.items().getFirst().stderr()).isEmpty();
    TestGateway.Request left = gateway.requests("PUT /v1/jobs/5/keys/" + VALIDATOR).getFirst();
    WrappedKey wrapped = WrappedKey.of(left.body()).orElseThrow();
    assertThat(secret(VALIDATOR).open(wrapped, key().commitment())).isPresent();
    assertThat(gateway.requests("PUT /v1/jobs/5/keys/11")).isEmpty();
  }

  @Test
  void anotherProgramOfTheBuyerOpensTheResultByItsKeyFile() throws Exception {
    long job = submitted();
    isJudgedWith(result(key()));
    gateway.on("GET /v1/blobs/" + Sha256.of(input()).hex(), bytes(input()));
    assertThat(client().await(job, view -> {}).items().getFirst().stdout())
        .asString(UTF_8)
        .isEqualTo("yes");
    assertThat(gateway.requests("PUT /v1/jobs/5/keys/" + VALIDATOR)).hasSize(1);
  }

  @Test
  void anotherKeyOfTheAccountIsToldToFetchWithTheOneThatBought() throws Exception {
    submitted();
    isJudgedWith(result(key()));
    gateway.on("GET /v1/blobs/" + Sha256.of(input()).hex(), bytes(input()));
    Session owner = Session.open(client, Wallet.of(key(66))).orElseThrow();
    assertThat(owner.account()).isEqualTo(BUYER);
    assertThatThrownBy(() -> new JobClient(owner, SecretStore.inMemory()).await(5, view -> {}))
        .isInstanceOfSatisfying(
            GatewayProblem.class, e -> assertThat(e.code()).isEqualTo(GatewayProblem.NO_JOB_KEY))
        .hasMessageContaining("the key file that bought it");
  }

  @Test
  void aResultThatDoesNotOpenIsNone() throws Exception {
    long job = submitted();
    isJudgedWith(result(JobKey.random(gateway.hash(), new SecureRandom())));
    assertThatThrownBy(() -> jobs.await(job, view -> {}))
        .isInstanceOfSatisfying(
            GatewayProblem.class, e -> assertThat(e.code()).isEqualTo(GatewayProblem.BODY_DIFFERS));
  }

  @Test
  void aKeyThatTheGatewaySwappedIsFoundBeforeAnythingIsSent() throws Exception {
    gateway.on(
        "GET /v1/accounts/" + PROVIDER + "/encryption-key",
        bytes(secret(66).statement(domain(), PROVIDER).bytes()));
    assertThatThrownBy(() -> jobs.submit(order()))
        .isInstanceOfSatisfying(
            GatewayProblem.class,
            e -> assertThat(e.code()).isEqualTo(GatewayProblem.ENCRYPTION_KEY_FORGED));
    assertThat(gateway.requestsOf("PUT")).isEmpty();
  }

  @Test
  void aProviderWithoutAKeyIsNotGivenAJobThatItCanNotRead() throws Exception {
    gateway.on("GET /v1/accounts/" + PROVIDER + "/encryption-key", problem(404, "UNKNOWN_KEY"));
    assertThatThrownBy(() -> jobs.submit(order()))
        .isInstanceOfSatisfying(
            GatewayProblem.class,
            e -> assertThat(e.code()).isEqualTo(GatewayProblem.NO_ENCRYPTION_KEY));
    assertThat(gateway.requests("POST /v1/commands")).isEmpty();
  }

  @Test
  void anAccountPublishesItsKeyAndGetsWhatWasLeftForIt() throws Exception {
    gateway.onAny(key -> key.equals("PUT /v1/accounts/7/encryption-key"), text(204, ""));
    session.keys().publish();
    assertThat(gateway.requests("PUT /v1/accounts/7/encryption-key").getFirst().body())
        .isEqualTo(secret(BUYER).statement(domain(), BUYER).bytes());
    JobKey key = JobKey.random(gateway.hash(), new SecureRandom());
    WrappedKey wrapped = key.wrapFor(secret(BUYER).publicKey()).orElseThrow();
    gateway.on("GET /v1/jobs/5/keys", bytes(wrapped.bytes()));
    assertThat(session.keys().left(5)).containsExactly(wrapped);
  }

  @Test
  void whatEverybodyMayReadIsNotPrivate() {
    Path program = Path.of("p");
    JobOrder.Builder both = JobOrder.of(program, 1).readableBy(InputPolicy.PUBLIC).privately();
    assertThatThrownBy(both::build).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPrivateJobDoesNotWaitOnTheLedgerButHere() throws Exception {
    reads(PROVIDER);
    gateway
        .forget("GET /v1/quote")
        .on("GET /v1/quote", refusal(409, Refusal.NO_OFFER, null))
        .on("GET /v1/quote", json(200, OFFER))
        .on(
            "GET /v1/jobs",
            exchange -> json(200, new JobPage(List.of(job("LEASED", null)), null)).to(exchange));
    assertThat(jobs.submit(order())).isEqualTo(5);
    assertThat(gateway.requests("GET /v1/quote")).hasSize(2);
    byte[] command = gateway.requests("POST /v1/commands").getFirst().body();
    long waitMs =
        ByteBuffer.wrap(command)
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong(command.length - Signatures.BYTES - Long.BYTES);
    assertThat(waitMs).isZero();
  }
}
