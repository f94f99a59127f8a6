package ai.ubc.engine;

import static ai.ubc.engine.JobRig.FIRST_VALIDATOR;
import static ai.ubc.engine.JobRig.OTHER_ROOT;
import static ai.ubc.engine.JobRig.OUTSIDER;
import static ai.ubc.engine.JobRig.PRICE;
import static ai.ubc.engine.JobRig.PROVIDER;
import static ai.ubc.engine.JobRig.REQUESTER;
import static ai.ubc.engine.JobRig.ROOT;
import static ai.ubc.engine.JobRig.UNITS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import ai.ubc.domain.Verdict;
import ai.ubc.domain.rules.JobWindows;
import ai.ubc.testkit.ChangedRecord;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Attacks that the rules once allowed")
class AttacksTest {
  private static final int PROVIDER_ROLE = Role.PROVIDER.code();
  private static final int VALIDATOR_ROLE = Role.VALIDATOR.code();

  private final JobRig jobs = new JobRig(GenesisParameters.production());
  private final Rig rig = jobs.rig;

  private static Command.SubmitJob with(Command.SubmitJob job, long units, long runWindowMs) {
    return ChangedRecord.of(job, Map.of("maxUnits", units, "runWindowMs", runWindowMs));
  }

  @Test
  @DisplayName("JOB-001, JOB-006: a run window that a slow machine can not keep burns no bond")
  void aRunWindowCoversTheWork() {
    Command.SubmitJob job = JobRig.quorumJob(3);
    // 30 s, and 5 M units at 10 M a second.
    rig.refused(Refusal.INVALID_WINDOW, REQUESTER, with(job, UNITS, 1));
    rig.refused(Refusal.INVALID_WINDOW, REQUESTER, with(job, UNITS, 30_499));
    rig.refused(Refusal.INVALID_WINDOW, REQUESTER, with(job, UNITS + 1, 30_500));
    rig.done(REQUESTER, with(job, UNITS, 30_500));
  }

  @Test
  @DisplayName("JOB-001: a job too large for any window is refused")
  void aJobFitsTheLongestWindow() {
    GenesisParameters parameters = rig.parameters();
    long units = JobWindows.unitsMax(parameters);
    Command.SubmitJob job = with(JobRig.plainJob(), units + 1, parameters.runWindowMaxMs());
    rig.refused(Refusal.INVALID_WINDOW, REQUESTER, job);
  }

  @Test
  @DisplayName("VER-003: validators have the time to run the job again")
  void theSealWindowCoversTheWork() {
    long job = jobs.submitUntilDrawn(3, ROOT, UNITS);
    rig.nowMs += rig.parameters().sealWindowMs() + 499;
    jobs.sealAll(job, 0, Verdict.DIGEST, ROOT, UNITS);
    assertThat(rig.eventsOf(Event.JobStateChanged.class)).hasSize(1);
  }

  @Test
  @DisplayName("JOB-001: a requester can not have its job judged by one validator")
  void aQuorumIsMoreThanOne() {
    rig.refused(Refusal.INVALID_VALIDATORS, REQUESTER, JobRig.quorumJob(1));
    rig.refused(Refusal.INVALID_VALIDATORS, REQUESTER, JobRig.quorumJob(2));
  }

  @Test
  @DisplayName("VER-015: validators can not raise their reward out of an honest provider's bond")
  void aFalseRefutationEarnsNoMoreThanTheResultClaimed() {
    // A program that ends at once, with a large limit; the requester's friends are drawn.
    long job = jobs.submitUntilDrawn(3, ROOT, 1_000);
    long before = rig.free(jobs.drawn(0));
    jobs.sealAll(job, 0, Verdict.DIGEST, OTHER_ROOT, UNITS);
    jobs.openAll(job, 0, Verdict.DIGEST, OTHER_ROOT, UNITS);
    jobs.openResult(job, ROOT, 1_000);

    assertThat(rig.eventsOf(Event.JobJudged.class).getFirst().ending())
        .isEqualTo(JobEnding.FRAUD.code());
    // 1.25 times the minimum price, not 1.25 times the limit's.
    assertThat(rig.free(jobs.drawn(0)) - before).isEqualTo(12_500);
  }

