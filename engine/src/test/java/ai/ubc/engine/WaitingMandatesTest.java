package ai.ubc.engine;

import static ai.ubc.engine.JobRig.OUTSIDER;
import static ai.ubc.engine.JobRig.PROVIDER;
import static ai.ubc.engine.JobRig.REQUESTER;
import static ai.ubc.engine.JobRig.UNITS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("MAN-005, MAN-007, MAN-008: session keys and jobs that wait")
class WaitingMandatesTest {
  private static final Address KEY = new Address(77, 77, 1);
  private static final Address OTHER_KEY = new Address(77, 77, 2);
  private static final long WASI = 1 << 1;
  private static final long LIMIT = 1_000_000;
  private static final long WAIT_MS = 10_000;
  // P 5 and fee 0.1 at the limit; the deposit of 0.25 is held, but not counted.
  private static final long MOST = 5_100_000;
  private static final long DEPOSIT = 250_000;

  private final JobRig jobs = new JobRig();
  private final Rig rig = jobs.rig;
  private final long end = rig.nowMs + 86_400_000;

  private void grant(Address key, long amount) {
    rig.done(REQUESTER, new Command.GrantMandate(key, amount, end, WASI));
  }

  private static Command waiting() {
    return JobForm.waiting(LIMIT, WAIT_MS).command();
  }

  private List<Event> doneByKey(Command command) {
    rig.events.clear();
    assertThat(rig.give(KEY, REQUESTER, command)).as("%s", command).isZero();
    return List.copyOf(rig.events);
  }

  private List<Event> place(long price) {
    return rig.done(PROVIDER, new Command.PlaceOffer(1, price, UNITS));
  }

  private List<Event.MandateSpent> spent() {
    return rig.eventsOf(Event.MandateSpent.class);
  }

  private List<Long> taken() {
    return rig.eventsOf(Event.JobSubmitted.class).stream().map(Event.JobSubmitted::job).toList();
  }

  @Test
  @DisplayName("MAN-007: a job that waits counts what it costs at its limit, without the deposit")
  void aWaitingJobCountsAtItsLimit() {
    grant(KEY, MOST - 1);
    rig.refused(Refusal.OVER_BUDGET, KEY, REQUESTER, waiting());
    rig.done(REQUESTER, new Command.RevokeMandate(1));
    grant(KEY, MOST);
    List<Event> events = doneByKey(waiting());
    assertThat(events).last().isEqualTo(new Event.MandateSpent(2, 1, MOST, MOST));
    assertThat(rig.eventsOf(Event.JobQueued.class).getFirst().heldMicros())
        .isEqualTo(MOST + DEPOSIT);
    rig.refused(Refusal.OVER_BUDGET, KEY, REQUESTER, waiting());
  }

  @Test
  @DisplayName("MAN-007, JOB-007: the mandate is asked before the balance is")
  void theMandateIsAskedBeforeTheBalance() {
    grant(KEY, MOST - 1);
    rig.done(REQUESTER, new Command.Transfer(OUTSIDER, Asset.COMPUTE, rig.free(REQUESTER)));
    rig.refused(Refusal.OVER_BUDGET, KEY, REQUESTER, waiting());
    JobForm form = JobForm.waiting(LIMIT, WAIT_MS);
    form.maxCost = MOST - 1;
    rig.refused(Refusal.COST_LIMIT, KEY, REQUESTER, form.command());
  }

  @Test
  @DisplayName("MAN-008: what a job costs less than its limit is counted no longer after the match")
  void aMatchCountsTheOffersPrice() {
    grant(KEY, MOST);
    doneByKey(waiting());
    // Half the price: P 2.5 and fee 0.05.
    List<Event> events = place(LIMIT / 2);
    assertThat(events)
        .endsWith(
            new Event.JobStateChanged(
                1, JobState.WAITING.code(), JobState.LEASED.code(), rig.nowMs + 60_000),
            new Event.MandateSpent(1, 1, -MOST / 2, MOST / 2));
    rig.nowMs += 60_000;
    assertThat(rig.done(OUTSIDER, new Command.CloseJob(1)))
        .contains(new Event.MandateSpent(1, 1, -MOST / 2, 0));
  }

  @Test
  @DisplayName("MAN-008: a match at the limit counts nothing, and says nothing of it")
  void aMatchAtTheLimitSaysNothing() {
    grant(KEY, MOST);
    doneByKey(waiting());
    place(LIMIT);
    assertThat(taken()).containsExactly(1L);
    assertThat(spent()).isEmpty();
  }

  @Test
  @DisplayName("MAN-008: of several matches each is counted after its own events")
  void eachMatchIsCountedAfterItsOwnEvents() {
    grant(KEY, 3 * MOST);
    doneByKey(waiting());
    doneByKey(waiting());
    List<Event> events = rig.done(PROVIDER, new Command.PlaceOffer(1, LIMIT / 2, 2 * UNITS));
    List<Long> order =
        events.stream()
            .filter(e -> e instanceof Event.JobStateChanged || e instanceof Event.MandateSpent)
            .map(e -> e instanceof Event.MandateSpent spent ? -spent.job() : 1L)
            .toList();
    assertThat(order).containsExactly(1L, -1L, 1L, -2L);
  }

