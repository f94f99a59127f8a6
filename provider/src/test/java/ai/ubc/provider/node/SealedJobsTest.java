package ai.ubc.provider.node;

import static ai.ubc.provider.node.Duty.Action.OPEN_RESULT;
import static ai.ubc.provider.node.Duty.Action.OPEN_VERDICT;
import static ai.ubc.provider.node.Duty.Action.RUN;
import static ai.ubc.provider.node.Duty.Action.SEAL_VERDICT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.codec.seal.Blinding;
import ai.ubc.codec.seal.JobKey;
import ai.ubc.codec.seal.SealedBody;
import ai.ubc.codec.seal.SealedInput;
import ai.ubc.codec.seal.WrappedKey;
import ai.ubc.domain.Command;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Verdict;
import ai.ubc.sdk.GatewayProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Provider and validator of a job whose bodies are sealed. */
final class SealedJobsTest {
  private static final long JOB = 5;
  private static final int BUYER = 3;
  private static final int PROVIDER = FakeLedger.ACCOUNT;
  private static final int VALIDATOR = 9;
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path root;

  private final JobKey key = JobKey.random(FakeLedger.GENESIS, RANDOM);
  private PartFixture fixture;
  private FakeLedger ledger;

  @BeforeEach
  void open() throws Exception {
    fixture = new PartFixture(root);
    ledger = fixture.ledger;
    ledger.leaseIs(PROVIDER);
    ledger.drawnAre(VALIDATOR);
  }

  private WrappedKey wrap(int reader) {
    return key.wrapFor(FakeLedger.secret(reader).publicKey()).orElseThrow();
  }

  private SealedInput.Recipient recipient(int account, WrappedKey wrapped) {
    return new SealedInput.Recipient(
        FakeLedger.secret(account).statement(FakeLedger.network(), account), wrapped);
  }

  private Terms terms(SealedInput.Recipient... recipients) {
    SealedInput header = new SealedInput(key.commitment(), wrap(BUYER), List.of(recipients));
    return new Terms(
        JOB,
        ledger.store(key.sealProgram(Jobs.PROGRAM, RANDOM)),
        ledger.store(header.seal(key, Jobs.bundle("a secret word"), RANDOM)),
        1,
        1_000);
  }

  private Command.OpenResult providerOpens(Terms terms) throws Exception {
    ledger.accountIs(PROVIDER);
    ProviderPart provider = fixture.provider();
    assertThat(provider.perform(Jobs.duty(RUN, terms), 0)).isInstanceOf(Ending.Done.class);
    provider.tend(new Agenda(0, List.of()));
    assertThat(provider.perform(Jobs.duty(OPEN_RESULT, terms), 0)).isInstanceOf(Ending.Done.class);
    return ledger.given().stream()
        .filter(Command.OpenResult.class::isInstance)
        .map(Command.OpenResult.class::cast)
        .toList()
        .getLast();
  }

  private Command.OpenVerdict validatorOpens(Terms terms) throws Exception {
    ledger.accountIs(VALIDATOR);
    ValidatorPart validator = fixture.validator();
    assertThat(validator.perform(Jobs.duty(SEAL_VERDICT, terms), 0))
        .isInstanceOf(Ending.Done.class);
    assertThat(validator.perform(Jobs.duty(OPEN_VERDICT, terms), 0))
        .isInstanceOf(Ending.Done.class);
    return (Command.OpenVerdict) ledger.lastGiven();
  }

  @Test
  void theValidatorReadsByTheProvidersKeyAndFindsTheSame() throws Exception {
    Terms terms = terms(recipient(PROVIDER, wrap(PROVIDER)));
    Command.OpenResult result = providerOpens(terms);
    assertThat(ledger.keysLeft()).containsExactly(java.util.Map.entry(VALIDATOR, wrap(VALIDATOR)));
    Command.OpenVerdict verdict = validatorOpens(terms);
    assertThat(verdict.verdict()).isEqualTo(Verdict.DIGEST.code());
    assertThat(verdict.resultRoot()).isEqualTo(result.resultRoot());
    assertThat(verdict.units()).isEqualTo(result.units()).isPositive();
    assertThat(fixture.runtime.requests()).hasSize(2);
  }

  @Test
  void theResultIsSealedForTheBuyerAndItsDigestCanNotBeGuessed() throws Exception {
    Command.OpenResult opened = providerOpens(terms(recipient(PROVIDER, wrap(PROVIDER))));
    byte[] body = ledger.body(opened.body());
    byte[] plain = SealedBody.read(SealedBody.Kind.RESULT, body).flatMap(key::open).orElseThrow();
    List<ItemOutput> items = ResultBundle.read(new ByteArrayInputStream(plain));
    assertThat(JobHashes.resultRoot(items)).isEqualTo(opened.resultRoot());
    List<ItemOutput> unblinded = Blinding.remove(key, items).orElseThrow();
    assertThat(JobHashes.resultRoot(unblinded)).isNotEqualTo(opened.resultRoot());
  }

