package ai.ubc.engine;

import static ai.ubc.engine.JobRig.PROVIDER;
import static ai.ubc.engine.JobRig.REQUESTER;
import static ai.ubc.engine.JobRig.ROOT;
import static ai.ubc.engine.JobRig.UNITS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Verdict;
import ai.ubc.testkit.ChangedRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("MAN: session keys")
class MandatesTest {
  private static final Address KEY = key(1);
  private static final Address OTHER_KEY = key(2);
  private static final int FRIEND = 12;
  private static final int STRANGER = 11;
  private static final long BUDGET = 100_000_000;
  private static final long WASI = 1 << 1;
  private static final long DAY_MS = 86_400_000;

  private final JobRig jobs = new JobRig();
  private final Rig rig = jobs.rig;
  private final long end = rig.nowMs + DAY_MS;

  private static Address key(int number) {
    return new Address(77, 77, number);
  }

  private Command.GrantMandate grant(Address key) {
    return new Command.GrantMandate(key, BUDGET, end, WASI);
  }

  private static Command pay(int payee, long amountMicros) {
    return new Command.Transfer(payee, Asset.COMPUTE, amountMicros);
  }

  private void refusedByKey(Refusal refusal, Command command) {
    rig.refused(refusal, KEY, REQUESTER, command);
  }

  private List<Event> doneByKey(Command command) {
    rig.events.clear();
    assertThat(rig.give(KEY, REQUESTER, command)).as("%s", command).isZero();
    return List.copyOf(rig.events);
  }

  private void granted() {
    rig.done(REQUESTER, grant(KEY));
  }

  private void allowed() {
    granted();
    rig.done(REQUESTER, new Command.AllowPayee(1, FRIEND));
  }

  @Test
  @DisplayName("MAN-002: a grant is refused in order, then gives the key its limits")
  void grantMandate() {
    Command.GrantMandate wrong = new Command.GrantMandate(Address.ZERO, 0, 0, WASI);
    rig.refused(Refusal.INVALID_KEY, REQUESTER, wrong);
    Address own = Rig.owner(REQUESTER);
    rig.refused(Refusal.INVALID_KEY, REQUESTER, new Command.GrantMandate(own, BUDGET, end, WASI));
    rig.refused(Refusal.INVALID_AMOUNT, REQUESTER, new Command.GrantMandate(KEY, 0, 0, WASI));
    for (long expiry : new long[] {rig.nowMs, -1, Long.MIN_VALUE, rig.nowMs + 366 * DAY_MS + 1}) {
      Command.GrantMandate late = new Command.GrantMandate(KEY, BUDGET, expiry, WASI);
      rig.refused(Refusal.INVALID_EXPIRY, REQUESTER, late);
    }
    assertThat(rig.done(REQUESTER, grant(KEY)))
        .containsExactly(new Event.MandateGranted(1, REQUESTER, 0, KEY, BUDGET, end, WASI));
    rig.refused(Refusal.KEY_HAS_MANDATE, REQUESTER, grant(KEY));
    rig.done(PROVIDER, new Command.GrantMandate(KEY, 1, rig.nowMs + 366 * DAY_MS, 0));
    assertThat(rig.done(REQUESTER, new Command.GrantMandate(Rig.owner(PROVIDER), 1, end, 0)))
        .hasSize(1);
  }

  @Test
  @DisplayName("MAN-001, ADM-003: a key acts for the accounts that gave it a mandate only")
  void aKeyActsForThoseThatGaveItAMandate() {
    allowed();
    doneByKey(pay(FRIEND, 1));
    rig.refused(Refusal.NOT_OWNER, KEY, PROVIDER, pay(FRIEND, 1));
    rig.refused(Refusal.NOT_OWNER, OTHER_KEY, REQUESTER, pay(FRIEND, 1));
    rig.refused(Refusal.UNKNOWN_ACCOUNT, KEY, 0, pay(FRIEND, 1));
  }

