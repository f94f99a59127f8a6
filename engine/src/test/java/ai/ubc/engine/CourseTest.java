package ai.ubc.engine;

import static ai.ubc.engine.JobRig.BODY;
import static ai.ubc.engine.JobRig.HELD_UNTIL_MS;
import static ai.ubc.engine.JobRig.ITEMS_ROOT;
import static ai.ubc.engine.JobRig.OTHER_ROOT;
import static ai.ubc.engine.JobRig.OUTSIDER;
import static ai.ubc.engine.JobRig.PROVIDER;
import static ai.ubc.engine.JobRig.REQUESTER;
import static ai.ubc.engine.JobRig.ROOT;
import static ai.ubc.engine.JobRig.SALT;
import static ai.ubc.engine.JobRig.SECRET;
import static ai.ubc.engine.JobRig.UNITS;
import static ai.ubc.engine.JobRig.opening;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Verdict;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("JOB-010 to JOB-014: the course of a job")
class CourseTest {
  private final JobRig jobs = new JobRig();
  private final Rig rig = jobs.rig;
  private final GenesisParameters parameters = rig.parameters();

  private Event stateChanged(long job, JobState from, JobState to, long windowMs) {
    return new Event.JobStateChanged(
        job, from.code(), to.code(), windowMs == 0 ? 0 : rig.nowMs + windowMs);
  }

  @Test
  @DisplayName("JOB-010: commitResult is refused in order, then waits for the secret")
  void commitToAQuorum() {
    long job = jobs.submit(JobRig.quorumJob(3));
    Hash32 salted = jobs.saltedResult(job, ROOT, UNITS);
    rig.refused(
        Refusal.INVALID_HASH, OUTSIDER, new Command.CommitResult(99, Hash32.ZERO, ITEMS_ROOT));
    rig.refused(Refusal.INVALID_HASH, OUTSIDER, new Command.CommitResult(99, salted, Hash32.ZERO));
    rig.refused(Refusal.UNKNOWN_JOB, OUTSIDER, new Command.CommitResult(99, salted, ITEMS_ROOT));
    Command.CommitResult commit = new Command.CommitResult(job, salted, ITEMS_ROOT);
    rig.refused(Refusal.NOT_PARTY, REQUESTER, commit);
    assertThat(rig.done(PROVIDER, commit))
        .containsExactly(
            new Event.ResultCommitted(job, salted, ITEMS_ROOT),
            new Event.LockReassigned(1, PROVIDER),
            stateChanged(
                job, JobState.LEASED, JobState.AWAITING_SECRET, parameters.secretWindowMs()));
    rig.refused(Refusal.NOT_PARTY, REQUESTER, commit);
    rig.refused(Refusal.WRONG_STATE, PROVIDER, commit);
  }

  @Test
  @DisplayName("JOB-010: a job of tier none then waits for the result")
  void commitUnchecked() {
    long job = jobs.submit(JobRig.plainJob());
    assertThat(rig.done(PROVIDER, jobs.commitTo(job, ROOT, UNITS)))
        .endsWith(
            stateChanged(
                job, JobState.LEASED, JobState.AWAITING_RESULT, parameters.openWindowMs()));
  }

  @Test
  @DisplayName("JOB: a message is taken before the deadline and late at it")
  void aMessageIsLateAtTheDeadline() {
    long job = jobs.submit(JobRig.plainJob());
    rig.nowMs += 60_000;
    rig.refused(Refusal.WRONG_STATE, PROVIDER, jobs.commitTo(job, ROOT, UNITS));
    JobRig onTime = new JobRig();
    long second = onTime.submit(JobRig.plainJob());
    onTime.rig.nowMs += 59_999;
    onTime.rig.done(PROVIDER, onTime.commitTo(second, ROOT, UNITS));
  }

  @Test
  @DisplayName("JOB-011: revealSecret is refused in order, then waits for the beacon")
  void revealSecret() {
    long job = jobs.submit(JobRig.quorumJob(3));
    rig.refused(Refusal.WRONG_STATE, REQUESTER, new Command.RevealSecret(job, SECRET));
    rig.done(PROVIDER, jobs.commitTo(job, ROOT, UNITS));
    rig.refused(Refusal.UNKNOWN_JOB, PROVIDER, new Command.RevealSecret(99, ROOT));
    rig.refused(Refusal.NOT_PARTY, PROVIDER, new Command.RevealSecret(job, ROOT));
    rig.refused(Refusal.HASH_MISMATCH, REQUESTER, new Command.RevealSecret(job, ROOT));
    assertThat(rig.engine.beaconWanted()).isFalse();
    assertThat(rig.done(REQUESTER, new Command.RevealSecret(job, SECRET)))
        .containsExactly(
            new Event.SecretRevealed(job, SECRET),
            stateChanged(
                job,
                JobState.AWAITING_SECRET,
                JobState.AWAITING_BEACON,
                parameters.beaconWindowMs()));
    assertThat(rig.engine.beaconWanted()).isTrue();
    rig.refused(Refusal.WRONG_STATE, REQUESTER, new Command.RevealSecret(job, ROOT));
  }

