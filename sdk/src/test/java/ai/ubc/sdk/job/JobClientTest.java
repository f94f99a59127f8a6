package ai.ubc.sdk.job;

import static ai.ubc.sdk.TestGateway.bytes;
import static ai.ubc.sdk.TestGateway.json;
import static ai.ubc.sdk.TestGateway.problem;
import static ai.ubc.sdk.TestGateway.refusal;
import static ai.ubc.sdk.TestGateway.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ai.ubc.api.AccountView;
import ai.ubc.api.BlobStored;
import ai.ubc.api.CommandDone;
import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.codec.job.JobBundle;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.JobSpec;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Refusal;
import ai.ubc.sdk.ClientOptions;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.LocalFault;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.TestClock;
import ai.ubc.sdk.TestGateway;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.Wallet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobClientTest {
  private static final String COMMANDS = "POST /v1/commands";
  private static final String QUOTE = "GET /v1/quote";
  private static final String JOBS = "GET /v1/jobs";
  private static final String JOB = "GET /v1/jobs/5";
  private static final Quote OFFER =
      new Quote("wasi", "none", 0, 900, 1, 2, 100, 1, 1, 1, 3, 1, 4, 5, 0, 50L);
  private static final Hash32 SECRET = new Hash32(9, 9, 9, 9);

  private final TestGateway gateway = new TestGateway();
  private final TestClock clock = new TestClock();
  private final List<ItemOutput> items = List.of(output("hello", 40), output("", 2));
  private final SecretStore secrets = SecretStore.inMemory();
  private UbcClient client;
  private JobClient jobs;
  private byte[] result;

  @TempDir Path directory;

  @BeforeEach
  void open() throws Exception {
    Wallet wallet = Wallet.of(KeyPair.of(new Hash32(1, 2, 3, 4).bytes()));
    gateway
        .on(
            "GET /v1/accounts",
            json(
                200,
                new AccountView(7, wallet.address().toString(), List.of(), 0, 0, 0, List.of(), 1)))
        .on(
            "GET /v1/stream",
            stream(
                false,
                "event: position\ndata: {\"seq\":20,\"logTimeMs\":1}\n\n",
                entry(21),
                entry(22),
                entry(23),
                entry(24),
                entry(25),
                entry(26)))
        .onAny(key -> key.startsWith("PUT /v1/blobs/"), json(201, new BlobStored("", 1)));
    client = UbcClient.connect(gateway.address(), ClientOptions.defaults(), clock);
    jobs = new JobClient(Session.open(client, wallet).orElseThrow(), secrets);
    result = bundle(items);
    gateway.on("GET /v1/blobs/" + Sha256.of(result).hex(), bytes(result));
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  private static String entry(long seq) {
    return "event: entry\ndata: {\"seq\":"
        + seq
        + ",\"logTimeMs\":1,\"command\":\"Tick\",\"events\":[]}\n\n";
  }

  private static ItemOutput output(String stdout, long units) {
    TreeMap<String, byte[]> files = new TreeMap<>(Map.of("deep/a.txt", stdout.getBytes(UTF_8)));
    return new ItemOutput(ItemOutcome.EXIT, 0, units, stdout.getBytes(UTF_8), new byte[0], files);
  }

  private static byte[] bundle(List<ItemOutput> items) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ResultBundle.write(bytes, items);
    return bytes.toByteArray();
  }

  private JobView job(String state, @Nullable String ending, long seq, boolean settled) {
    return new JobView(
        5,
        3L,
        state,
        0,
        7,
        8,
        Hash32.ZERO.toString(),
        Hash32.ZERO.toString(),
        JobHashes.secretHash(SECRET).toString(),
        2,
        "quorum",
        3,
        "VALIDATORS",
        900,
        1_000_000_000L,
        new JobView.Held(1, 2, 3, 4, 5),
        null,
        12,
        1,
        seq,
        null,
        null,
        List.of(),
        ending == null
            ? null
            : new JobView.Result(
                20,
                JobHashes.resultRoot(items).toString(),
                42,
                Hash32.ZERO.toString(),
                Sha256.of(result).toString()),
        ending == null ? null : new JobView.Judgement(21, ending, 42, 1, 1),
        settled ? new JobView.Settlement(21, 100, 2, 1, 30) : null,
        null,
        List.of(),
        List.of());
  }

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

  // Behind header, account, nonce, notAfter, three hashes and the small fields.
  private static long[] terms(ByteBuffer submission) {
    int at = 8 + 4 + 8 + 8 + 3 * 32 + 2 + 2 + 1 + 1 + 1;
    long[] terms = new long[5];
    for (int i = 0; i < terms.length; i++) {
      terms[i] = submission.getLong(at + 8 * i);
    }
    return terms;
  }

  private JobOrder.Builder order() throws IOException {
    return JobOrder.of(Files.write(directory.resolve("p.wasm"), new byte[] {1, 2}), 50_000);
  }

  private ByteBuffer command(int index) {
    return ByteBuffer.wrap(gateway.requests(COMMANDS).get(index).body())
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int template(ByteBuffer command) {
    return command.getShort(2);
  }

  @Test
  void aJobIsBoughtFollowedAndCheckedAgainstTheLedger() throws Exception {
    gateway
        .on(QUOTE, json(200, OFFER))
        .on(COMMANDS, json(200, new CommandDone(12)))
        .on(COMMANDS, json(200, new CommandDone(22)))
        .on(JOBS, json(200, new JobPage(List.of(job("LEASED", null, 12, false)), null)))
        .on(JOB, json(200, job("LEASED", null, 12, false), 20))
        .on(JOB, json(200, job("OPENING", null, 25, false), 25))
        .on(JOB, json(200, job("HELD", "ACCEPTED", 26, true), 26));
    JobResult got = jobs.run(order().args("-l").quorum(3).build());
    assertThat(got.items().getFirst().stdout()).asString(UTF_8).isEqualTo("hello");
    assertThat(got.units()).isEqualTo(42);
    assertThat(got.priceMicros()).isEqualTo(132);
    assertThat(got.job().state()).isEqualTo("HELD");
    assertThat(gateway.requests(QUOTE).getFirst().target())
        .isEqualTo("/v1/quote?check=quorum&validators=3&budgetMicros=50000&account=7");
    assertThat(gateway.requests(JOBS).getFirst().target())
        .isEqualTo("/v1/jobs?limit=100&account=7&after=12");
    got.writeFiles(0, directory.resolve("out"));
    assertThat(directory.resolve("out/deep/a.txt")).hasContent("hello");
  }

  @Test
  void theSecretIsRevealedOnceItIsAskedForAndForgottenAtTheEnd() throws Exception {
    secrets.keep(SECRET);
    gateway
        .on(COMMANDS, json(200, new CommandDone(22)))
        .on(JOB, json(200, job("AWAITING_SECRET", null, 20, false), 20))
        .on(JOB, json(200, job("AWAITING_BEACON", null, 22, false), 22))
        .on(JOB, json(200, job("HELD", "ACCEPTED", 26, true), 26));
    List<String> states = new ArrayList<>();
    jobs.await(5, view -> states.add(view.state()));
    assertThat(states).containsExactly("AWAITING_SECRET", "AWAITING_BEACON", "HELD");
    assertThat(gateway.requests(COMMANDS)).hasSize(1);
    assertThat(template(command(0))).isEqualTo(9);
    assertThat(gateway.requests(JOB).get(1).target()).isEqualTo("/v1/jobs/5?after=22");
    assertThat(secrets.find(JobHashes.secretHash(SECRET))).isEmpty();
  }

  @Test
  void aSecretThatComesTooLateOrIsLostDoesNotStopTheJob() throws Exception {
    gateway
        .on(COMMANDS, refusal(409, Refusal.WRONG_STATE, 22L))
        .on(JOB, json(200, job("AWAITING_SECRET", null, 20, false), 20))
        .on(JOB, json(200, job("HELD", "UNCHECKED", 26, false), 26))
        .on(JOB, json(200, job("AWAITING_SECRET", null, 20, false), 20))
        .on(JOB, json(200, job("HELD", "UNCHECKED", 26, false), 26));
    assertThat(jobs.await(5, view -> {}).units()).isEqualTo(42);
    assertThat(gateway.requests(COMMANDS)).isEmpty();
    secrets.keep(SECRET);
    assertThat(jobs.await(5, view -> {}).units()).isEqualTo(42);
    assertThat(gateway.requests(COMMANDS)).hasSize(1);
  }

  @Test
  void anotherRefusalOfTheSecretIsReported() throws Exception {
    secrets.keep(SECRET);
    gateway
        .on(COMMANDS, refusal(403, Refusal.NOT_PARTY, 22L))
        .on(JOB, json(200, job("AWAITING_SECRET", null, 20, false), 20));
    assertThatThrownBy(() -> jobs.await(5, view -> {})).isInstanceOf(LedgerRefused.class);
  }

  @Test
  void anUncheckedJobCostsWhatItsUnitsCost() throws Exception {
    gateway.on(JOB, json(200, job("HELD", "UNCHECKED", 26, false), 26));
    // 42 units at 1,000 COMPUTE a million are 42,000 micro; the fee is 2 %.
    assertThat(jobs.await(5, view -> {}).priceMicros()).isEqualTo(42_840);
  }

  @Test
  void aJobWithoutAResultIsATypedException() throws Exception {
    for (String ending : List.of("FRAUD", "WITHHELD", "ABANDONED")) {
      gateway.forget(JOB).on(JOB, json(200, job("CLOSED", ending, 26, true), 26));
      assertThatThrownBy(() -> jobs.await(5, view -> {}))
          .asInstanceOf(type(JobNotDelivered.class))
          .matches(e -> e.ending().equals(ending) && e.job().job() == 5 && e.isRetryable());
    }
  }

  @Test
  void aResultThatIsNotWhatWasOpenedIsRefused() throws Exception {
    byte[] forged = bundle(List.of(output("forged", 42)));
    String body = "GET /v1/blobs/" + Sha256.of(forged).hex();
    byte[] noBundle = {1};
    for (byte[] bad : List.of(forged, noBundle)) {
      result = bad;
      gateway
          .forget(body)
          .on("GET /v1/blobs/" + Sha256.of(bad).hex(), bytes(bad))
          .forget(JOB)
          .on(JOB, json(200, job("HELD", "ACCEPTED", 26, true), 26));
      assertThatThrownBy(() -> jobs.await(5, view -> {}))
          .asInstanceOf(type(GatewayProblem.class))
          .matches(e -> e.code().equals(GatewayProblem.BODY_DIFFERS));
    }
  }

  @Test
  void anOfferThatIsGoneIsFollowedByTheNext() throws Exception {
    gateway
        .on(QUOTE, json(200, OFFER))
        .on(COMMANDS, refusal(409, Refusal.NO_OFFER, 11L))
        .on(COMMANDS, json(200, new CommandDone(12)))
        .on(JOBS, json(200, new JobPage(List.of(job("LEASED", null, 13, false)), 5L)))
        .on(JOBS, json(200, new JobPage(List.of(), null)));
    JobOrder order = order().maxUnits(900).limitPriceMicros(100).waitMs(0).build();
    assertThat(jobs.submit(order)).isEqualTo(5);
    assertThat(clock.pauses()).isEmpty();
    assertThat(template(command(1))).isEqualTo(7);
    assertThat(terms(command(1))).containsExactly(900, 100, 50_000, 300_000, 0);
    assertThat(gateway.requests(QUOTE).getFirst().target()).contains("&units=900&");
    assertThat(gateway.requests(QUOTE)).hasSize(2);
  }

  @Test
  void whatIsNotToWaitIsRefused() throws Exception {
    gateway.on(QUOTE, refusal(409, Refusal.NO_OFFER, null));
    JobOrder order = order().waitMs(0).build();
    assertThatThrownBy(() -> jobs.submit(order))
        .asInstanceOf(type(LedgerRefused.class))
        .matches(e -> e.refusal() == Refusal.NO_OFFER);
    assertThat(clock.pauses()).isEmpty();
    assertThat(gateway.requests(COMMANDS)).isEmpty();
  }

  @Test
  void aMarketThatMovesAndMovesIsFollowedAFewTimesOnly() throws Exception {
    gateway.on(QUOTE, json(200, OFFER)).on(COMMANDS, refusal(409, Refusal.NO_OFFER, 11L));
    JobOrder order = order().waitMs(0).build();
    assertThatThrownBy(() -> jobs.submit(order)).isInstanceOf(LedgerRefused.class);
    assertThat(gateway.requests(COMMANDS)).hasSize(4);
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
  void aBudgetThatPaysForNothingDoesNotWait() throws Exception {
    withMarket(null).on(QUOTE, refusal(409, Refusal.COST_LIMIT, null));
    JobOrder order = JobOrder.of(order().build().program(), 5_000).build();
    assertThatThrownBy(() -> jobs.submit(order))
        .asInstanceOf(type(LedgerRefused.class))
        .matches(e -> e.refusal() == Refusal.COST_LIMIT);
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

  @Test
  void anotherRefusalIsReportedAtOnceAndItsSecretForgotten() throws Exception {
    Path kept = directory.resolve("secrets");
    JobClient keeping =
        new JobClient(
            Session.open(client, Wallet.of(KeyPair.of(SECRET.bytes()))).orElseThrow(),
            SecretStore.in(kept));
    gateway.on(QUOTE, json(200, OFFER)).on(COMMANDS, refusal(402, Refusal.INSUFFICIENT_FUNDS, 11L));
    JobOrder order = order().build();
    assertThatThrownBy(() -> keeping.submit(order)).isInstanceOf(LedgerRefused.class);
    assertThat(clock.pauses()).isEmpty();
    assertThat(kept).isEmptyDirectory();
  }

  @Test
  void aJobThatIsNowhereIsReported() throws Exception {
    gateway
        .on(QUOTE, json(200, OFFER))
        .on(COMMANDS, json(200, new CommandDone(99)))
        .on(JOBS, json(200, new JobPage(List.of(), null)));
    JobOrder order = order().build();
    assertThatThrownBy(() -> jobs.submit(order)).isInstanceOf(GatewayProblem.class);
  }

  @Test
  void aGatewayThatIsAwayForAWhileIsWaitedFor() throws Exception {
    gateway.on(JOB, json(200, job("LEASED", null, 20, false), 20));
    for (int i = 0; i < 8; i++) {
      gateway.on(JOB, problem(503, "STORE_UNAVAILABLE"));
    }
    gateway.on(JOB, json(200, job("HELD", "ACCEPTED", 26, true), 26));
    assertThat(jobs.await(5, view -> {}).units()).isEqualTo(42);
  }

  @Test
  void aGatewayThatStaysAwayIsReported() throws Exception {
    gateway
        .on(JOB, json(200, job("LEASED", null, 20, false), 20))
        .on(JOB, problem(503, "STORE_UNAVAILABLE"));
    assertThatThrownBy(() -> jobs.await(5, view -> {})).isInstanceOf(GatewayProblem.class);
  }

  @Test
  void theBundleHoldsWhatWasOrdered() throws Exception {
    Path in = Files.createDirectories(directory.resolve("texts"));
    Files.writeString(in.resolve("a.txt"), "alpha");
    Path stdin = Files.writeString(directory.resolve("stdin"), "typed");
    gateway
        .on(QUOTE, json(200, OFFER))
        .on(COMMANDS, json(200, new CommandDone(12)))
        .on(JOBS, json(200, new JobPage(List.of(job("LEASED", null, 12, false)), null)));
    jobs.submit(
        order()
            .args("one")
            .env(Map.of("K", "V"))
            .stdin(stdin)
            .input(in)
            .limits(16, 4_096)
            .runWindowMs(1_000)
            .build());
    List<byte[]> bodies =
        gateway.requestsOf("PUT").stream().map(TestGateway.Request::body).toList();
    assertThat(bodies.getFirst()).containsExactly(1, 2);
    JobBundle unpacked =
        JobBundle.extract(
            new ByteArrayInputStream(bodies.get(1)),
            Files.createDirectories(directory.resolve("unpacked")));
    assertThat(unpacked.spec())
        .isEqualTo(
            new JobSpec(
                1,
                List.of(new JobSpec.ItemSpec(List.of("one"), Map.of("K", "V"), true)),
                16,
                4_096));
    assertThat(unpacked.stdin(0).orElseThrow()).hasContent("typed");
    assertThat(unpacked.inputDirectory().orElseThrow().resolve("a.txt")).hasContent("alpha");
  }

  @Test
  void whatCanNotBeReadOrIsTooLargeIsThisMachinesFault() throws Exception {
    JobOrder none = JobOrder.of(directory.resolve("none.wasm"), 1).build();
    assertThatThrownBy(() -> jobs.submit(none)).isInstanceOf(LocalFault.class);
    Path large = directory.resolve("large.wasm");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength((64 << 20) + 1);
    }
    assertThatThrownBy(() -> jobs.submit(JobOrder.of(large, 1).build()))
        .isInstanceOf(LocalFault.class)
        .hasMessageContaining("more than the network's 67108864");
  }

  @Test
  void filesAreNotWrittenThroughLinks() throws Exception {
    JobResult got = new JobResult(job("HELD", "ACCEPTED", 1, true), items, 1, 1);
    Path out = Files.createDirectories(directory.resolve("out"));
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Files.createSymbolicLink(out.resolve("deep"), elsewhere);
    assertThatThrownBy(() -> got.writeFiles(0, out))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("symbolic link");
    assertThat(elsewhere).isEmptyDirectory();
    TreeMap<String, byte[]> files = new TreeMap<>(Map.of("../x", new byte[0]));
    ItemOutput escaping = new ItemOutput(ItemOutcome.EXIT, 0, 1, new byte[0], new byte[0], files);
    JobResult bad = new JobResult(job("HELD", "ACCEPTED", 1, true), List.of(escaping), 1, 1);
    assertThatThrownBy(() -> bad.writeFiles(0, out))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("outside");
  }

  @Test
  void anOrderThatNobodyTakesIsNotBuilt() {
    Path program = Path.of("p");
    assertThatThrownBy(() -> JobOrder.of(program, 0).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JobOrder.of(program, 1).runWindowMs(0).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JobOrder.of(program, 1).waitMs(604_800_001).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 days");
    JobOrder order =
        JobOrder.of(program, 1)
            .item(new JobOrder.Run(List.of(), Map.of(), Optional.empty()))
            .readableBy(InputPolicy.PUBLIC)
            .build();
    assertThat(order.inputPolicy()).isEqualTo(InputPolicy.PUBLIC);
    assertThatThrownBy(() ->
            new JobOrder(
                program,
                List.of(),
                order.inputDirectory(),
                1,
                1,
                order.tier(),
                0,
                order.inputPolicy(),
                order.maxUnits(),
                order.limitPriceMicros(),
                1,
                1,
                1,
                false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new JobOrder(
                program,
                order.items(),
                order.inputDirectory(),
                1,
                1,
                order.tier(),
                1,
                order.inputPolicy(),
                order.maxUnits(),
                order.limitPriceMicros(),
                1,
                1,
                1,
                false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