  @Test
  @DisplayName("MAN-001, ADM-007: a mandate ends at its expiry, to the millisecond")
  void aMandateEndsAtItsExpiry() {
    allowed();
    rig.nowMs = end - 1;
    doneByKey(pay(FRIEND, 1));
    rig.nowMs = end;
    refusedByKey(Refusal.MANDATE_EXPIRED, pay(FRIEND, 1));
    refusedByKey(Refusal.MANDATE_EXPIRED, new Command.CloseJob(1));
    rig.refused(Refusal.MANDATE_EXPIRED, REQUESTER, new Command.RevokeMandate(1));
    rig.refused(Refusal.MANDATE_EXPIRED, REQUESTER, new Command.AllowPayee(1, STRANGER));
  }

  @Test
  @DisplayName("MAN-004: what the owner revokes is dead at once, also after its expiry")
  void revokedAtOnce() {
    allowed();
    rig.refused(Refusal.UNKNOWN_MANDATE, REQUESTER, new Command.RevokeMandate(2));
    rig.refused(Refusal.UNKNOWN_MANDATE, PROVIDER, new Command.RevokeMandate(1));
    rig.refused(Refusal.UNKNOWN_MANDATE, REQUESTER, new Command.RevokeMandate(0));
    assertThat(rig.done(REQUESTER, new Command.RevokeMandate(1)))
        .containsExactly(new Event.MandateRevoked(1));
    refusedByKey(Refusal.MANDATE_REVOKED, pay(FRIEND, 1));
    rig.refused(Refusal.MANDATE_REVOKED, REQUESTER, new Command.RevokeMandate(1));
    rig.nowMs = end + 1;
    refusedByKey(Refusal.MANDATE_REVOKED, pay(FRIEND, 1));
  }

  @Test
  @DisplayName("ADM-004, ADM-007: a repeated command gets its first answer after the mandate's end")
  void aRepeatedCommandGetsItsFirstAnswer() {
    allowed();
    Command.Head head = new Command.Head(REQUESTER, 99, rig.nowMs + 1_000);
    assertThat(rig.give(KEY, head, pay(FRIEND, 5))).isZero();
    long first = rig.seq;
    long paid = rig.free(FRIEND);
    assertThat(rig.give(KEY, head, pay(FRIEND, 5))).isZero();
    assertThat(rig.engine.originalSeq()).isEqualTo(first);
    assertThat(rig.give(KEY, head, pay(FRIEND, 6))).isEqualTo(Refusal.NONCE_REUSED.number());
    rig.done(REQUESTER, new Command.RevokeMandate(1));
    assertThat(rig.give(KEY, head, pay(FRIEND, 5))).isZero();
    assertThat(rig.engine.originalSeq()).isEqualTo(first);
    assertThat(rig.free(FRIEND)).isEqualTo(paid);
    assertThat(rig.engine.rememberedCommands()).isPositive();
  }

  @Test
  @DisplayName("ADM-006, ADM-007: what a dead mandate refuses is not remembered")
  void whatADeadMandateRefusesIsNotRemembered() {
    granted();
    rig.done(REQUESTER, new Command.RevokeMandate(1));
    int before = rig.engine.rememberedCommands();
    refusedByKey(Refusal.MANDATE_REVOKED, pay(FRIEND, 1));
    assertThat(rig.engine.rememberedCommands()).isEqualTo(before);
  }

  @Test
  @DisplayName("MAN-003: payees are accounts, each allowed once, at most 8")
  void allowPayee() {
    granted();
    rig.refused(Refusal.UNKNOWN_MANDATE, PROVIDER, new Command.AllowPayee(1, FRIEND));
    rig.refused(Refusal.UNKNOWN_PAYEE, REQUESTER, new Command.AllowPayee(1, 99));
    rig.refused(Refusal.UNKNOWN_PAYEE, REQUESTER, new Command.AllowPayee(1, 0));
    rig.refused(Refusal.SAME_ACCOUNT, REQUESTER, new Command.AllowPayee(1, REQUESTER));
    for (int payee = 3; payee <= 10; payee++) {
      assertThat(rig.done(REQUESTER, new Command.AllowPayee(1, payee)))
          .containsExactly(new Event.PayeeAllowed(1, payee));
      doneByKey(pay(payee, 1));
    }
    rig.refused(Refusal.ALREADY_DONE, REQUESTER, new Command.AllowPayee(1, 10));
    rig.refused(Refusal.LIMIT_REACHED, REQUESTER, new Command.AllowPayee(1, STRANGER));
  }