  @Test
  @DisplayName("JOB-011: without the secret the job goes on at the deadline")
  void aMissedSecretIsPassedOver() {
    long job = jobs.submit(JobRig.quorumJob(3));
    rig.done(PROVIDER, jobs.commitTo(job, ROOT, UNITS));
    assertThat(jobs.passMs(parameters.secretWindowMs()))
        .containsExactly(
            stateChanged(
                job,
                JobState.AWAITING_SECRET,
                JobState.AWAITING_BEACON,
                parameters.beaconWindowMs()));
    assertThat(rig.beacon()).isZero();
    Event.DrawMade draw = rig.eventsOf(Event.DrawMade.class).getFirst();
    assertThat(draw.secretKnown()).isZero();
    Hash32 salted = jobs.saltedResult(job, ROOT, UNITS);
    assertThat(draw.seed()).isEqualTo(jobs.seed(job, 0, salted, rig.preimage(1), Hash32.ZERO));
  }

  @Test
  @DisplayName("JOB-012: openResult is refused in order")
  void openResultIsRefusedInOrder() {
    long job = jobs.submitUntilDrawn(3, ROOT, UNITS);
    rig.refused(
        Refusal.INVALID_HASH,
        OUTSIDER,
        new Command.OpenResult(99, Hash32.ZERO, -1, SALT, BODY, HELD_UNTIL_MS, ROOT, ROOT));
    rig.refused(
        Refusal.INVALID_HASH,
        OUTSIDER,
        new Command.OpenResult(99, ROOT, -1, SALT, Hash32.ZERO, HELD_UNTIL_MS, ROOT, ROOT));
    rig.refused(
        Refusal.INVALID_QUANTITY,
        OUTSIDER,
        new Command.OpenResult(99, ROOT, -1, SALT, BODY, HELD_UNTIL_MS, ROOT, ROOT));
    rig.refused(Refusal.UNKNOWN_JOB, OUTSIDER, opening(99, ROOT, UNITS + 1));
    rig.refused(Refusal.NOT_PARTY, OUTSIDER, opening(job, ROOT, UNITS + 1));
    rig.refused(Refusal.WRONG_STATE, PROVIDER, opening(job, ROOT, UNITS + 1));
    jobs.sealAll(job, 0, Verdict.DIGEST, ROOT, UNITS);
    rig.refused(Refusal.UNITS_EXCEEDED, PROVIDER, opening(job, OTHER_ROOT, UNITS + 1));
    long leastMs =
        rig.nowMs
            + rig.genesis.parameters().openWindowMs()
            + rig.genesis.parameters().disputeWindowMs();
    rig.refused(
        Refusal.HOLD_TOO_SHORT,
        PROVIDER,
        new Command.OpenResult(job, OTHER_ROOT, UNITS, SALT, BODY, leastMs - 1, ROOT, ROOT));
    rig.refused(
        Refusal.HASH_MISMATCH,
        PROVIDER,
        new Command.OpenResult(job, OTHER_ROOT, UNITS, SALT, BODY, leastMs, ROOT, ROOT));
    rig.refused(Refusal.HASH_MISMATCH, PROVIDER, opening(job, OTHER_ROOT, UNITS));
    rig.refused(Refusal.HASH_MISMATCH, PROVIDER, opening(job, ROOT, UNITS - 1));
    rig.refused(
        Refusal.HASH_MISMATCH,
        PROVIDER,
        new Command.OpenResult(job, ROOT, UNITS, Hash32.ZERO, BODY, HELD_UNTIL_MS, ROOT, ROOT));
    assertThat(rig.done(PROVIDER, opening(job, ROOT, UNITS)))
        .containsExactly(new Event.ResultOpened(job, ROOT, UNITS, SALT, BODY));
    rig.refused(Refusal.ALREADY_DONE, PROVIDER, opening(job, ROOT, UNITS + 1));
  }

