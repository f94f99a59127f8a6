package ai.ubc.provider.node;

import static ai.ubc.provider.node.Duty.Action.OPEN_RESULT;
import static ai.ubc.provider.node.Duty.Action.OPEN_VERDICT;
import static ai.ubc.provider.node.Duty.Action.RUN;
import static ai.ubc.provider.node.Duty.Action.SEAL_VERDICT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.Seed;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.GatewayUnreachable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderPartTest {
  private static final long JOB = 5;

  @TempDir Path root;

  private PartFixture fixture;
  private FakeLedger ledger;
  private Terms terms;

  @BeforeEach
  void open() throws Exception {
    fixture = new PartFixture(root);
    ledger = fixture.ledger;
    terms = Jobs.terms(ledger, JOB, 2, Jobs.bundle("one", "two"));
  }

  private Ending run(ProviderPart provider) throws Exception {
    return provider.perform(Jobs.duty(RUN, terms), 0);
  }

  private Ending openResult(ProviderPart provider) throws Exception {
    return provider.perform(Jobs.duty(OPEN_RESULT, terms), 0);
  }

  @Test
  void itRunsWhatTheJobAsksForAndCommitsToWhatItOpensLater() throws Exception {
    ProviderPart provider = fixture.provider();
    assertThat(run(provider)).isEqualTo(new Ending.Done(ledger.seq()));
    Command.CommitResult commit = (Command.CommitResult) ledger.lastGiven();
    assertThat(openResult(provider)).isEqualTo(new Ending.Done(ledger.seq()));
    Command.OpenResult open = (Command.OpenResult) ledger.lastGiven();

    assertThat(open.units()).isEqualTo(25);
    assertThat(open.heldUntilMs()).isEqualTo(ledger.logTimeMs() + 100);
    assertThat(open.receiptR()).isEqualTo(new Hash32(1, 1, 1, JOB));
    assertThat(open.receiptVs()).isEqualTo(open.body());
    assertThat(commit.saltedResult())
        .isEqualTo(
            JobHashes.saltedResult(
                FakeLedger.GENESIS, JOB, open.resultRoot(), open.units(), open.salt()));
    List<ItemOutput> items = ResultBundle.read(new ByteArrayInputStream(ledger.body(open.body())));
    assertThat(JobHashes.resultRoot(items)).isEqualTo(open.resultRoot());
    assertThat(JobHashes.units(items)).isEqualTo(open.units());
    assertThat(JobHashes.itemsRoot(items, open.salt())).isEqualTo(commit.itemsRoot());
    assertThat(items.get(1).stdout()).asString(UTF_8).isEqualTo("two");

    RunRequest request = fixture.runtime.requests().getFirst();
    Hash32 seed = JobHashes.randomSeed(FakeLedger.GENESIS, JOB);
    assertThat(request.limits()).isEqualTo(new Limits(1_000, 16, 4_096));
    assertThat(request.seed())
        .isEqualTo(new Seed(seed.word0(), seed.word1(), seed.word2(), seed.word3()));
    assertThat(request.program()).isInstanceOf(Content.InFile.class);
    assertThat(provider.keptJobs()).isEmpty();
    assertThat(fixture.work()).isEmptyDirectory();
  }

  @Test
  void nothingIsCommittedBeforeTheResultIsStoredAndTheSaltIsOnDisk() throws Exception {
    ledger.onGive(command -> {
      assertThat(fixture.vault.resolve("result-5.json")).exists();
      assertThat(fixture.vault.resolve("result-5.zip")).exists();
      assertThat(ledger.has(Sha256.of(bundleOnDisk()))).isTrue();
    });
    assertThat(run(fixture.provider())).isInstanceOf(Ending.Done.class);
  }

  private byte[] bundleOnDisk() {
    try {
      return Files.readAllBytes(fixture.vault.resolve("result-5.zip"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void afterARestartBeforeTheCommitItCommitsToTheSameResult() throws Exception {
    ledger.failNext(new GatewayUnreachable("away", null));
    assertThatThrownBy(() -> run(fixture.provider())).isInstanceOf(GatewayUnreachable.class);
    assertThat(run(fixture.provider())).isInstanceOf(Ending.Done.class);
    assertThat(fixture.runtime.requests()).hasSize(1);
  }

  @Test
  void afterARestartBetweenCommitAndOpenItOpensWhatItCommitted() throws Exception {
    assertThat(run(fixture.provider())).isInstanceOf(Ending.Done.class);
    Command.CommitResult commit = (Command.CommitResult) ledger.lastGiven();
    ProviderPart restarted = fixture.provider();
    assertThat(restarted.keptJobs()).containsExactly(JOB);
    assertThat(openResult(restarted)).isInstanceOf(Ending.Done.class);
    Command.OpenResult open = (Command.OpenResult) ledger.lastGiven();
    assertThat(commit.saltedResult())
        .isEqualTo(
            JobHashes.saltedResult(
                FakeLedger.GENESIS, JOB, open.resultRoot(), open.units(), open.salt()));
    assertThat(fixture.runtime.requests()).hasSize(1);
  }

  @Test
  void lateIsLate() throws Exception {
    ledger.timeIs(Jobs.DEADLINE_MS);
    assertThat(run(fixture.provider())).isInstanceOf(Ending.Again.class);
    assertThat(ledger.given()).isEmpty();
    // The network stood still meanwhile: there is time left after all.
    ledger.timeIs(Jobs.DEADLINE_MS - 1);
    assertThat(run(fixture.provider())).isInstanceOf(Ending.Done.class);
    assertThat(fixture.runtime.requests()).hasSize(1);
  }

  @Test
  void aFaultOfThisMachineIsTriedAgainUnlessTheRuntimeIsClosed() throws Exception {
    ProviderPart provider = fixture.provider();
    for (ProviderFault.Kind kind : ProviderFault.Kind.values()) {
      fixture.runtime.failNext(kind);
      assertThat(run(provider))
          .isInstanceOf(
              kind == ProviderFault.Kind.CLOSED ? Ending.Never.class : Ending.Again.class);
    }
    assertThat(ledger.given()).isEmpty();
    assertThat(run(provider)).isInstanceOf(Ending.Done.class);
  }

  @Test
  void aBodyThatIsNotThereIsTriedAgain() throws Exception {
    ledger.drop(terms.program());
    assertThat(run(fixture.provider())).isInstanceOf(Ending.Again.class);
    ledger.store(Jobs.PROGRAM);
    assertThat(run(fixture.provider())).isInstanceOf(Ending.Done.class);
  }

  @Test
  void aRefusalIsAnEndingToo() throws Exception {
    ProviderPart provider = fixture.provider();
    ledger.onGive(command -> ledger.failNext(FakeLedger.refused(Refusal.WRONG_STATE, 321)));
    assertThat(run(provider)).isEqualTo(new Ending.Refused(321, "WRONG_STATE: no"));
    assertThat(openResult(provider)).isEqualTo(new Ending.Refused(321, "WRONG_STATE: no"));
    assertThat(provider.keptJobs()).containsExactly(JOB);
  }

  @Test
  void aResultThatTheStoreLostIsStoredAgainWhenItIsOpened() throws Exception {
    ProviderPart provider = fixture.provider();
    assertThat(run(provider)).isInstanceOf(Ending.Done.class);
    Hash32 body = Sha256.of(bundleOnDisk());
    ledger.drop(body);
    assertThat(openResult(provider)).isInstanceOf(Ending.Done.class);
    assertThat(ledger.has(body)).isTrue();
  }

  @Test
  void anotherProblemOfOpeningIsNotHidden() throws Exception {
    ProviderPart provider = fixture.provider();
    assertThat(run(provider)).isInstanceOf(Ending.Done.class);
    ledger.failNext(FakeLedger.problem("BODY_MISMATCH", 422));
    assertThatThrownBy(() -> openResult(provider)).isInstanceOf(GatewayProblem.class);
  }

  @Test
  void withoutItsSaltAResultIsLost() throws Exception {
    assertThat(openResult(fixture.provider())).isInstanceOf(Ending.Never.class);
    Files.writeString(fixture.vault.resolve("result-5.json"), "{torn");
    assertThatThrownBy(() -> openResult(fixture.provider()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void whatNobodyCanRunIsAResultOfItsOwn() throws Exception {
    byte[][] bad = {
      {1, 2, 3}, Jobs.bundle("one"), Jobs.bundle("a\0b", "two"), Jobs.bundle("\ud800", "x")
    };
    ProviderPart provider = fixture.provider();
    for (byte[] bundle : bad) {
      terms = Jobs.terms(ledger, JOB, 2, bundle);
      assertThat(run(provider)).isInstanceOf(Ending.Done.class);
      assertThat(openResult(provider)).isInstanceOf(Ending.Done.class);
      Command.OpenResult open = (Command.OpenResult) ledger.lastGiven();
      assertThat(open.units()).isZero();
      assertThat(open.resultRoot())
          .isEqualTo(JobHashes.resultRoot(List.of(ItemOutput.invalid(), ItemOutput.invalid())));
    }
    assertThat(fixture.runtime.requests()).isEmpty();
  }

  @Test
  void aFullDiskStartsNoProgram() throws Exception {
    NodeLimits greedy = new NodeLimits(1, 1, 1, 1, Long.MAX_VALUE, 1, 1, 1);
    Execution execution =
        new Execution(
            new BodyCache(
                Files.createDirectories(root.resolve("other")), ledger, PartFixture.LIMITS),
            new Unsealing(ledger),
            fixture.runtime,
            FakeLedger.GENESIS,
            greedy,
            fixture.work());
    assertThatThrownBy(() -> execution.run(terms))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("free");
  }

  @Test
  void aJobThatIsOverIsForgottenAlone() throws Exception {
    ProviderPart provider = fixture.provider();
    assertThat(run(provider)).isInstanceOf(Ending.Done.class);
    terms = Jobs.terms(ledger, 55);
    assertThat(run(provider)).isInstanceOf(Ending.Done.class);
    provider.forget(JOB);
    assertThat(provider.keptJobs()).containsExactly(55L);
  }

  @Test
  void itGivesNoVerdicts() throws Exception {
    ProviderPart provider = fixture.provider();
    assertThat(provider.perform(Jobs.duty(SEAL_VERDICT, terms), 0))
        .isInstanceOf(Ending.Never.class);
    assertThat(provider.perform(Jobs.duty(OPEN_VERDICT, terms), 0))
        .isInstanceOf(Ending.Never.class);
  }
}
