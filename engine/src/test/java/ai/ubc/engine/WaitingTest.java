package ai.ubc.engine;

import static ai.ubc.engine.JobRig.BOND;
import static ai.ubc.engine.JobRig.FIRST_VALIDATOR;
import static ai.ubc.engine.JobRig.INPUT;
import static ai.ubc.engine.JobRig.ITEMS_ROOT;
import static ai.ubc.engine.JobRig.OUTSIDER;
import static ai.ubc.engine.JobRig.PRICE;
import static ai.ubc.engine.JobRig.PROGRAM;
import static ai.ubc.engine.JobRig.PROVIDER;
import static ai.ubc.engine.JobRig.REQUESTER;
import static ai.ubc.engine.JobRig.ROOT;
import static ai.ubc.engine.JobRig.UNITS;
import static ai.ubc.engine.JobRig.VALIDATORS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;
import ai.ubc.testkit.RecordedEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("JOB-007 to JOB-009: jobs that wait for an offer")
class WaitingTest {
  private static final int PROVIDER_ROLE = Role.PROVIDER.code();
  private static final int VALIDATOR_ROLE = Role.VALIDATOR.code();
  private static final int WAITING = JobState.WAITING.code();
  private static final int LEASED = JobState.LEASED.code();
  private static final int CLOSED = JobState.CLOSED.code();
  private static final long LIMIT = 1_000_000;
  private static final long WAIT_MS = 10_000;
  // P 5, fee 0.1, deposit 0.25.
  private static final long HELD = 5_350_000;

  private final JobRig jobs = new JobRig();
  private final Rig rig = jobs.rig;

  private long queue(long limit) {
    return queue(REQUESTER, JobForm.waiting(limit, WAIT_MS));
  }

  private long queue(int account, JobForm form) {
    rig.done(account, form.command());
    assertThat(rig.eventsOf(Event.JobSubmitted.class)).isEmpty();
    return rig.eventsOf(Event.JobQueued.class).getFirst().job();
  }

  private static Command offer(long price, long units) {
    return new Command.PlaceOffer(1, price, units);
  }

  /** The jobs that offers took in the last entry, in order. */
  private List<Long> taken() {
    return rig.eventsOf(Event.JobSubmitted.class).stream().map(Event.JobSubmitted::job).toList();
  }

  private static Event returned(long lock, long amount, int account, long job) {
    return new Event.Posted(
        Asset.COMPUTE,
        amount,
        HolderKind.LOCK.code(),
        lock,
        HolderKind.FREE.code(),
        account,
        Cause.ORDER_RETURN.code(),
        job);
  }

  private List<Event> endedAs(JobEnding ending, long job, long lock) {
    return List.of(
        returned(lock, HELD, REQUESTER, job),
        new Event.JobStateChanged(job, WAITING, CLOSED, 0),
        new Event.JobClosed(job, ending.code()));
  }

  @Test
  @DisplayName("JOB-002: without a wait the refusal stands")
  void withoutAWaitTheRefusalStands() {
    rig.refused(Refusal.NO_OFFER, REQUESTER, JobForm.waiting(LIMIT, 0).command());
    JobForm form = new JobForm();
    form.validators = VALIDATORS + 1;
    rig.refused(Refusal.NO_VALIDATORS, REQUESTER, form.command());
  }

  @Test
  @DisplayName("JOB-002: a job that an offer carries does not wait")
  void aJobThatAnOfferCarriesDoesNotWait() {
    JobForm form = JobForm.plain();
    form.waitMs = WAIT_MS;
    rig.done(REQUESTER, form.command());
    assertThat(taken()).containsExactly(1L);
    assertThat(rig.eventsOf(Event.JobQueued.class)).isEmpty();
    assertThat(rig.eventsOf(Event.JobStateChanged.class))
        .containsExactly(new Event.JobStateChanged(1, 0, LEASED, rig.nowMs + 60_000));
  }

