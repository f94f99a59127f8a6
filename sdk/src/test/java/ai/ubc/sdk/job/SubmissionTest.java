package ai.ubc.sdk.job;

import static ai.ubc.sdk.TestGateway.json;
import static ai.ubc.sdk.TestGateway.lost;
import static ai.ubc.sdk.TestGateway.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.api.AccountView;
import ai.ubc.api.BlobStored;
import ai.ubc.api.CommandDone;
import ai.ubc.api.CommandOutcome;
import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.api.Quote;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.sdk.ClientOptions;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.LocalFault;
import ai.ubc.sdk.OutcomeUnknown;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.TestClock;
import ai.ubc.sdk.TestGateway;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is submitted under a name is bought once, wherever a program ended meanwhile. */
class SubmissionTest {
  private static final String COMMANDS = "POST /v1/commands";
  private static final Quote OFFER =
      new Quote("wasi", "none", 0, 900, 1, 2, 100, 1, 1, 1, 3, 1, 4, 5, 0, 50L);

  private final TestGateway gateway = new TestGateway();
  private UbcClient client;
  private SubmissionStore store;
  private JobClient jobs;
  private JobOrder order;

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
        .on("GET /v1/quote", json(200, OFFER))
        .on("GET /v1/jobs", json(200, new JobPage(List.of(job(5, 12)), null)))
        .on("GET /v1/jobs/5", json(200, job(5, 12)))
        .onAny(key -> key.startsWith("PUT /v1/blobs/"), json(201, new BlobStored("", 1)));
    client = UbcClient.connect(gateway.address(), ClientOptions.defaults(), new TestClock());
    jobs = new JobClient(Session.open(client, wallet).orElseThrow(), SecretStore.inMemory());
    store = SubmissionStore.in(directory.resolve("submissions"));
    order =
        JobOrder.of(Files.write(directory.resolve("p.wasm"), new byte[] {1, 2}), 50_000).build();
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  private static JobView job(long number, long seq) {
    return job(number, seq, "LEASED", null, true);
  }