  @Test
  @DisplayName("MAN-005: everything else is refused, whatever it says")
  void everythingElseIsNotInTheMandate() {
    granted();
    Command[] others = {
      new Command.RegisterAccount(KEY),
      new Command.Bond(0, 0),
      new Command.Unbond(0, 0),
      new Command.PlaceOffer(0, 0, 0),
      new Command.CancelOffer(0),
      new Command.CommitResult(0, ROOT, ROOT),
      JobRig.opening(0, ROOT, -1),
      new Command.SealVerdict(0, 0, ROOT),
      new Command.OpenVerdict(0, 0, 9, ROOT, 1, JobRig.SALT),
      grant(OTHER_KEY),
      new Command.AllowPayee(1, STRANGER),
      new Command.RevokeMandate(1),
      new Command.NameOwner(Address.ZERO),
      new Command.AcceptOwner()
    };
    for (Command other : others) {
      refusedByKey(Refusal.NOT_IN_MANDATE, other);
    }
  }

  @Test
  @DisplayName("MAN-006: a key pays COMPUTE to allowed payees, up to what is left")
  void transfersOfAKey() {
    allowed();
    refusedByKey(Refusal.NOT_IN_MANDATE, new Command.Transfer(STRANGER, Asset.UBC, -1));
    refusedByKey(Refusal.PAYEE_NOT_ALLOWED, pay(STRANGER, BUDGET + 1));
    refusedByKey(Refusal.PAYEE_NOT_ALLOWED, pay(0, 1));
    refusedByKey(Refusal.OVER_BUDGET, pay(FRIEND, BUDGET + 1));
    refusedByKey(Refusal.INVALID_AMOUNT, pay(FRIEND, 0));
    refusedByKey(Refusal.INVALID_AMOUNT, pay(FRIEND, Long.MIN_VALUE));
    assertThat(doneByKey(pay(FRIEND, BUDGET - 1)))
        .last()
        .isEqualTo(new Event.MandateSpent(1, 0, BUDGET - 1, BUDGET - 1));
    refusedByKey(Refusal.OVER_BUDGET, pay(FRIEND, 2));
    doneByKey(pay(FRIEND, 1));
    refusedByKey(Refusal.OVER_BUDGET, pay(FRIEND, 1));
    rig.done(REQUESTER, pay(STRANGER, BUDGET));
  }

  @Test
  @DisplayName("MAN-006: a mandate is a limit, not a reserve")
  void aMandateReservesNothing() {
    rig.done(REQUESTER, new Command.GrantMandate(KEY, Long.MAX_VALUE, end, WASI));
    rig.done(REQUESTER, new Command.AllowPayee(1, FRIEND));
    refusedByKey(Refusal.INSUFFICIENT_FUNDS, pay(FRIEND, rig.free(REQUESTER) + 1));
    doneByKey(pay(FRIEND, rig.free(REQUESTER)));
  }

  @Test
  @DisplayName("MAN-007: jobs of allowed classes only, whatever else is wrong")
  void classesOfAKey() {
    rig.done(REQUESTER, new Command.GrantMandate(KEY, BUDGET, end, ~WASI));
    refusedByKey(Refusal.CLASS_NOT_ALLOWED, JobRig.plainJob());
    Command.SubmitJob job = JobRig.plainJob();
    for (int resourceClass : new int[] {64, 65, 65_535}) {
      refusedByKey(Refusal.CLASS_NOT_ALLOWED, ofClass(job, resourceClass));
    }
    refusedByKey(Refusal.INVALID_CLASS, ofClass(job, 63));
  }

  private static Command.SubmitJob ofClass(Command.SubmitJob job, int resourceClass) {
    return ChangedRecord.of(job, Map.of("resourceClass", resourceClass));
  }

  private static long most(Event.JobSubmitted job) {
    return job.priceHeldMicros() + job.feeHeldMicros() + job.checkingHeldMicros();
  }