  @Test
  @DisplayName("VER-013: one large bond among small ones does not decide alone")
  void oneLargeBondDoesNotDecideAlone() {
    for (int validator = FIRST_VALIDATOR; validator < FIRST_VALIDATOR + 7; validator++) {
      rig.done(validator, new Command.Bond(VALIDATOR_ROLE, validator));
    }
    rig.done(OUTSIDER, new Command.Bond(VALIDATOR_ROLE, 9 * JobRig.BOND));
    for (int attempt = 0; attempt < 20; attempt++) {
      long job = jobs.submitUntilDrawn(3, OTHER_ROOT, UNITS);
      for (int validator : jobs.drawn()) {
        boolean lies = validator == OUTSIDER;
        jobs.seal(job, 0, validator, Verdict.DIGEST, lies ? OTHER_ROOT : ROOT, UNITS);
      }
      for (int validator : jobs.drawn()) {
        boolean lies = validator == OUTSIDER;
        jobs.open(job, 0, validator, Verdict.DIGEST, lies ? OTHER_ROOT : ROOT, UNITS);
      }
      jobs.openResult(job, OTHER_ROOT, UNITS);
      JobEnding expected = jobs.drawn().contains(OUTSIDER) ? JobEnding.UNCHECKED : JobEnding.FRAUD;
      assertThat(rig.eventsOf(Event.JobJudged.class).getFirst().ending())
          .isEqualTo(expected.code());
    }
  }

  @Test
  @DisplayName("SET-001: no job is free, however little it used")
  void noJobIsFree() {
    long before = rig.free(REQUESTER);
    long job = jobs.submit(JobRig.plainJob());
    rig.done(PROVIDER, jobs.commitTo(job, ROOT, 0));
    jobs.openResult(job, ROOT, 0);
    jobs.passMs(rig.parameters().disputeWindowMs());
    assertThat(before - rig.free(REQUESTER)).isEqualTo(10_200);
  }

  @Test
  @DisplayName("OFR-001, BND-002: each open offer has a bond behind it as long as it is open")
  void offersCanNotOutliveTheirBond() {
    long least = rig.parameters().bondMinMicros();
    rig.done(OUTSIDER, new Command.Bond(PROVIDER_ROLE, 2 * least - 1));
    rig.done(OUTSIDER, new Command.PlaceOffer(1, PRICE, UNITS));
    rig.refused(Refusal.INSUFFICIENT_BOND, OUTSIDER, new Command.PlaceOffer(1, PRICE, UNITS));
    rig.nowMs += rig.parameters().bondUnlockMs();
    rig.refused(Refusal.INSUFFICIENT_BOND, OUTSIDER, new Command.Unbond(PROVIDER_ROLE, least));
    rig.done(OUTSIDER, new Command.Unbond(PROVIDER_ROLE, least - 1));
    rig.done(OUTSIDER, new Command.CancelOffer(2));
    rig.done(OUTSIDER, new Command.Unbond(PROVIDER_ROLE, least));
  }

  @Test
  @DisplayName("JOB-004: bonds of dust are not drawn")
  void bondsOfDustAreNotDrawn() {
    long least = rig.parameters().bondMinMicros();
    JobRig few = new JobRig(new Rig(GenesisParameters.production(), Rig.LIMITS), 2);
    few.rig.done(OUTSIDER, new Command.Bond(VALIDATOR_ROLE, least - 1));
    few.rig.refused(Refusal.NO_VALIDATORS, REQUESTER, JobRig.quorumJob(3));
    few.rig.done(OUTSIDER, new Command.Bond(VALIDATOR_ROLE, 1));
    few.submit(JobRig.quorumJob(3));
  }

  @Test
  @DisplayName("BND-003: nobody bonds for a single draw and takes the bond back")
  void aFreshBondIsLocked() {
    rig.done(OUTSIDER, new Command.Bond(VALIDATOR_ROLE, JobRig.BOND));
    rig.refused(Refusal.BOND_LOCKED, OUTSIDER, new Command.Unbond(VALIDATOR_ROLE, 1));
    rig.nowMs += rig.parameters().bondUnlockMs();
    rig.done(OUTSIDER, new Command.Unbond(VALIDATOR_ROLE, JobRig.BOND));
  }
}