  @Test
  @DisplayName("JOB-012: a result that nobody checks is judged at once")
  void aResultThatNobodyChecksIsJudgedAtOnce() {
    long job = jobs.submit(JobRig.plainJob());
    rig.done(PROVIDER, jobs.commitTo(job, ROOT, 7));
    assertThat(rig.done(PROVIDER, opening(job, ROOT, 7)))
        .containsExactly(
            new Event.ResultOpened(job, ROOT, 7, SALT, BODY),
            new Event.JobJudged(job, JobEnding.UNCHECKED.code(), 7, 0, 0),
            stateChanged(
                job, JobState.AWAITING_RESULT, JobState.HELD, parameters.disputeWindowMs()));
    rig.refused(Refusal.WRONG_STATE, PROVIDER, opening(job, ROOT, 7));
  }

  @Test
  @DisplayName("JOB-012: in OPENING the last of provider and validators to open is judged")
  void theLastToOpenIsJudged() {
    for (boolean isProviderLast : new boolean[] {true, false}) {
      JobRig fresh = new JobRig();
      long job = fresh.submitUntilDrawn(2, ROOT, UNITS);
      fresh.sealAll(job, 0, Verdict.DIGEST, ROOT, UNITS);
      if (!isProviderLast) {
        fresh.openResult(job, ROOT, UNITS);
      }
      fresh.open(job, 0, fresh.drawn(0), Verdict.DIGEST, ROOT, UNITS);
      assertThat(fresh.rig.eventsOf(Event.JobJudged.class)).isEmpty();
      fresh.open(job, 0, fresh.drawn(1), Verdict.DIGEST, ROOT, UNITS);
      assertThat(fresh.rig.eventsOf(Event.JobJudged.class)).hasSize(isProviderLast ? 0 : 1);
      if (isProviderLast) {
        fresh.openResult(job, ROOT, UNITS);
        assertThat(fresh.rig.eventsOf(Event.JobJudged.class)).hasSize(1);
      }
    }
  }

  @Test
  @DisplayName("JOB-013: anyone closes a job whose deadline is due, each state by its rule")
  void anyoneClosesAJobThatIsDue() {
    long job = jobs.submit(JobRig.quorumJob(3));
    rig.refused(Refusal.UNKNOWN_JOB, OUTSIDER, new Command.CloseJob(99));
    rig.refused(Refusal.UNKNOWN_JOB, OUTSIDER, new Command.CloseJob(0));
    rig.nowMs += 59_999;
    rig.refused(Refusal.NOT_DUE, OUTSIDER, new Command.CloseJob(job));
    rig.nowMs++;
    assertThat(rig.done(OUTSIDER, new Command.CloseJob(job)))
        .endsWith(new Event.JobClosed(job, JobEnding.ABANDONED.code()));
    rig.refused(Refusal.UNKNOWN_JOB, OUTSIDER, new Command.CloseJob(job));
    rig.refused(Refusal.UNKNOWN_JOB, PROVIDER, jobs.commitTo(job, ROOT, UNITS));
  }

  @Test
  @DisplayName("JOB-014: a tick handles due deadlines by deadline, then by number")
  void aTickHandlesDueDeadlinesInOrder() {
    long first = jobs.submit(JobRig.plainJob());
    rig.nowMs += 10;
    long second = jobs.submit(JobRig.plainJob());
    long third = jobs.submit(JobRig.plainJob());
    // The first job's deadline becomes the latest of the three.
    rig.done(PROVIDER, jobs.commitTo(first, ROOT, UNITS));
    rig.nowMs += 59_999;
    assertThat(jobs.passMs(0)).filteredOn(Event.JobClosed.class::isInstance).hasSize(1);
    assertThat(jobs.passMs(1))
        .filteredOn(Event.JobClosed.class::isInstance)
        .containsExactly(
            new Event.JobClosed(second, JobEnding.ABANDONED.code()),
            new Event.JobClosed(third, JobEnding.ABANDONED.code()));
    assertThat(rig.engine.nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @DisplayName("JOB-014: a tick handles at most 64 deadlines")
  void aTickHandlesAtMost64Deadlines() {
    for (int i = 0; i < 70; i++) {
      jobs.submit(JobRig.plainJob());
    }
    List<Event> firstTick = jobs.passMs(60_000);
    assertThat(firstTick).filteredOn(Event.JobClosed.class::isInstance).hasSize(64);
    assertThat(rig.engine.openJobs()).isEqualTo(6);
    assertThat(jobs.passMs(0)).filteredOn(Event.JobClosed.class::isInstance).hasSize(6);
  }

  @Test
  @DisplayName("JOB-014: a tick before any deadline does nothing")
  void aTickBeforeAnyDeadlineDoesNothing() {
    assertThat(jobs.passMs(1_000)).isEmpty();
    jobs.submit(JobRig.plainJob());
    assertThat(jobs.passMs(59_999)).isEmpty();
  }
}