  @Test
  @DisplayName("JOB-002, JOB-003: what an offer would carry, but for its cost, does not wait")
  void costsAtTheOfferRefuse() {
    JobForm form = JobForm.plain();
    form.waitMs = WAIT_MS;
    form.limitPrice = 5 * PRICE;
    // P 10 and fee 0.2 at the offer, more at the limit.
    form.maxCost = 10_200_000 - 1;
    rig.refused(Refusal.COST_LIMIT, REQUESTER, form.command());
    form.maxCost++;
    rig.done(REQUESTER, new Command.Transfer(OUTSIDER, Asset.COMPUTE, Rig.FUNDS - 10_700_000 + 1));
    rig.refused(Refusal.INSUFFICIENT_FUNDS, REQUESTER, form.command());
  }

  @Test
  @DisplayName("JOB-002: where validators are missing a job waits, by its costs at the limit")
  void aJobWaitsForValidators() {
    JobForm form = new JobForm();
    form.validators = VALIDATORS + 1;
    form.waitMs = WAIT_MS;
    form.limitPrice = 2 * PRICE;
    // P 20, fee 0.4, V 1.25 · 8 · 20; at the offer half of it.
    form.maxCost = 220_400_000 - 1;
    rig.refused(Refusal.COST_LIMIT, REQUESTER, form.command());
    form.maxCost++;
    queue(REQUESTER, form);
    assertThat(rig.eventsOf(Event.JobQueued.class).getFirst().heldMicros()).isEqualTo(221_400_000);
  }

  @Test
  @DisplayName("JOB-007: what a job may cost is checked at its limit, to the last micro-unit")
  void costAndFundsAreCheckedAtTheLimit() {
    JobForm form = JobForm.waiting(LIMIT, WAIT_MS);
    form.maxCost = 5_100_000 - 1;
    rig.refused(Refusal.COST_LIMIT, REQUESTER, form.command());
    form.maxCost++;
    rig.done(REQUESTER, new Command.Transfer(OUTSIDER, Asset.COMPUTE, Rig.FUNDS - HELD + 1));
    rig.refused(Refusal.INSUFFICIENT_FUNDS, REQUESTER, form.command());
    rig.done(OUTSIDER, new Command.Transfer(REQUESTER, Asset.COMPUTE, 1));
    queue(REQUESTER, form);
    assertThat(rig.free(REQUESTER)).isZero();
  }

  @Test
  @DisplayName("JOB-007, NUM-001: a job that waits has a number, one lock, and a deadline")
  void eventsOfAJobThatWaits() {
    JobForm form = JobForm.waiting(LIMIT, WAIT_MS);
    form.policy = 2;
    form.items = 7;
    assertThat(rig.done(REQUESTER, form.command()))
        .containsExactly(
            new Event.JobQueued(
                1, REQUESTER, PROGRAM, INPUT, ROOT, 7, Tier.NONE.code(), 0, 2, UNITS, LIMIT, HELD),
            new Event.LockOpened(1, 1, LockKind.ORDER.code(), REQUESTER, REQUESTER),
            new Event.Posted(
                Asset.COMPUTE,
                HELD,
                HolderKind.FREE.code(),
                REQUESTER,
                HolderKind.LOCK.code(),
                1,
                Cause.ESCROW.code(),
                1),
            new Event.JobStateChanged(1, 0, WAITING, rig.nowMs + WAIT_MS));
    assertThat(rig.engine.nextDeadlineMs()).isEqualTo(rig.nowMs + WAIT_MS);
    assertThat(rig.engine.openJobs()).isOne();
    assertThat(rig.engine.balanceMicros(HolderKind.LOCK, 1, Asset.COMPUTE)).isEqualTo(HELD);
    assertThat(jobs.submit(JobRig.plainJob())).isEqualTo(2);
  }