  @Test
  @DisplayName("MAN-005, MAN-008, JOB-009: a key takes its job back, and all of it is uncounted")
  void aKeyCancelsItsJob() {
    grant(KEY, MOST);
    doneByKey(waiting());
    List<Event> events = doneByKey(new Command.CancelJob(1));
    assertThat(events).hasSize(4);
    assertThat(events.getFirst())
        .isInstanceOfSatisfying(
            Event.Posted.class,
            posted -> assertThat(posted.cause()).isEqualTo(Cause.ORDER_RETURN.code()));
    assertThat(events)
        .endsWith(
            new Event.MandateSpent(1, 1, -MOST, 0),
            new Event.JobStateChanged(1, JobState.WAITING.code(), JobState.CLOSED.code(), 0),
            new Event.JobClosed(1, JobEnding.CANCELLED.code()));
    doneByKey(waiting());
  }

  @Test
  @DisplayName("JOB-009: a key cancels what was submitted under its mandate, and nothing else")
  void aKeyCancelsNothingElse() {
    grant(KEY, MOST);
    grant(OTHER_KEY, MOST);
    doneByKey(waiting());
    rig.done(REQUESTER, waiting());
    rig.refused(Refusal.NOT_PARTY, OTHER_KEY, REQUESTER, new Command.CancelJob(1));
    rig.refused(Refusal.NOT_PARTY, KEY, REQUESTER, new Command.CancelJob(2));
    rig.refused(Refusal.UNKNOWN_JOB, KEY, REQUESTER, new Command.CancelJob(3));
    // The same key under another mandate is another.
    rig.done(REQUESTER, new Command.RevokeMandate(1));
    rig.refused(Refusal.MANDATE_REVOKED, KEY, REQUESTER, new Command.CancelJob(1));
    grant(KEY, MOST);
    rig.refused(Refusal.NOT_PARTY, KEY, REQUESTER, new Command.CancelJob(1));
    assertThat(rig.done(REQUESTER, new Command.CancelJob(1)))
        .noneMatch(Event.MandateSpent.class::isInstance);
    rig.done(REQUESTER, new Command.CancelJob(2));
  }

  @Test
  @DisplayName("MAN-008: the owner takes a key's job back, and it is counted no longer")
  void theOwnerCancelsAKeysJob() {
    grant(KEY, MOST);
    doneByKey(waiting());
    assertThat(rig.done(REQUESTER, new Command.CancelJob(1)))
        .contains(new Event.MandateSpent(1, 1, -MOST, 0));
  }

  @Test
  @DisplayName("MAN-008: what ends unmatched after the mandate's end is counted no longer either")
  void aJobEndsUnmatchedAfterTheMandatesEnd() {
    grant(KEY, MOST);
    doneByKey(waiting());
    rig.done(REQUESTER, new Command.RevokeMandate(1));
    assertThat(jobs.passMs(WAIT_MS))
        .contains(
            new Event.MandateSpent(1, 1, -MOST, 0),
            new Event.JobClosed(1, JobEnding.UNMATCHED.code()));
  }

  @Test
  @DisplayName("JOB-008, LAW-008: a job whose mandate is revoked or has expired is not begun")
  void aJobOfADeadMandateIsNotBegun() {
    grant(KEY, MOST);
    doneByKey(waiting());
    rig.done(REQUESTER, waiting());
    rig.done(REQUESTER, new Command.RevokeMandate(1));
    place(LIMIT);
    assertThat(taken()).containsExactly(2L);

    rig.done(REQUESTER, new Command.GrantMandate(KEY, MOST, rig.nowMs + 50, WASI));
    doneByKey(waiting());
    rig.nowMs += 50;
    place(LIMIT);
    assertThat(taken()).isEmpty();
  }

  @Test
  @DisplayName("JOB-008: a job is begun in the last millisecond of its mandate")
  void aJobIsBegunInTheLastMillisecond() {
    rig.done(REQUESTER, new Command.GrantMandate(KEY, MOST, rig.nowMs + 50, WASI));
    doneByKey(waiting());
    rig.nowMs += 49;
    place(LIMIT);
    assertThat(taken()).containsExactly(1L);
  }

  @Test
  @DisplayName(
      "JOB-008, MAN-002: a job whose mandate is forgotten is not begun, whatever its key got")
  void aJobOfAForgottenMandateIsNotBegun() {
    grant(KEY, MOST);
    doneByKey(waiting());
    rig.done(REQUESTER, new Command.RevokeMandate(1));
    grant(KEY, MOST);
    place(LIMIT);
    assertThat(taken()).isEmpty();
    assertThat(jobs.passMs(WAIT_MS)).noneMatch(Event.MandateSpent.class::isInstance);
    assertThat(rig.engine.openJobs()).isZero();
  }

  @Test
  @DisplayName("JOB-008: another's key that closes a job lets those that wait begin")
  void aKeysCommandLetsOthersBegin() {
    rig.done(OUTSIDER, new Command.Bond(Role.PROVIDER.code(), 500_000));
    rig.done(OUTSIDER, new Command.PlaceOffer(1, LIMIT, 3 * UNITS));
    JobForm form = JobForm.plain();
    form.limitPrice = LIMIT;
    rig.done(REQUESTER, form.command());
    rig.done(OUTSIDER, jobs.commitTo(1, JobRig.ROOT, UNITS));
    rig.done(OUTSIDER, JobRig.opening(1, JobRig.ROOT, UNITS));
    rig.done(12, JobForm.waiting(LIMIT, 5 * 86_400_000L).command());
    rig.nowMs += rig.parameters().disputeWindowMs();
    rig.done(REQUESTER, new Command.GrantMandate(KEY, MOST, rig.nowMs + 1, WASI));
    doneByKey(new Command.CloseJob(1));
    assertThat(taken()).containsExactly(2L);
    assertThat(spent()).isEmpty();
    assertThat(rig.eventsOf(Event.LockOpened.class))
        .extracting(Event.LockOpened::kind)
        .doesNotContain(LockKind.ORDER.code());
  }
}
