package ai.ubc.engine;

import static ai.ubc.engine.JobRig.BOND;
import static ai.ubc.engine.JobRig.PROVIDER;
import static ai.ubc.engine.JobRig.REQUESTER;
import static ai.ubc.engine.JobRig.ROOT;
import static ai.ubc.engine.JobRig.TREASURY;
import static ai.ubc.engine.JobRig.UNITS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Event;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.Role;
import ai.ubc.domain.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs from submission to close, by the amounts. */
class WholeJobTest {
  // 5 M units at 2 COMPUTE a million: P = 10 COMPUTE.
  private static final long P = 10_000_000;

  @Test
  void anAcceptedJobPaysProviderValidatorsTreasuryAndBurns() {
    JobRig jobs = new JobRig();
    long job = jobs.submitUntilDrawn(3, ROOT, 4_000_000);
    jobs.sealAll(job, 0, Verdict.DIGEST, ROOT, 4_000_000);
    jobs.openAll(job, 0, Verdict.DIGEST, ROOT, 4_000_000);
    jobs.openResult(job, ROOT, 4_000_000);

    assertThat(jobs.rig.eventsOf(Event.JobJudged.class))
        .containsExactly(
            new Event.JobJudged(job, JobEnding.ACCEPTED.code(), 4_000_000, 3 * BOND, 3 * BOND));
    // pay 8, fee 2 %, burn 1 %, checking 1.25 · 3 · 8.
    assertThat(jobs.rig.eventsOf(Event.JobSettled.class))
        .containsExactly(new Event.JobSettled(job, 8_000_000, 160_000, 80_000, 30_000_000));
    assertThat(jobs.rig.free(PROVIDER)).isEqualTo(Rig.FUNDS - BOND + 8_000_000);
    assertThat(jobs.rig.free(REQUESTER)).isEqualTo(Rig.FUNDS - 8_000_000 - 160_000 - 30_000_000);
    assertThat(jobs.rig.free(TREASURY)).isEqualTo(80_000);
    assertThat(jobs.rig.burned()).isEqualTo(80_000);
    for (int validator : jobs.drawn()) {
      assertThat(jobs.rig.free(validator)).isEqualTo(Rig.FUNDS - BOND + 10_000_000);
      assertThat(jobs.rig.bondOf(validator, Role.VALIDATOR)).isEqualTo(BOND);
    }

    List<Event> last = jobs.passMs(jobs.rig.parameters().disputeWindowMs());
    assertThat(last.getLast()).isEqualTo(new Event.JobClosed(job, JobEnding.ACCEPTED.code()));
    assertThat(jobs.rig.bondOf(PROVIDER, Role.PROVIDER)).isEqualTo(BOND);
    assertThat(jobs.rig.engine.openJobs()).isZero();
  }

  @Test
  void aFraudCostsTheProviderItsBondAndTheRequesterNothing() {
    JobRig jobs = new JobRig();
    long job = jobs.submitUntilDrawn(3, JobRig.OTHER_ROOT, UNITS);
    jobs.sealAll(job, 0, Verdict.DIGEST, ROOT, 4_000_000);
    jobs.openAll(job, 0, Verdict.DIGEST, ROOT, 4_000_000);
    jobs.openResult(job, JobRig.OTHER_ROOT, UNITS);

    // S = 10 % P + fee + V = 1 + 0.2 + 37.5; V' = 1.25 · 3 · 8.
    long bond = P / 10 + P / 50 + 37_500_000;
    assertThat(jobs.rig.eventsOf(Event.JobSettled.class))
        .containsExactly(new Event.JobSettled(job, 0, 0, bond - 30_000_000, 30_000_000));
    assertThat(jobs.rig.free(REQUESTER)).isEqualTo(Rig.FUNDS);
    assertThat(jobs.rig.bondOf(PROVIDER, Role.PROVIDER)).isEqualTo(BOND - bond);
    assertThat(jobs.rig.burned()).isEqualTo(bond - 30_000_000);
    assertThat(jobs.rig.events.getLast())
        .isEqualTo(new Event.JobClosed(job, JobEnding.FRAUD.code()));
  }

  @Test
  void aJobThatNobodyChecksIsPaidWhenTheDisputeWindowEnds() {
    JobRig jobs = new JobRig();
    long job = jobs.submit(JobRig.plainJob());
    jobs.rig.done(PROVIDER, jobs.commitTo(job, ROOT, UNITS));
    jobs.openResult(job, ROOT, UNITS);
    assertThat(jobs.rig.free(PROVIDER)).isEqualTo(Rig.FUNDS - BOND);

    jobs.passMs(jobs.rig.parameters().disputeWindowMs());
    assertThat(jobs.rig.free(PROVIDER)).isEqualTo(Rig.FUNDS - BOND + P);
    assertThat(jobs.rig.free(REQUESTER)).isEqualTo(Rig.FUNDS - P - P / 50);
    assertThat(jobs.rig.bondOf(PROVIDER, Role.PROVIDER)).isEqualTo(BOND);
  }

  @Test
  void anAbandonedJobBurnsTheBond() {
    JobRig jobs = new JobRig();
    long job = jobs.submit(JobRig.plainJob());
    List<Event> last = jobs.passMs(60_000);
    assertThat(last.getLast()).isEqualTo(new Event.JobClosed(job, JobEnding.ABANDONED.code()));
    assertThat(jobs.rig.free(REQUESTER)).isEqualTo(Rig.FUNDS);
    assertThat(jobs.rig.burned()).isEqualTo(P / 10);
  }
}