  @Test
  void nothingOfTheJobLiesOpenInTheCacheOrAfterTheRunAnywhere() throws Exception {
    Terms terms = terms(recipient(PROVIDER, wrap(PROVIDER)));
    providerOpens(terms);
    validatorOpens(terms);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(text(file)).as(file.toString()).doesNotContain("a secret word");
      }
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), ISO_8859_1);
  }

  @Test
  void rubbishInsteadOfTheKeyIsAResultThatValidatorsFindToo() throws Exception {
    byte[] rubbish = wrap(PROVIDER).bytes();
    rubbish[40] ^= 1;
    Terms terms = terms(recipient(PROVIDER, WrappedKey.of(rubbish).orElseThrow()));
    Command.OpenResult result = providerOpens(terms);
    assertThat(result.resultRoot()).isEqualTo(JobHashes.resultRoot(List.of(ItemOutput.invalid())));
    assertThat(result.units()).isZero();
    assertThat(ledger.keysLeft()).isEmpty();
    ledger.leave(JOB, VALIDATOR, wrap(VALIDATOR)); // by the buyer, who would see it slashed
    Command.OpenVerdict verdict = validatorOpens(terms);
    assertThat(verdict.resultRoot()).isEqualTo(result.resultRoot());
    assertThat(fixture.runtime.requests()).isEmpty();
  }

  @Test
  void aJobSealedForOthersIsAResultThatValidatorsFindWithoutAnyKey() throws Exception {
    for (Terms terms : List.of(terms(), terms(recipient(8, wrap(8))))) {
      Command.OpenResult result = providerOpens(terms);
      Command.OpenVerdict verdict = validatorOpens(terms);
      assertThat(verdict.verdict()).isEqualTo(Verdict.DIGEST.code());
      assertThat(verdict.resultRoot())
          .isEqualTo(result.resultRoot())
          .isEqualTo(JobHashes.resultRoot(List.of(ItemOutput.invalid())));
    }
  }

  @Test
  void aProviderThatFeignsRubbishIsContradicted() throws Exception {
    ledger.leave(JOB, VALIDATOR, wrap(VALIDATOR)); // by the buyer
    Command.OpenVerdict verdict = validatorOpens(terms(recipient(PROVIDER, wrap(PROVIDER))));
    assertThat(verdict.resultRoot())
        .isNotEqualTo(JobHashes.resultRoot(List.of(ItemOutput.invalid())));
    assertThat(verdict.units()).isPositive();
  }

  @Test
  void aKeyOfAnotherJobIsNotTaken() throws Exception {
    JobKey other = JobKey.random(FakeLedger.GENESIS, RANDOM);
    ledger.leave(
        JOB, VALIDATOR, other.wrapFor(FakeLedger.secret(VALIDATOR).publicKey()).orElseThrow());
    Command.OpenVerdict verdict = validatorOpens(terms(recipient(PROVIDER, wrap(PROVIDER))));
    assertThat(verdict.verdict()).isEqualTo(Verdict.UNAVAILABLE.code());
  }

  @Test
  void aValidatorWaitsForTheKeyForHalfOfTheFixedWindow() throws Exception {
    Terms terms = terms(recipient(PROVIDER, wrap(PROVIDER)));
    long fixedMs = GenesisParameters.development().sealWindowMs();
    Duty duty = new Duty(new Duty.Key(SEAL_VERDICT, JOB, 0), 1_000_000, terms);
    ledger.accountIs(VALIDATOR);
    ledger.timeIs(1_000_000 - fixedMs);
    ValidatorPart validator = fixture.validator();
    assertThat(validator.perform(duty, 100)).isInstanceOf(Ending.Again.class);
    ledger.timeIs(1_000_000 - fixedMs / 2);
    assertThat(validator.perform(duty, 0)).isInstanceOf(Ending.Done.class);
    assertThat(ledger.lastGiven()).isInstanceOf(Command.SealVerdict.class);
  }

  @Test
  void theProviderGivesTheKeyOnceAlsoAfterARestart() throws Exception {
    Terms terms = terms(recipient(PROVIDER, wrap(PROVIDER)));
    assertThat(fixture.provider().perform(Jobs.duty(RUN, terms), 0))
        .isInstanceOf(Ending.Done.class);
    ledger.drawnAre(VALIDATOR, 10, 11);
    ledger.readsNoKeys(10);
    ProviderPart restarted = fixture.provider();
    ledger.failNext(FakeLedger.problem(GatewayProblem.ACCESS_DENIED, 503));
    assertThatThrownBy(() -> restarted.tend(new Agenda(0, List.of())))
        .isInstanceOf(GatewayProblem.class);
    restarted.tend(new Agenda(0, List.of()));
    assertThat(ledger.keysLeft()).containsOnlyKeys(VALIDATOR, 11);
    restarted.forget(JOB);
    ledger.drawnAre(12);
    restarted.tend(new Agenda(0, List.of()));
    assertThat(ledger.keysLeft()).containsOnlyKeys(VALIDATOR, 11);
    assertThat(fixture.vault.resolve("result-5.key")).doesNotExist();
  }

  @Test
  void aLedgerThatDoesNotKnowASealedJobAnyMoreDoesNotStopTheNode() throws Exception {
    ProviderPart provider = fixture.provider();
    Terms terms = terms(recipient(PROVIDER, wrap(PROVIDER)));
    assertThat(provider.perform(Jobs.duty(RUN, terms), 0)).isInstanceOf(Ending.Done.class);
    ledger.isUnknownNow(JOB);
    NodeCore core = new NodeCore("provider", ledger, provider, PartFixture.LIMITS);
    core.step(0);
    assertThat(core.isReconciled()).isTrue();
    assertThat(ledger.lastGiven()).isInstanceOf(Command.PlaceOffer.class);
    assertThat(provider.keptJobs()).isEmpty();
    assertThat(ledger.keysLeft()).isEmpty();
  }

  @Test
  void aDamagedProgramIsAResult() throws Exception {
    Terms whole = terms(recipient(PROVIDER, wrap(PROVIDER)));
    byte[] other = JobKey.random(FakeLedger.GENESIS, RANDOM).sealProgram(Jobs.PROGRAM, RANDOM);
    Hash32 program = ledger.store(other);
    Terms terms = new Terms(JOB, program, whole.input(), 1, 1_000);
    assertThat(providerOpens(terms).resultRoot())
        .isEqualTo(JobHashes.resultRoot(List.of(ItemOutput.invalid())));
  }
}