  /** What the test's quorum job may cost at most. */
  private long mostPayable() {
    Rig other = new JobRig().rig;
    other.done(REQUESTER, JobRig.quorumJob(3));
    return most(other.eventsOf(Event.JobSubmitted.class).getLast());
  }

  @Test
  @DisplayName("MAN-007: the most payable counts, to the last micro-unit; the deposit does not")
  void theMostPayableCounts() {
    long most = mostPayable();
    rig.done(REQUESTER, new Command.GrantMandate(KEY, most - 1, end, WASI));
    refusedByKey(Refusal.OVER_BUDGET, JobRig.quorumJob(3));
    rig.done(REQUESTER, new Command.RevokeMandate(1));
    rig.done(REQUESTER, new Command.GrantMandate(KEY, most, end, WASI));
    List<Event> events = doneByKey(JobRig.quorumJob(3));
    assertThat(events).last().isEqualTo(new Event.MandateSpent(2, 1, most, most));
    refusedByKey(Refusal.OVER_BUDGET, JobRig.plainJob());
  }

  @Test
  @DisplayName("MAN-008: what a paid job did not use returns to the mandate")
  void whatAPaidJobDidNotUseReturns() {
    granted();
    long before = rig.free(REQUESTER);
    doneByKey(JobRig.plainJob());
    long most = most(rig.eventsOf(Event.JobSubmitted.class).getLast());
    rig.done(PROVIDER, jobs.commitTo(1, ROOT, UNITS / 2));
    jobs.openResult(1, ROOT, UNITS / 2);
    List<Event> events = jobs.passMs(rig.parameters().disputeWindowMs());
    long paid = before - rig.free(REQUESTER);
    assertThat(paid).isPositive().isLessThan(most);
    assertThat(events).contains(new Event.MandateSpent(1, 1, paid - most, paid));
  }

  @Test
  @DisplayName("MAN-008: a job that its provider abandons costs the mandate nothing")
  void anAbandonedJobCostsNothing() {
    granted();
    doneByKey(JobRig.quorumJob(3));
    long most = most(rig.eventsOf(Event.JobSubmitted.class).getLast());
    rig.nowMs += 60_000;
    assertThat(doneByKey(new Command.CloseJob(1))).contains(new Event.MandateSpent(1, 1, -most, 0));
  }

  @Test
  @DisplayName("MAN-008: a job that uses all returns nothing, and says nothing of it")
  void aJobThatUsesAllReturnsNothing() {
    granted();
    doneByKey(JobRig.plainJob());
    rig.done(PROVIDER, jobs.commitTo(1, ROOT, UNITS));
    jobs.openResult(1, ROOT, UNITS);
    assertThat(jobs.passMs(rig.parameters().disputeWindowMs()))
        .noneMatch(Event.MandateSpent.class::isInstance);
  }

  @Test
  @DisplayName("MAN-005, MAN-008: a key reveals and closes; returns are counted after its end too")
  void aKeyGoesThroughAWholeJob() {
    granted();
    doneByKey(JobRig.quorumJob(3));
    long most = most(rig.eventsOf(Event.JobSubmitted.class).getLast());
    rig.done(PROVIDER, jobs.commitTo(1, ROOT, 1_000));
    doneByKey(new Command.RevealSecret(1, JobRig.SECRET));
    jobs.draw();
    rig.done(REQUESTER, new Command.RevokeMandate(1));
    jobs.sealAll(1, 0, Verdict.DIGEST, ROOT, 1_000);
    jobs.openAll(1, 0, Verdict.DIGEST, ROOT, 1_000);
    jobs.openResult(1, ROOT, 1_000);
    Event.MandateSpent returned = rig.eventsOf(Event.MandateSpent.class).getLast();
    assertThat(returned.changeMicros()).isNegative();
    assertThat(returned.spentMicros()).isEqualTo(most + returned.changeMicros());
  }