  @Test
  @DisplayName("JOB-007: 64 jobs of an account wait, of another as many more")
  void anAccountHas64WaitingJobs() {
    Rig big = new Rig(TestParameters.with(Map.of()), new EngineLimits(100, 10, 1_000, 10_000, 10));
    new JobRig(big, 1);
    Command.SubmitJob waiting = JobForm.waiting(LIMIT, WAIT_MS).command();
    for (int i = 0; i < 64; i++) {
      big.done(REQUESTER, waiting);
    }
    big.refused(Refusal.LIMIT_REACHED, REQUESTER, waiting);
    big.done(OUTSIDER, waiting);
    big.done(REQUESTER, JobForm.plain().command());
    big.done(REQUESTER, new Command.CancelJob(64));
    big.done(REQUESTER, waiting);
    big.refused(Refusal.LIMIT_REACHED, REQUESTER, waiting);
  }

  @Test
  @DisplayName("JOB-007: accounts of any number wait")
  void accountsOfAnyNumberWait() {
    int account = Rig.ACCOUNTS;
    while (account < 200) {
      account++;
      Command register = new Command.RegisterAccount(Rig.owner(account));
      assertThat(rig.give(Rig.owner(account), 0, register)).isZero();
    }
    rig.done(OUTSIDER, new Command.Transfer(account, Asset.COMPUTE, HELD));
    long job = queue(account, JobForm.waiting(LIMIT, WAIT_MS));
    assertThat(rig.done(account, new Command.CancelJob(job))).hasSize(3);
    assertThat(rig.free(account)).isEqualTo(HELD);
  }

  @Test
  @DisplayName("JOB-007, NUM-005: half of the open jobs wait, and one at least")
  void halfOfTheOpenJobsWait() {
    for (int openJobs : new int[] {1, 2, 3, 5}) {
      Rig small =
          new Rig(TestParameters.with(Map.of()), new EngineLimits(100, 10, openJobs, 500, 10));
      new JobRig(small, 1);
      Command.SubmitJob waiting = JobForm.waiting(LIMIT, WAIT_MS).command();
      small.done(REQUESTER, waiting);
      if (openJobs == 5) {
        small.done(OUTSIDER, waiting);
      }
      small.refused(Refusal.LIMIT_REACHED, REQUESTER, waiting);
      small.refused(Refusal.LIMIT_REACHED, FIRST_VALIDATOR, waiting);
      for (int i = small.engine.openJobs(); i < openJobs; i++) {
        small.done(REQUESTER, JobForm.plain().command());
      }
      small.refused(Refusal.LIMIT_REACHED, REQUESTER, JobForm.plain().command());
    }
  }

  @Test
  @DisplayName("JOB-008: an offer takes a job at its own price; what was held returns before")
  void anOfferTakesAJobThatWaits() {
    long before = rig.free(REQUESTER);
    long job = queue(LIMIT);
    long maker = LIMIT / 2;
    rig.nowMs += 5;
    List<Event> expected = new ArrayList<>();
    expected.add(new Event.OfferPlaced(2, PROVIDER, 1, maker, UNITS + 1));
    expected.add(returned(1, HELD, REQUESTER, job));
    expected.add(new Event.OfferTaken(2, 1, UNITS, 1));
    expected.add(new Event.LeaseOpened(1, 2, PROVIDER, REQUESTER, 1, maker, UNITS));
    expected.add(
        new Event.JobSubmitted(
            job,
            1,
            REQUESTER,
            PROVIDER,
            PROGRAM,
            INPUT,
            ROOT,
            1,
            Tier.NONE.code(),
            0,
            1,
            UNITS,
            maker,
            2_500_000,
            50_000,
            0,
            125_000,
            250_000));
    LockKind[] kinds = {LockKind.PRICE, LockKind.FEE, LockKind.DEPOSIT, LockKind.PROVIDER_BOND};
    long[] amounts = {2_500_000, 50_000, 125_000, 250_000};
    for (int i = 0; i < kinds.length; i++) {
      boolean isBond = kinds[i] == LockKind.PROVIDER_BOND;
      int payer = isBond ? PROVIDER : REQUESTER;
      HolderKind from = isBond ? HolderKind.BOND_PROVIDER : HolderKind.FREE;
      expected.add(new Event.LockOpened(i + 2, job, kinds[i].code(), payer, payer));
      expected.add(
          new Event.Posted(
              Asset.COMPUTE,
              amounts[i],
              from.code(),
              payer,
              HolderKind.LOCK.code(),
              i + 2,
              Cause.ESCROW.code(),
              job));
    }
    expected.add(new Event.JobStateChanged(job, WAITING, LEASED, rig.nowMs + 60_000));
    assertThat(rig.done(PROVIDER, offer(maker, UNITS + 1))).isEqualTo(expected);
    assertThat(rig.free(REQUESTER)).isEqualTo(before - 2_675_000);
    assertThat(rig.engine.nextDeadlineMs()).isEqualTo(rig.nowMs + 60_000);
    assertThat(rig.engine.balanceMicros(HolderKind.LOCK, 1, Asset.COMPUTE)).isZero();
  }

