package ai.ubc.engine;

import static ai.ubc.engine.JobRig.OTHER_ROOT;
import static ai.ubc.engine.JobRig.PROVIDER;
import static ai.ubc.engine.JobRig.REQUESTER;
import static ai.ubc.engine.JobRig.ROOT;
import static ai.ubc.engine.JobRig.TREASURY;
import static ai.ubc.engine.JobRig.UNITS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Event;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SET: settlement")
class SettlementTest {
  // P 10 COMPUTE, fee 0.2, V 37.5, deposit 0.5, S 38.7, locked in locks 1 to 5.
  private static final long P = 10_000_000;
  private static final long FEE = 200_000;
  private static final long V = 37_500_000;
  private static final long DEPOSIT = 500_000;
  private static final long S = 38_700_000;

  private final JobRig jobs = new JobRig();
  private final Rig rig = jobs.rig;

  private static Event.Posted paid(long lock, long amountMicros, int toAccount, Cause cause) {
    return posted(lock, amountMicros, HolderKind.FREE, toAccount, cause);
  }

  private static Event.Posted posted(
      long lock, long amountMicros, HolderKind to, int toId, Cause cause) {
    return new Event.Posted(
        Asset.COMPUTE,
        amountMicros,
        HolderKind.LOCK.code(),
        lock,
        to.code(),
        toId,
        cause.code(),
        1);
  }

  private static Event stateChanged(JobState from, JobState to, long deadlineMs) {
    return new Event.JobStateChanged(1, from.code(), to.code(), deadlineMs);
  }

  /** What follows the judgement and the duty bonds. */
  private static List<Event> afterDuties(List<Event> events) {
    List<Event> rest = new ArrayList<>(events);
    int judged = 0;
    while (!(rest.get(judged) instanceof Event.JobJudged)) {
      judged++;
    }
    rest.subList(0, judged + 1).clear();
    rest.removeIf(event ->
        event instanceof Event.Posted posted
            && (posted.toKind() == HolderKind.BOND_VALIDATOR.code() || posted.fromId() > 5));
    return rest;
  }

  private void judgeWithDissent(Verdict verdict, long units, long dissentUnits) {
    long job = jobs.submitUntilDrawn(3, ROOT, units);
    for (int i = 0; i < 3; i++) {
      boolean isDissent = i == 1;
      jobs.seal(job, 0, jobs.drawn(i), verdict, ROOT, isDissent ? dissentUnits : units);
    }
    jobs.openResult(job, ROOT, units);
    for (int i = 0; i < 3; i++) {
      boolean isDissent = i == 1;
      jobs.open(job, 0, jobs.drawn(i), verdict, ROOT, isDissent ? dissentUnits : units);
    }
  }

  @Test
  @DisplayName("SET-001, SET-004: an accepted job is paid, shared and returned to the last unit")
  void anAcceptedJobIsPaidToTheLastUnit() {
    // pay 1,000,001 · 2 = 2,000,002; fee 40,000.04 up; burn 20,000.02 down; V' 7,500,007.5 down.
    judgeWithDissent(Verdict.DIGEST, 1_000_001, 1);
    long pay = 2_000_002;
    long share = 3_750_003;
    assertThat(afterDuties(rig.events))
        .containsExactly(
            paid(1, pay, PROVIDER, Cause.PAY),
            paid(1, P - pay, REQUESTER, Cause.REFUND),
            posted(2, 20_000, HolderKind.BURNED, 0, Cause.BURN),
            paid(2, 20_001, TREASURY, Cause.FEE),
            paid(2, FEE - 40_001, REQUESTER, Cause.REFUND),
            paid(3, share, jobs.drawn(0), Cause.CHECKING),
            paid(3, share, jobs.drawn(2), Cause.CHECKING),
            paid(3, 1, TREASURY, Cause.REMAINDER),
            paid(3, V - 2 * share - 1, REQUESTER, Cause.REFUND),
            paid(4, DEPOSIT, REQUESTER, Cause.REFUND),
            new Event.JobSettled(1, pay, 40_001, 20_000, 2 * share + 1),
            stateChanged(
                JobState.OPENING, JobState.HELD, rig.nowMs + rig.parameters().disputeWindowMs()));
  }

  @Test
  @DisplayName("SET-001: no units, the minimum pay")
  void noUnitsTheMinimumPay() {
    judgeWithDissent(Verdict.DIGEST, 0, 1);
    assertThat(rig.eventsOf(Event.JobSettled.class))
        .containsExactly(new Event.JobSettled(1, 10_000, 200, 100, 37_500));
  }

  @Test
  @DisplayName("SET-001, NUM-003: where the minimum is nothing to speak of, 0 is not posted")
  void nothingIsNotPosted() {
    JobRig free =
        new JobRig(
            new Rig(
                TestParameters.with(Map.of("feePpm", 0, "burnPpm", 0, "minimumPriceMicros", 1L)),
                Rig.LIMITS),
            JobRig.VALIDATORS);
    long job = free.submit(JobRig.plainJob());
    free.rig.done(PROVIDER, free.commitTo(job, ROOT, 0));
    free.openResult(job, ROOT, 0);
    assertThat(free.passMs(free.rig.parameters().disputeWindowMs()))
        .startsWith(
            paid(1, 1, PROVIDER, Cause.PAY),
            paid(1, P - 1, REQUESTER, Cause.REFUND),
            paid(2, DEPOSIT, REQUESTER, Cause.REFUND),
            new Event.JobSettled(1, 1, 0, 0, 0));
  }