  @Test
  @DisplayName(
      "MAN-002, MAN-008: a key's dead mandate gives way to its next; old jobs return nowhere")
  void aKeysDeadMandateGivesWay() {
    granted();
    doneByKey(JobRig.plainJob());
    rig.done(REQUESTER, new Command.RevokeMandate(1));
    rig.done(REQUESTER, grant(KEY));
    rig.refused(Refusal.UNKNOWN_MANDATE, REQUESTER, new Command.RevokeMandate(1));
    rig.nowMs += 60_000;
    assertThat(doneByKey(new Command.CloseJob(1))).noneMatch(Event.MandateSpent.class::isInstance);
  }

  @Test
  @DisplayName("MAN-002: an account has at most 64 mandates; then its oldest dead one gives way")
  void theOldestDeadMandateGivesWay() {
    for (int i = 1; i <= 64; i++) {
      rig.done(REQUESTER, grant(key(i)));
    }
    rig.refused(Refusal.LIMIT_REACHED, REQUESTER, grant(key(65)));
    rig.done(PROVIDER, grant(key(65)));
    for (int dead : new int[] {40, 7, 64}) {
      rig.done(REQUESTER, new Command.RevokeMandate(dead));
    }
    for (int gone : new int[] {7, 40, 64}) {
      rig.done(REQUESTER, grant(key(100 + gone)));
      rig.refused(Refusal.NOT_OWNER, key(gone), REQUESTER, new Command.CloseJob(1));
    }
    rig.refused(Refusal.LIMIT_REACHED, REQUESTER, grant(key(66)));
    rig.nowMs = end;
    Command.GrantMandate next = new Command.GrantMandate(key(66), 1, end + 1, WASI);
    rig.done(REQUESTER, next);
    rig.refused(Refusal.NOT_OWNER, key(1), REQUESTER, new Command.CloseJob(1));
    rig.refused(Refusal.MANDATE_EXPIRED, key(2), REQUESTER, new Command.CloseJob(1));
  }

  @Test
  @DisplayName("MAN-002, NUM-005: a ledger full of mandates takes one where any is dead")
  void aLedgerFullOfMandates() {
    Rig small = new Rig(TestParameters.with(Map.of()), new EngineLimits(100, 10, 10, 100, 2));
    small.activate();
    small.done(2, grant(key(1)));
    small.done(3, grant(key(2)));
    small.refused(Refusal.LIMIT_REACHED, 2, grant(key(3)));
    small.refused(Refusal.LIMIT_REACHED, 4, grant(key(3)));
    small.done(2, new Command.RevokeMandate(1));
    small.done(4, grant(key(3)));
    small.refused(Refusal.NOT_OWNER, key(1), 2, new Command.CloseJob(1));
    small.refused(Refusal.LIMIT_REACHED, 2, grant(key(4)));
  }

  @Test
  @DisplayName("MAN-002: of a full ledger's mandates the one that died first is forgotten")
  void theOneThatDiedFirstIsForgotten() {
    Rig small = new Rig(TestParameters.with(Map.of()), new EngineLimits(100, 10, 10, 100, 5));
    small.activate();
    long late = small.nowMs + 50;
    small.done(2, new Command.GrantMandate(key(1), 1, late, WASI));
    small.done(3, new Command.GrantMandate(key(2), 1, late + 1, WASI));
    small.done(4, new Command.GrantMandate(key(3), 1, late, WASI));
    small.done(5, new Command.GrantMandate(key(4), 1, end, WASI));
    small.done(2, new Command.GrantMandate(key(5), 1, end, WASI));
    small.nowMs = late - 10;
    small.done(5, new Command.RevokeMandate(4));
    small.nowMs = late + 1;
    // The one that was revoked, of those that expired together the older, then the other.
    int[] holders = {5, 2, 4, 3};
    int[] gone = {4, 1, 3, 2};
    for (int i = 0; i < gone.length; i++) {
      for (int j = i; j < gone.length; j++) {
        Refusal why = gone[j] == 4 ? Refusal.MANDATE_REVOKED : Refusal.MANDATE_EXPIRED;
        small.refused(why, key(gone[j]), holders[j], new Command.CloseJob(1));
      }
      small.done(6, grant(key(10 + i)));
      small.refused(Refusal.NOT_OWNER, key(gone[i]), holders[i], new Command.CloseJob(1));
    }
    small.refused(Refusal.LIMIT_REACHED, 6, grant(key(20)));
    small.refused(Refusal.UNKNOWN_JOB, key(5), 2, new Command.CloseJob(1));
  }

