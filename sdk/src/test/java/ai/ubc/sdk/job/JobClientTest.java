package ai.ubc.sdk.job;

import static ai.ubc.sdk.TestGateway.bytes;
import static ai.ubc.sdk.TestGateway.json;
import static ai.ubc.sdk.TestGateway.problem;
import static ai.ubc.sdk.TestGateway.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ai.ubc.api.CommandDone;
import ai.ubc.api.JobPage;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.codec.job.JobBundle;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.JobSpec;
import ai.ubc.domain.Refusal;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.LocalFault;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.TestGateway;
import ai.ubc.sdk.Wallet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A job that gets its offer at once: bought, followed, checked. */
final class JobClientTest extends JobFixture {
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

  // A gateway may tell of an entry before its reads have reached it.
  @Test
  void aJobIsReadBehindTheEntryThatToldOfIt() throws Exception {
    gateway
        .on(JOB, json(200, job("LEASED", null, 20, false), 20))
        .on(JOB, json(200, job("HELD", "ACCEPTED", 26, true), 26));
    jobs.await(5, view -> {});
    assertThat(gateway.requests(JOB))
        .extracting(TestGateway.Request::target)
        .containsExactly("/v1/jobs/5", "/v1/jobs/5?after=21");
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
}