  @Test
  @DisplayName("SET-002: the bond of an accepted job returns after the dispute window")
  void theBondReturnsAfterTheDisputeWindow() {
    judgeWithDissent(Verdict.DIGEST, UNITS, 1);
    rig.nowMs += rig.parameters().disputeWindowMs() - 1;
    assertThat(jobs.passMs(0)).isEmpty();
    assertThat(jobs.passMs(1))
        .containsExactly(
            posted(5, S, HolderKind.BOND_PROVIDER, PROVIDER, Cause.BOND_RETURN),
            stateChanged(JobState.HELD, JobState.CLOSED, 0),
            new Event.JobClosed(1, JobEnding.ACCEPTED.code()));
  }

  @Test
  @DisplayName(
      "SET-002: an unchecked job is paid when the dispute window ends, nobody for checking")
  void anUncheckedJobIsPaidAfterTheDisputeWindow() {
    long job = jobs.submitUntilDrawn(3, ROOT, UNITS);
    jobs.sealAll(job, 0, Verdict.UNAVAILABLE, ROOT, 0);
    jobs.openAll(job, 0, Verdict.UNAVAILABLE, ROOT, 0);
    jobs.openResult(job, ROOT, UNITS);
    assertThat(afterDuties(rig.events))
        .containsExactly(
            stateChanged(
                JobState.OPENING, JobState.HELD, rig.nowMs + rig.parameters().disputeWindowMs()));
    // Another job is judged in between.
    long other = jobs.submitUntilDrawn(3, ROOT, UNITS);
    jobs.sealAll(other, 0, Verdict.DIGEST, ROOT, UNITS);
    jobs.openAll(other, 0, Verdict.DIGEST, ROOT, UNITS);
    jobs.openResult(other, ROOT, UNITS);

    rig.nowMs += rig.parameters().disputeWindowMs();
    rig.events.clear();
    assertThat(rig.tick()).isZero();
    assertThat(rig.events)
        .startsWith(
            paid(1, P, PROVIDER, Cause.PAY),
            posted(2, 100_000, HolderKind.BURNED, 0, Cause.BURN),
            paid(2, 100_000, TREASURY, Cause.FEE),
            paid(3, V, REQUESTER, Cause.REFUND),
            paid(4, DEPOSIT, REQUESTER, Cause.REFUND),
            new Event.JobSettled(1, P, FEE, 100_000, 0),
            posted(5, S, HolderKind.BOND_PROVIDER, PROVIDER, Cause.BOND_RETURN),
            stateChanged(JobState.HELD, JobState.CLOSED, 0),
            new Event.JobClosed(1, JobEnding.UNCHECKED.code()));
  }

  @Test
  @DisplayName("SET-003: the bond of a fraud pays the checkers, the rest of it burns")
  void theBondOfAFraudPaysTheCheckers() {
    long job = jobs.submitUntilDrawn(3, OTHER_ROOT, UNITS);
    for (int i = 0; i < 3; i++) {
      jobs.seal(job, 0, jobs.drawn(i), Verdict.DIGEST, i == 1 ? OTHER_ROOT : ROOT, 1_000_001);
    }
    jobs.openResult(job, OTHER_ROOT, UNITS);
    for (int i = 0; i < 3; i++) {
      jobs.open(job, 0, jobs.drawn(i), Verdict.DIGEST, i == 1 ? OTHER_ROOT : ROOT, 1_000_001);
    }
    long share = 3_750_003;
    assertThat(afterDuties(rig.events))
        .containsExactly(
            paid(1, P, REQUESTER, Cause.REFUND),
            paid(2, FEE, REQUESTER, Cause.REFUND),
            paid(3, V, REQUESTER, Cause.REFUND),
            paid(4, DEPOSIT, REQUESTER, Cause.REFUND),
            paid(5, share, jobs.drawn(0), Cause.CHECKING),
            paid(5, share, jobs.drawn(2), Cause.CHECKING),
            paid(5, 1, TREASURY, Cause.REMAINDER),
            posted(5, S - 2 * share - 1, HolderKind.BURNED, 0, Cause.SLASH),
            new Event.JobSettled(1, 0, 0, S - 2 * share - 1, 2 * share + 1),
            stateChanged(JobState.OPENING, JobState.CLOSED, 0),
            new Event.JobClosed(1, JobEnding.FRAUD.code()));
  }

  @Test
  @DisplayName("SET-003: an abandoned or withheld job without verdicts burns the whole bond")
  void withoutVerdictsTheWholeBondBurns() {
    jobs.submit(JobRig.quorumJob(3));
    assertThat(jobs.passMs(60_000))
        .containsExactly(
            new Event.JobJudged(1, JobEnding.ABANDONED.code(), 0, 0, 0),
            paid(1, P, REQUESTER, Cause.REFUND),
            paid(2, FEE, REQUESTER, Cause.REFUND),
            paid(3, V, REQUESTER, Cause.REFUND),
            paid(4, DEPOSIT, REQUESTER, Cause.REFUND),
            posted(5, S, HolderKind.BURNED, 0, Cause.SLASH),
            new Event.JobSettled(1, 0, 0, S, 0),
            stateChanged(JobState.LEASED, JobState.CLOSED, 0),
            new Event.JobClosed(1, JobEnding.ABANDONED.code()));
  }

  @Test
  @DisplayName("SET-003: a quorum that finds the result invalid is paid for no units, the minimum")
  void aVerdictOfInvalidIsWorthNoUnits() {
    long job = jobs.submitUntilDrawn(3, ROOT, UNITS);
    jobs.sealAll(job, 0, Verdict.INVALID, ROOT, 0);
    jobs.openAll(job, 0, Verdict.INVALID, ROOT, 0);
    jobs.openResult(job, ROOT, UNITS);
    assertThat(rig.eventsOf(Event.JobSettled.class))
        .containsExactly(new Event.JobSettled(job, 0, 0, S - 37_500, 37_500));
  }
}