  @Test
  @DisplayName("MAN-002: an account with 64 mandates forgets its own, also in a full ledger")
  void anAccountWithAllItsMandatesForgetsItsOwn() {
    Rig small = new Rig(TestParameters.with(Map.of()), new EngineLimits(100, 10, 10, 1_000, 66));
    small.activate();
    small.done(3, grant(key(1)));
    small.done(3, new Command.RevokeMandate(1));
    for (int i = 2; i <= 65; i++) {
      small.done(2, grant(key(i)));
    }
    small.done(4, grant(key(66)));
    small.refused(Refusal.LIMIT_REACHED, 2, grant(key(67)));
    small.done(2, new Command.RevokeMandate(40));
    small.done(2, grant(key(67)));
    small.refused(Refusal.NOT_OWNER, key(40), 2, new Command.CloseJob(1));
    small.refused(Refusal.MANDATE_REVOKED, key(1), 3, new Command.CloseJob(1));
  }

  @Test
  @DisplayName("MAN-002: a restored ledger forgets the same mandate")
  void aRestoredLedgerForgetsTheSame() {
    EngineLimits limits = new EngineLimits(100, 10, 10, 1_000, 3);
    Rig small = new Rig(TestParameters.with(Map.of()), limits);
    small.activate();
    for (int i = 1; i <= 3; i++) {
      small.done(1 + i, new Command.GrantMandate(key(i), 1, small.nowMs + 10 - i, WASI));
    }
    small.nowMs++;
    small.done(2, new Command.RevokeMandate(1));
    small.nowMs += 20;
    Engine restored =
        Engine.restore(
            small.genesis,
            small.genesisHash,
            new KeccakHash(),
            new EventRecords(event -> {}),
            limits,
            Snapshots.source(Snapshots.of(small.engine)));
    Command.Head head = new Command.Head(5, 5_000, small.nowMs);
    Entry entry = Entry.user(small.nowMs, Rig.owner(5), head, grant(key(4)));
    assertThat(entry.applyTo(restored, small.seq + 1)).isZero();
    assertThat(entry.applyTo(small.engine, ++small.seq)).isZero();
    assertThat(Snapshots.of(restored)).isEqualTo(Snapshots.of(small.engine));
    small.refused(Refusal.NOT_OWNER, key(1), 2, new Command.CloseJob(1));
    small.refused(Refusal.MANDATE_EXPIRED, key(3), 4, new Command.CloseJob(1));
  }

  @Test
  @DisplayName("MAN: a restored ledger knows its mandates as they were")
  void aRestoredLedgerKnowsItsMandates() {
    allowed();
    doneByKey(pay(FRIEND, BUDGET - 5));
    rig.done(REQUESTER, grant(OTHER_KEY));
    rig.done(REQUESTER, new Command.RevokeMandate(2));
    byte[] snapshot = Snapshots.of(rig.engine);
    Engine restored =
        Engine.restore(
            rig.genesis,
            rig.genesisHash,
            new KeccakHash(),
            new EventRecords(rig.events::add),
            Rig.LIMITS,
            Snapshots.source(snapshot));
    assertThat(Snapshots.of(restored)).isEqualTo(snapshot);
    rig.events.clear();
    Command.Head head = new Command.Head(REQUESTER, 5_000, rig.nowMs);
    assertThat(Entry.user(rig.nowMs, KEY, head, pay(FRIEND, 5)).applyTo(restored, rig.seq + 1))
        .isZero();
    assertThat(rig.events).last().isEqualTo(new Event.MandateSpent(1, 0, 5, BUDGET));
    assertThat(
            Entry.user(rig.nowMs, OTHER_KEY, head, pay(FRIEND, 5)).applyTo(restored, rig.seq + 2))
        .isEqualTo(Refusal.MANDATE_REVOKED.number());
  }
}
