package ai.ubc.provider.node;

import static ai.ubc.provider.node.Duty.Action.OPEN_RESULT;
import static ai.ubc.provider.node.Duty.Action.OPEN_VERDICT;
import static ai.ubc.provider.node.Duty.Action.RUN;
import static ai.ubc.provider.node.Duty.Action.SEAL_VERDICT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Verdict;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.GatewayUnreachable;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidatorPartTest {
  private static final long JOB = 5;
  private static final int ROUND = 2;

  @TempDir Path root;

  private PartFixture fixture;
  private FakeLedger ledger;
  private Terms terms;

  @BeforeEach
  void open() throws Exception {
    fixture = new PartFixture(root);
    ledger = fixture.ledger;
    terms = Jobs.terms(ledger, JOB);
  }

  private Duty duty(Duty.Action action) {
    return new Duty(new Duty.Key(action, JOB, ROUND), Jobs.DEADLINE_MS, terms);
  }

  private static Hash32 sealOf(Command.OpenVerdict open) {
    return JobHashes.seal(
        FakeLedger.GENESIS,
        open.job(),
        open.round(),
        FakeLedger.ACCOUNT,
        Verdict.of(open.verdict()),
        open.resultRoot(),
        open.units(),
        open.salt());
  }

  @Test
  void itSealsWhatItFoundAndOpensThat() throws Exception {
    ValidatorPart validator = fixture.validator();
    assertThat(validator.perform(duty(SEAL_VERDICT), 0)).isEqualTo(new Ending.Done(ledger.seq()));
    Command.SealVerdict seal = (Command.SealVerdict) ledger.lastGiven();
    assertThat(validator.perform(duty(OPEN_VERDICT), 0)).isEqualTo(new Ending.Done(ledger.seq()));
    Command.OpenVerdict open = (Command.OpenVerdict) ledger.lastGiven();
    assertThat(seal).isEqualTo(new Command.SealVerdict(JOB, ROUND, sealOf(open)));
    assertThat(open.verdict()).isEqualTo(Verdict.DIGEST.code());
    assertThat(validator.keptJobs()).isEmpty();
  }

  @Test
  void itFindsWhatAnHonestProviderFindsAlsoWhereNobodyCanRunTheJob() throws Exception {
    for (byte[] bundle : new byte[][] {Jobs.bundle("hello"), {1, 2, 3}, Jobs.bundle("a", "b")}) {
      terms = Jobs.terms(ledger, JOB, 1, bundle);
      ProviderPart provider = fixture.provider();
      assertThat(provider.perform(duty(RUN), 0)).isInstanceOf(Ending.Done.class);
      assertThat(provider.perform(duty(OPEN_RESULT), 0)).isInstanceOf(Ending.Done.class);
      Command.OpenResult result = (Command.OpenResult) ledger.lastGiven();
      ValidatorPart validator = fixture.validator();
      assertThat(validator.perform(duty(SEAL_VERDICT), 0)).isInstanceOf(Ending.Done.class);
      assertThat(validator.perform(duty(OPEN_VERDICT), 0)).isInstanceOf(Ending.Done.class);
      Command.OpenVerdict verdict = (Command.OpenVerdict) ledger.lastGiven();
      assertThat(verdict.resultRoot()).isEqualTo(result.resultRoot());
      assertThat(verdict.units()).isEqualTo(result.units());
    }
  }

  @Test
  void nothingIsSealedBeforeTheSaltIsOnDisk() throws Exception {
    ledger.onGive(command -> assertThat(fixture.vault.resolve("verdict-5-2.json")).exists());
    assertThat(fixture.validator().perform(duty(SEAL_VERDICT), 0)).isInstanceOf(Ending.Done.class);
  }

  @Test
  void afterARestartItSealsAndOpensTheSame() throws Exception {
    ledger.failNext(new GatewayUnreachable("away", null));
    assertThatThrownBy(() -> fixture.validator().perform(duty(SEAL_VERDICT), 0))
        .isInstanceOf(GatewayUnreachable.class);
    assertThat(fixture.validator().perform(duty(SEAL_VERDICT), 1)).isInstanceOf(Ending.Done.class);
    Command.SealVerdict seal = (Command.SealVerdict) ledger.lastGiven();
    assertThat(fixture.validator().keptJobs()).containsExactly(JOB);
    assertThat(fixture.validator().perform(duty(OPEN_VERDICT), 0)).isInstanceOf(Ending.Done.class);
    assertThat(sealOf((Command.OpenVerdict) ledger.lastGiven())).isEqualTo(seal.seal());
    assertThat(fixture.runtime.requests()).hasSize(1);
  }

  @Test
  void aBodyThatStaysAwayIsAVerdict() throws Exception {
    ledger.drop(terms.input());
    ValidatorPart validator = fixture.validator();
    assertThat(validator.perform(duty(SEAL_VERDICT), 0)).isInstanceOf(Ending.Again.class);
    assertThat(validator.perform(duty(SEAL_VERDICT), 1)).isInstanceOf(Ending.Again.class);
    assertThat(validator.perform(duty(SEAL_VERDICT), 2)).isInstanceOf(Ending.Done.class);
    Command.SealVerdict seal = (Command.SealVerdict) ledger.lastGiven();
    assertThat(validator.perform(duty(OPEN_VERDICT), 0)).isInstanceOf(Ending.Done.class);
    Command.OpenVerdict open = (Command.OpenVerdict) ledger.lastGiven();
    assertThat(open.verdict()).isEqualTo(Verdict.UNAVAILABLE.code());
    assertThat(open.resultRoot()).isEqualTo(Hash32.ZERO);
    assertThat(sealOf(open)).isEqualTo(seal.seal());
  }

  @Test
  void aGatewayThatIsAwayIsNotTakenForAMissingBody() throws Exception {
    ledger.failNextBody(FakeLedger.problem("STORE_UNAVAILABLE", 503));
    assertThatThrownBy(() -> fixture.validator().perform(duty(SEAL_VERDICT), 9))
        .isInstanceOf(GatewayProblem.class);
    assertThat(ledger.given()).isEmpty();
  }

  @Test
  void lateIsLate() throws Exception {
    ledger.timeIs(Jobs.DEADLINE_MS);
    assertThat(fixture.validator().perform(duty(SEAL_VERDICT), 0)).isInstanceOf(Ending.Again.class);
    assertThat(ledger.given()).isEmpty();
    // The network stood still meanwhile: there is time left after all.
    ledger.timeIs(Jobs.DEADLINE_MS - 1);
    assertThat(fixture.validator().perform(duty(SEAL_VERDICT), 1)).isInstanceOf(Ending.Done.class);
    assertThat(fixture.runtime.requests()).hasSize(1);
  }

  @Test
  void aFaultOfThisMachineIsNeverAVerdict() throws Exception {
    ValidatorPart validator = fixture.validator();
    fixture.runtime.failNext(ProviderFault.Kind.OUT_OF_MEMORY);
    assertThat(validator.perform(duty(SEAL_VERDICT), 9)).isInstanceOf(Ending.Again.class);
    fixture.runtime.failNext(ProviderFault.Kind.CLOSED);
    assertThat(validator.perform(duty(SEAL_VERDICT), 9)).isInstanceOf(Ending.Never.class);
    assertThat(ledger.given()).isEmpty();
  }

  @Test
  void aRefusalIsAnEndingToo() throws Exception {
    ValidatorPart validator = fixture.validator();
    ledger.failNext(FakeLedger.refused(Refusal.WRONG_ROUND, 321));
    assertThat(validator.perform(duty(SEAL_VERDICT), 0))
        .isEqualTo(new Ending.Refused(321, "WRONG_ROUND: no"));
    ledger.failNext(FakeLedger.refused(Refusal.WRONG_STATE, 322));
    assertThat(validator.perform(duty(OPEN_VERDICT), 0))
        .isEqualTo(new Ending.Refused(322, "WRONG_STATE: no"));
    assertThat(validator.keptJobs()).containsExactly(JOB);
    validator.forget(JOB);
    assertThat(validator.keptJobs()).isEmpty();
  }

  @Test
  void whatIsNotWhatWasSealedIsNeverOpened() throws Exception {
    ValidatorPart validator = fixture.validator();
    assertThat(validator.perform(duty(SEAL_VERDICT), 0)).isInstanceOf(Ending.Done.class);
    ledger.failNext(FakeLedger.refused(Refusal.HASH_MISMATCH, 321));
    assertThat(validator.perform(duty(OPEN_VERDICT), 0))
        .isEqualTo(new Ending.Never("HASH_MISMATCH: no"));
  }

  @Test
  void withoutItsSaltAVerdictIsLost() throws Exception {
    assertThat(fixture.validator().perform(duty(OPEN_VERDICT), 0)).isInstanceOf(Ending.Never.class);
  }

  @Test
  void itDeliversNoResults() throws Exception {
    ValidatorPart validator = fixture.validator();
    assertThat(validator.perform(duty(RUN), 0)).isInstanceOf(Ending.Never.class);
    assertThat(validator.perform(duty(OPEN_RESULT), 0)).isInstanceOf(Ending.Never.class);
    validator.tend(Agenda.NONE);
    assertThat(ledger.given()).isEmpty();
  }
}