  @Test
  @DisplayName("JOB-008: a job that waited goes through its course as any other")
  void aJobThatWaitedIsRun() {
    JobForm form = new JobForm();
    form.secretHash = Rig.hash(JobRig.SECRET);
    form.limitPrice = LIMIT;
    form.waitMs = WAIT_MS;
    long job = queue(REQUESTER, form);
    rig.done(PROVIDER, offer(LIMIT, UNITS));
    assertThat(taken()).containsExactly(job);
    rig.done(PROVIDER, jobs.commitTo(job, ROOT, UNITS));
    rig.done(REQUESTER, new Command.RevealSecret(job, JobRig.SECRET));
    jobs.draw();
    jobs.sealAll(job, 0, Verdict.DIGEST, ROOT, UNITS);
    jobs.openAll(job, 0, Verdict.DIGEST, ROOT, UNITS);
    jobs.openResult(job, ROOT, UNITS);
    assertThat(jobs.passMs(rig.parameters().disputeWindowMs()))
        .endsWith(new Event.JobClosed(job, JobEnding.ACCEPTED.code()));
  }

  @Test
  @DisplayName("JOB-008: the highest limit is served first, then the lowest number")
  void theHighestLimitIsServedFirst() {
    long low = queue(LIMIT);
    long first = queue(LIMIT + 2);
    long second = queue(LIMIT + 2);
    long middle = queue(LIMIT + 1);
    rig.done(PROVIDER, offer(LIMIT, 3 * UNITS));
    assertThat(taken()).containsExactly(first, second, middle);
    rig.done(PROVIDER, offer(LIMIT, 3 * UNITS));
    assertThat(taken()).containsExactly(low);
  }

  @Test
  @DisplayName("JOB-008: a job that no offer carries is passed over, not waited for")
  void whoCanNotBeServedIsPassedOver() {
    JobForm large = JobForm.waiting(LIMIT + 5, WAIT_MS);
    large.units = 2 * UNITS + 1;
    queue(REQUESTER, large);
    queue(PROVIDER, JobForm.waiting(LIMIT + 4, WAIT_MS));
    JobForm checked = new JobForm();
    checked.limitPrice = LIMIT + 3;
    checked.waitMs = WAIT_MS;
    checked.validators = VALIDATORS + 1;
    queue(REQUESTER, checked);
    long served = queue(LIMIT);
    long tooCheap = queue(LIMIT - 1);
    rig.done(PROVIDER, offer(LIMIT, 2 * UNITS));
    assertThat(taken()).containsExactly(served);
    assertThat(rig.done(REQUESTER, new Command.CancelJob(tooCheap))).hasSize(3);
  }