  private static JobView job(
      long number, long seq, String state, @Nullable String ending, boolean isLeased) {
    return new JobView(
        number,
        isLeased ? 3L : null,
        state,
        0,
        7,
        isLeased ? 8 : null,
        Hash32.ZERO.toString(),
        Hash32.ZERO.toString(),
        Hash32.ZERO.toString(),
        1,
        "none",
        0,
        "PARTIES",
        900,
        isLeased ? 100L : null,
        isLeased ? new JobView.Held(1, 2, 3, 4, 5) : null,
        isLeased ? null : new JobView.Queued(20, 1_000, 60_000),
        seq,
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

  private List<byte[]> sent() {
    return gateway.requests(COMMANDS).stream().map(TestGateway.Request::body).toList();
  }

  private String commandPath() {
    byte[] command = sent().getFirst();
    return "GET /v1/commands/"
        + LogEntry.commandHash(command, command.length - Signatures.BYTES).hex();
  }

  @Test
  void theSameCallGivesTheSameJobAndSendsNothing() throws Exception {
    gateway.on(COMMANDS, json(200, new CommandDone(12)));
    assertThat(jobs.submit(order, "build-7", store)).isEqualTo(5);
    int stored = gateway.requestsOf("PUT").size();
    assertThat(jobs.submit(order, "build-7", store)).isEqualTo(5);
    assertThat(sent()).hasSize(1);
    assertThat(gateway.requestsOf("PUT")).hasSize(stored);
  }

  @Test
  void afterACrashBeforeTheAnswerTheSameBytesAreSentAgain() throws Exception {
    gateway.on(COMMANDS, json(200, new CommandDone(12)));
    SubmissionStore crashing = key -> new CrashAfterKeep(store.open(key));
    assertThatThrownBy(() -> jobs.submit(order, "build-7", crashing))
        .isInstanceOf(LocalFault.class);
    assertThat(sent()).isEmpty();
    assertThat(jobs.submit(order, "build-7", store)).isEqualTo(5);
    byte[] first = sent().getFirst();
    try (SubmissionStore.Slot slot = store.open("build-7")) {
      Submission kept = slot.submission().orElseThrow();
      assertThat(kept.command().bytes()).isEqualTo(first);
      assertThat(kept.job()).hasValue(5);
      slot.keep(new Submission(kept.order(), kept.command(), OptionalLong.empty()));
    }
    assertThat(jobs.submit(order, "build-7", store)).isEqualTo(5);
    assertThat(sent()).hasSize(2).allMatch(bytes -> Arrays.equals(bytes, first));
  }

  @Test
  void whatRanBeforeItExpiredIsTheSameJob() throws Exception {
    gateway.on(COMMANDS, lost());
    assertThatThrownBy(() -> jobs.submit(order, "build-7", store))
        .isInstanceOf(OutcomeUnknown.class);
    gateway
        .on(COMMANDS, refusal(422, Refusal.EXPIRED, 40L))
        .on(commandPath(), json(200, new CommandOutcome("", 12, 0, null)));
    assertThat(jobs.submit(order, "build-7", store)).isEqualTo(5);
    assertThat(sent()).allMatch(bytes -> Arrays.equals(bytes, sent().getFirst()));
  }

  @Test
  void whatNeverRanIsBoughtAnew() throws Exception {
    gateway
        .on(COMMANDS, refusal(402, Refusal.INSUFFICIENT_FUNDS, 11L))
        .on(COMMANDS, refusal(402, Refusal.INSUFFICIENT_FUNDS, 11L))
        .on(COMMANDS, json(200, new CommandDone(12)));
    assertThatThrownBy(() -> jobs.submit(order, "build-7", store))
        .isInstanceOf(LedgerRefused.class);
    assertThat(jobs.submit(order, "build-7", store)).isEqualTo(5);
    assertThat(sent()).hasSize(3);
    assertThat(sent().get(1)).isEqualTo(sent().getFirst());
    assertThat(sent().get(2)).isNotEqualTo(sent().getFirst());
  }

  @Test
  void aJobThatEndedWhileItWaitedFreesItsNameForTheSameOrderAndForOthers() throws Exception {
    gateway
        .on(COMMANDS, json(200, new CommandDone(12)))
        .on(COMMANDS, json(200, new CommandDone(13)))
        .on(COMMANDS, json(200, new CommandDone(14)));
    assertThat(jobs.submit(order, "build-7", store)).isEqualTo(5);
    gateway
        .forget("GET /v1/jobs")
        .on("GET /v1/jobs", json(200, new JobPage(List.of(job(6, 13), job(8, 14)), null)))
        .forget("GET /v1/jobs/5")
        .on("GET /v1/jobs/5", json(200, job(5, 12, "CLOSED", "CANCELLED", false)))
        .on("GET /v1/jobs/6", json(200, job(6, 13, "CLOSED", "UNMATCHED", false)))
        .on("GET /v1/jobs/8", json(200, job(8, 14, "WAITING", null, false)));
    assertThat(jobs.submit(order, "build-7", store)).isEqualTo(6);
    JobOrder dearer = JobOrder.of(directory.resolve("p.wasm"), 60_000).build();
    assertThat(jobs.submit(dearer, "build-7", store)).isEqualTo(8);
    assertThat(jobs.submit(dearer, "build-7", store)).as("waits").isEqualTo(8);
    assertThat(sent()).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void aJobThatWaitedAndWasTakenKeepsItsNameHoweverItEnded() throws Exception {
    gateway.on(COMMANDS, json(200, new CommandDone(12)));
    jobs.submit(order, "build-7", store);
    for (String ending : List.of("ACCEPTED", "UNCHECKED", "FRAUD", "WITHHELD", "ABANDONED")) {
      gateway
          .forget("GET /v1/jobs/5")
          .on("GET /v1/jobs/5", json(200, job(5, 12, "CLOSED", ending, true)));
      assertThat(jobs.submit(order, "build-7", store)).as(ending).isEqualTo(5);
    }
    assertThat(sent()).hasSize(1);
  }

  @Test
  void whatIsFoundEndedWhenItIsSentAgainIsBoughtAnew() throws Exception {
    gateway.on(COMMANDS, lost());
    assertThatThrownBy(() -> jobs.submit(order, "build-7", store))
        .isInstanceOf(OutcomeUnknown.class);
    gateway
        .forget(COMMANDS)
        .on(COMMANDS, json(200, new CommandDone(12)))
        .on(COMMANDS, json(200, new CommandDone(13)))
        .forget("GET /v1/jobs")
        .on("GET /v1/jobs", json(200, new JobPage(List.of(job(5, 12), job(6, 13)), null)))
        .forget("GET /v1/jobs/5")
        .on("GET /v1/jobs/5", json(200, job(5, 12, "CLOSED", "UNMATCHED", false)));
    assertThat(jobs.submit(order, "build-7", store)).isEqualTo(6);
    assertThat(sent().getLast()).isNotEqualTo(sent().getFirst());
  }

  @Test
  void aClockThatIsWrongIsSetAndTheSubmissionSignedAgain() throws Exception {
    gateway
        .on(COMMANDS, refusal(422, Refusal.NOT_AFTER_TOO_FAR, 11L))
        .on(COMMANDS, json(200, new CommandDone(12)));
    assertThat(jobs.submit(order, "build-7", store)).isEqualTo(5);
    assertThat(sent().get(1)).isNotEqualTo(sent().getFirst());
  }

  @Test
  void aNameIsNotTakenForAnotherOrder() throws Exception {
    gateway.on(COMMANDS, json(200, new CommandDone(12)));
    jobs.submit(order, "build-7", store);
    JobOrder other = JobOrder.of(directory.resolve("p.wasm"), 50_000).args("x").build();
    assertThatThrownBy(() -> jobs.submit(other, "build-7", store))
        .isInstanceOf(KeyInUse.class)
        .hasMessageContaining("job 5")
        .matches(e -> !((UbcException) e).isRetryable());
    assertThat(sent()).hasSize(1);
  }

  @Test
  void aNameIsUsedByOneAtATime() throws Exception {
    try (SubmissionStore.Slot slot = store.open("build-7")) {
      assertThat(slot.submission()).isEmpty();
      assertThatThrownBy(() -> store.open("build-7"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another thread");
    }
  }

  @Test
  void aFileThatHoldsNoSubmissionIsReported() throws Exception {
    String name = Sha256.of("build-7".getBytes(UTF_8)).hex();
    Path file = directory.resolve("submissions").resolve(name + ".job");
    Files.createDirectories(directory.resolve("submissions"));
    for (String text :
        List.of("", "other\n", "ubc submission 1\nx\n", "ubc submission 1\na\nb\nc\n")) {
      Files.writeString(file, text);
      try (SubmissionStore.Slot slot = store.open("build-7")) {
        assertThatThrownBy(slot::submission).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aResultIsReadWithoutWaiting() throws Exception {
    gateway.on("GET /v1/jobs/5", json(200, job(5, 12)));
    assertThat(jobs.result(5)).isEmpty();
  }

  /** Keeps, and fails as if the program had ended there. */
  private record CrashAfterKeep(SubmissionStore.Slot slot) implements SubmissionStore.Slot {
    @Override
    public Optional<Submission> submission() throws IOException {
      return slot.submission();
    }

    @Override
    public void keep(Submission submission) throws IOException {
      slot.keep(submission);
      throw new IOException("the program ends here");
    }

    @Override
    public void close() throws IOException {
      slot.close();
    }
  }
}