  @Test
  @DisplayName("JOB-008: validators are counted on the offer that JOB-002 takes, on no other")
  void validatorsAreCountedOnTheFirstOfferOnly() {
    JobForm form = new JobForm();
    form.validators = VALIDATORS;
    form.limitPrice = LIMIT;
    form.waitMs = WAIT_MS;
    long job = queue(REQUESTER, form);
    // A validator's own offer is the cheaper one, and leaves one validator too few.
    rig.done(FIRST_VALIDATOR, new Command.Bond(PROVIDER_ROLE, BOND));
    rig.done(FIRST_VALIDATOR, offer(LIMIT - 1, UNITS));
    rig.done(PROVIDER, offer(LIMIT, UNITS));
    assertThat(taken()).isEmpty();
    rig.done(FIRST_VALIDATOR, new Command.CancelOffer(2));
    assertThat(taken()).containsExactly(job);
  }

  @Test
  @DisplayName("JOB-008: a bond that grows takes what it was too small for")
  void aBondThatGrowsTakesJobs() {
    rig.done(OUTSIDER, new Command.Bond(PROVIDER_ROLE, 1_000));
    rig.done(OUTSIDER, offer(LIMIT, 3 * UNITS));
    long plain = queue(LIMIT);
    // S is 0.5 at the limit.
    rig.done(OUTSIDER, new Command.Bond(PROVIDER_ROLE, 498_999));
    assertThat(taken()).isEmpty();
    rig.done(OUTSIDER, new Command.Bond(PROVIDER_ROLE, 1));
    assertThat(taken()).containsExactly(plain);

    JobRig few = new JobRig(new Rig(TestParameters.with(Map.of()), Rig.LIMITS), 2);
    JobForm form = new JobForm();
    form.waitMs = WAIT_MS;
    few.rig.done(REQUESTER, form.command());
    // D is 1 at the offer's price of 10.
    few.rig.done(OUTSIDER, new Command.Bond(VALIDATOR_ROLE, 999_999));
    assertThat(few.rig.eventsOf(Event.JobSubmitted.class)).isEmpty();
    few.rig.done(OUTSIDER, new Command.Bond(VALIDATOR_ROLE, 1));
    assertThat(few.rig.eventsOf(Event.JobSubmitted.class)).hasSize(1);
  }

  @Test
  @DisplayName("JOB-008: a bond that returns, at a deadline or to a key's command, takes jobs too")
  void aBondThatReturnsTakesJobs() {
    rig.done(OUTSIDER, new Command.Bond(PROVIDER_ROLE, 500_000));
    rig.done(OUTSIDER, offer(LIMIT, 3 * UNITS));
    JobForm form = JobForm.plain();
    form.limitPrice = LIMIT;
    rig.done(REQUESTER, form.command());
    rig.done(OUTSIDER, jobs.commitTo(1, ROOT, UNITS));
    rig.done(OUTSIDER, JobRig.opening(1, ROOT, UNITS));
    long second = queue(REQUESTER, JobForm.waiting(LIMIT, 5 * 86_400_000L));
    assertThat(jobs.passMs(rig.parameters().disputeWindowMs()))
        .contains(new Event.JobStateChanged(second, WAITING, LEASED, rig.nowMs + 60_000));
    rig.done(OUTSIDER, jobs.commitTo(second, ROOT, UNITS));
    rig.done(OUTSIDER, JobRig.opening(second, ROOT, UNITS));
    long third = queue(REQUESTER, JobForm.waiting(LIMIT, 5 * 86_400_000L));
    rig.nowMs += rig.parameters().disputeWindowMs();
    rig.done(PROVIDER, new Command.CloseJob(second));
    assertThat(taken()).containsExactly(third);
  }

  @Test
  @DisplayName("JOB-008: nothing else takes jobs")
  void nothingElseTakesJobs() {
    rig.done(OUTSIDER, new Command.Bond(PROVIDER_ROLE, BOND));
    rig.done(OUTSIDER, offer(LIMIT, UNITS - 1));
    rig.done(OUTSIDER, offer(LIMIT, UNITS));
    JobForm form = new JobForm();
    form.validators = VALIDATORS;
    form.limitPrice = LIMIT;
    form.waitMs = WAIT_MS;
    rig.done(FIRST_VALIDATOR, new Command.Bond(PROVIDER_ROLE, BOND));
    rig.done(FIRST_VALIDATOR, offer(LIMIT - 1, UNITS));
    long job = queue(REQUESTER, form);
    jobs.passMs(1);
    rig.done(OUTSIDER, new Command.Transfer(REQUESTER, Asset.COMPUTE, 1));
    rig.refused(Refusal.INSUFFICIENT_FUNDS, PROVIDER, new Command.Bond(PROVIDER_ROLE, Rig.FUNDS));
    assertThat(rig.beacon()).isZero();
    assertThat(taken()).isEmpty();
    rig.done(OUTSIDER, new Command.CancelOffer(2));
    assertThat(taken()).isEmpty();
    // Its provider stood in the way: it is one of the few validators.
    rig.done(FIRST_VALIDATOR, new Command.CancelOffer(4));
    assertThat(taken()).containsExactly(job);
  }

  @Test
  @DisplayName("JOB-008: a job whose deadline is due is passed over, to the millisecond")
  void aJobThatIsDueIsPassedOver() {
    long due = queue(LIMIT);
    rig.nowMs++;
    long onTime = queue(LIMIT);
    rig.nowMs += WAIT_MS - 1;
    rig.done(PROVIDER, offer(LIMIT, 3 * UNITS));
    assertThat(taken()).containsExactly(onTime);
    rig.done(OUTSIDER, new Command.CloseJob(due));
    assertThat(rig.events).endsWith(new Event.JobClosed(due, JobEnding.UNMATCHED.code()));
  }

  @Test
  @DisplayName("JOB-009: who waits takes the job back for nothing, and nobody else does")
  void cancelJob() {
    long before = rig.free(REQUESTER);
    long job = queue(LIMIT);
    rig.refused(Refusal.UNKNOWN_JOB, OUTSIDER, new Command.CancelJob(99));
    rig.refused(Refusal.UNKNOWN_JOB, OUTSIDER, new Command.CancelJob(0));
    rig.refused(Refusal.NOT_PARTY, OUTSIDER, new Command.CancelJob(job));
    rig.nowMs += WAIT_MS - 1;
    assertThat(rig.done(REQUESTER, new Command.CancelJob(job)))
        .isEqualTo(endedAs(JobEnding.CANCELLED, job, 1));
    assertThat(rig.free(REQUESTER)).isEqualTo(before);
    assertThat(rig.engine.openJobs()).isZero();
    assertThat(rig.engine.nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    rig.refused(Refusal.UNKNOWN_JOB, REQUESTER, new Command.CancelJob(job));
    rig.done(PROVIDER, offer(LIMIT, UNITS));
    assertThat(taken()).isEmpty();
  }

  @Test
  @DisplayName("JOB-009: a job that an offer took, or that is late, is not cancelled")
  void aJobThatWasTakenIsNotCancelled() {
    long leased = queue(LIMIT);
    rig.done(PROVIDER, offer(LIMIT, UNITS));
    rig.refused(Refusal.NOT_PARTY, PROVIDER, new Command.CancelJob(leased));
    rig.refused(Refusal.WRONG_STATE, REQUESTER, new Command.CancelJob(leased));
    long late = queue(LIMIT);
    rig.nowMs += WAIT_MS;
    rig.refused(Refusal.WRONG_STATE, REQUESTER, new Command.CancelJob(late));
  }

  @Test
  @DisplayName("JOB-009, JOB-013, JOB-014: at its deadline a job ends unmatched, for nothing")
  void aJobEndsUnmatched() {
    long before = rig.free(REQUESTER);
    long first = queue(LIMIT);
    long second = queue(LIMIT);
    rig.nowMs += WAIT_MS - 1;
    rig.refused(Refusal.NOT_DUE, OUTSIDER, new Command.CloseJob(first));
    assertThat(jobs.passMs(0)).isEmpty();
    rig.nowMs++;
    assertThat(rig.done(OUTSIDER, new Command.CloseJob(first)))
        .isEqualTo(endedAs(JobEnding.UNMATCHED, first, 1));
    assertThat(jobs.passMs(0)).isEqualTo(endedAs(JobEnding.UNMATCHED, second, 2));
    assertThat(rig.free(REQUESTER)).isEqualTo(before);
  }

  @Test
  @DisplayName("JOB: a job that waits has no provider and no judges; its messages come too early")
  void messagesForAJobThatWaits() {
    long job = queue(LIMIT);
    rig.refused(Refusal.NOT_PARTY, PROVIDER, jobs.commitTo(job, ROOT, UNITS));
    rig.refused(Refusal.NOT_PARTY, PROVIDER, JobRig.opening(job, ROOT, UNITS));
    rig.refused(Refusal.NOT_PARTY, FIRST_VALIDATOR, new Command.SealVerdict(job, 0, ITEMS_ROOT));
    rig.refused(
        Refusal.NOT_PARTY, FIRST_VALIDATOR, JobRig.openingOf(job, 0, Verdict.DIGEST, ROOT, UNITS));
    rig.refused(Refusal.NOT_PARTY, PROVIDER, new Command.RevealSecret(job, ROOT));
    rig.refused(Refusal.WRONG_STATE, REQUESTER, new Command.RevealSecret(job, ROOT));
  }

  @Test
  @DisplayName("JOB-008: a restored ledger serves those that wait in the same order")
  void aRestoredLedgerServesInTheSameOrder() {
    JobForm checked = new JobForm();
    checked.limitPrice = LIMIT + 2;
    checked.waitMs = WAIT_MS + 7;
    checked.policy = 0;
    for (long limit : new long[] {LIMIT, LIMIT + 3, LIMIT + 1, LIMIT, LIMIT + 3, LIMIT + 2}) {
      queue(limit);
      queue(OUTSIDER, checked);
    }
    jobs.submit(JobRig.plainJob());
    rig.done(REQUESTER, new Command.CancelJob(3));
    RecordedEvents recorded = new RecordedEvents();
    byte[] snapshot = Snapshots.of(rig.engine);
    Engine restored =
        Engine.restore(
            rig.genesis,
            rig.genesisHash,
            new KeccakHash(),
            recorded.sink(),
            Rig.LIMITS,
            99,
            Snapshots.source(snapshot));
    assertThat(Snapshots.of(restored)).isEqualTo(snapshot);
    assertThat(restored.nextDeadlineMs()).isEqualTo(rig.engine.nextDeadlineMs());
    Command[] commands = {
      offer(LIMIT + 1, 4 * UNITS),
      new Command.CancelJob(1),
      offer(LIMIT, 100 * UNITS),
      JobForm.waiting(LIMIT - 1, WAIT_MS).command()
    };
    int[] accounts = {PROVIDER, REQUESTER, PROVIDER, REQUESTER};
    List<Long> served = new ArrayList<>();
    for (int i = 0; i < commands.length; i++) {
      long nonce = 9_000L + i;
      Command.Head head = new Command.Head(accounts[i], nonce, rig.nowMs);
      Entry entry = Entry.user(rig.nowMs, Rig.owner(accounts[i]), head, commands[i]);
      rig.events.clear();
      assertThat(entry.applyTo(rig.engine, ++rig.seq)).isZero();
      assertThat(entry.applyTo(restored, rig.seq)).isZero();
      assertThat(recorded.take()).isEqualTo(rig.events);
      assertThat(Snapshots.of(restored)).isEqualTo(Snapshots.of(rig.engine));
      served.addAll(taken());
    }
    assertThat(served).containsExactly(9L, 2L, 4L, 6L, 8L, 10L, 11L, 12L, 5L, 7L);
  }
}
