package ai.ubc.engine;

import static ai.ubc.engine.JobRig.BOND;
import static ai.ubc.engine.JobRig.FIRST_VALIDATOR;
import static ai.ubc.engine.JobRig.OTHER_ROOT;
import static ai.ubc.engine.JobRig.OUTSIDER;
import static ai.ubc.engine.JobRig.PROVIDER;
import static ai.ubc.engine.JobRig.REQUESTER;
import static ai.ubc.engine.JobRig.ROOT;
import static ai.ubc.engine.JobRig.SALT;
import static ai.ubc.engine.JobRig.SECRET;
import static ai.ubc.engine.JobRig.UNITS;
import static ai.ubc.engine.JobRig.VALIDATORS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import ai.ubc.domain.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("VER: drawing and verdicts")
class VerdictsTest {
  private static final long DUTY_BOND = 1_000_000;

  private final JobRig jobs = new JobRig();
  private final Rig rig = jobs.rig;
  private final GenesisParameters parameters = rig.parameters();

  private Event stateChanged(long job, JobState from, JobState to, long windowMs) {
    return new Event.JobStateChanged(job, from.code(), to.code(), rig.nowMs + windowMs);
  }

  private static Event dutyReturned(long job, long lock, int validator) {
    return new Event.Posted(
        Asset.COMPUTE,
        DUTY_BOND,
        HolderKind.LOCK.code(),
        lock,
        HolderKind.BOND_VALIDATOR.code(),
        validator,
        Cause.BOND_RETURN.code(),
        job);
  }

  private static Event dutyBurned(long job, long lock) {
    return new Event.Posted(
        Asset.COMPUTE,
        DUTY_BOND,
        HolderKind.LOCK.code(),
        lock,
        HolderKind.BURNED.code(),
        0,
        Cause.SLASH.code(),
        job);
  }

  @Test
  @DisplayName("VER-001: the beacon opens slot after slot by the preimage of its head")
  void theBeaconIsAChain() {
    Hash32 first = rig.preimage(1);
    assertThat(rig.engine.beaconHead()).isEqualTo(rig.genesis.beaconHead());
    rig.events.clear();
    assertThat(rig.beacon(2, first, Hash32.ZERO)).isEqualTo(Refusal.WRONG_BEACON.number());
    assertThat(rig.beacon(0, first, Hash32.ZERO)).isEqualTo(Refusal.WRONG_BEACON.number());
    for (int word = 0; word < 4; word++) {
      Hash32 wrong =
          new Hash32(
              first.word0() + (word == 0 ? 1 : 0),
              first.word1() + (word == 1 ? 1 : 0),
              first.word2() + (word == 2 ? 1 : 0),
              first.word3() + (word == 3 ? 1 : 0));
      assertThat(rig.beacon(1, wrong, Hash32.ZERO)).isEqualTo(Refusal.WRONG_BEACON.number());
    }
    assertThat(rig.events).isEmpty();
    assertThat(rig.beacon(1, first, Hash32.ZERO)).isZero();
    assertThat(rig.events).containsExactly(new Event.BeaconOpened(1, first, first));
    assertThat(rig.beacon(1, first, Hash32.ZERO)).isEqualTo(Refusal.WRONG_BEACON.number());
    rig.events.clear();
    Hash32 nextHead = Rig.hash(ROOT);
    assertThat(rig.beacon(2, rig.preimage(2), nextHead)).isZero();
    assertThat(rig.events).containsExactly(new Event.BeaconOpened(2, rig.preimage(2), nextHead));
    assertThat(rig.beacon(3, rig.preimage(3), Hash32.ZERO))
        .isEqualTo(Refusal.WRONG_BEACON.number());
    assertThat(rig.beacon(3, ROOT, Hash32.ZERO)).isZero();
    assertThat(rig.engine.beaconSlot()).isEqualTo(3);
  }

  @Test
  @DisplayName("VER-001: jobs are drawn in the order in which they began to wait, late or not")
  void jobsAreDrawnInTheOrderOfWaiting() {
    long first = jobs.submit(JobRig.quorumJob(1));
    long second = jobs.submitUntilBeacon(1, ROOT, UNITS);
    long third = jobs.submitUntilBeacon(1, ROOT, UNITS);
    rig.done(PROVIDER, jobs.commitTo(first, ROOT, UNITS));
    rig.done(REQUESTER, new Command.RevealSecret(first, SECRET));
    // One in the middle leaves by its deadline.
    rig.nowMs += parameters.beaconWindowMs();
    rig.done(OUTSIDER, new Command.CloseJob(third));
    jobs.draw();
    assertThat(rig.eventsOf(Event.DrawMade.class))
        .extracting(Event.DrawMade::job)
        .containsExactly(second, first);
    assertThat(rig.engine.beaconWanted()).isFalse();
  }

  @Test
  @DisplayName("VER-001: a slot draws at most 256 jobs")
  void aSlotDrawsAtMost256Jobs() {
    JobRig many =
        new JobRig(
            new Rig(TestParameters.with(Map.of()), new EngineLimits(100, 10, 300, 100_000, 10)),
            VALIDATORS);
    for (int i = 0; i < 257; i++) {
      many.submitUntilBeacon(1, ROOT, 1);
    }
    many.draw();
    assertThat(many.rig.eventsOf(Event.DrawMade.class)).hasSize(256);
    assertThat(many.rig.engine.beaconWanted()).isTrue();
    many.draw();
    assertThat(many.rig.eventsOf(Event.DrawMade.class))
        .extracting(Event.DrawMade::job)
        .containsExactly(257L);
  }

  @Test
  @DisplayName("VER-002: with too few eligible validators the job goes on unchecked")
  void withTooFewEligibleTheJobGoesOnUnchecked() {
    long job = jobs.submitUntilBeacon(3, ROOT, UNITS);
    rig.nowMs += parameters.bondUnlockMs();
    for (int i = 2; i < VALIDATORS; i++) {
      rig.done(FIRST_VALIDATOR + i, new Command.Unbond(Role.VALIDATOR.code(), BOND));
    }
    rig.events.clear();
    assertThat(rig.beacon()).isZero();
    assertThat(rig.events)
        .containsExactly(
            new Event.BeaconOpened(1, rig.preimage(1), rig.preimage(1)),
            stateChanged(
                job,
                JobState.AWAITING_BEACON,
                JobState.AWAITING_RESULT,
                parameters.openWindowMs()));
    jobs.openResult(job, ROOT, UNITS);
    assertThat(rig.eventsOf(Event.JobJudged.class))
        .containsExactly(new Event.JobJudged(job, JobEnding.UNCHECKED.code(), UNITS, 0, 0));
  }

  @Test
  @DisplayName("VER-002, NUM-004: the pool's hash names who could be drawn, with their free bonds")
  void thePoolIsWhoCouldBeDrawn() {
    for (int party : new int[] {JobRig.REQUESTER, PROVIDER}) {
      rig.done(party, new Command.Bond(Role.VALIDATOR.code(), BOND));
    }
    rig.done(OUTSIDER, new Command.Bond(Role.VALIDATOR.code(), DUTY_BOND - 1));
    jobs.submitUntilDrawn(3, ROOT, UNITS);
    List<Integer> onDuty = jobs.drawn();
    long job = jobs.submitUntilBeacon(2, ROOT, UNITS);
    NavigableMap<Integer, Long> bonds = new TreeMap<>();
    for (int i = 0; i < VALIDATORS; i++) {
      int validator = FIRST_VALIDATOR + i;
      bonds.put(validator, onDuty.contains(validator) ? BOND - DUTY_BOND : BOND);
    }
    jobs.draw();
    assertThat(rig.eventsOf(Event.DrawMade.class).getFirst().pool())
        .isEqualTo(jobs.pool(job, 0, bonds))
        .isNotEqualTo(jobs.pool(job, 1, bonds))
        .isNotEqualTo(jobs.pool(job + 1, 0, bonds));
  }

  @Test
  @DisplayName("VER-003, NUM-004: validators are picked by the seed, in proportion to their bonds")
  void picksFollowTheSeedAndTheBonds() {
    for (int i = 0; i < VALIDATORS; i++) {
      rig.done(FIRST_VALIDATOR + i, new Command.Bond(Role.VALIDATOR.code(), 1L << (4 * i)));
    }
    long job = jobs.submitUntilBeacon(5, ROOT, UNITS);
    rig.events.clear();
    assertThat(rig.beacon()).isZero();

    Hash32 salted = jobs.saltedResult(job, ROOT, UNITS);
    Hash32 seed = jobs.seed(job, 0, salted, rig.preimage(1), SECRET);
    List<Event> expected = new ArrayList<>();
    expected.add(new Event.BeaconOpened(1, rig.preimage(1), rig.preimage(1)));
    List<Integer> pool = new ArrayList<>();
    NavigableMap<Integer, Long> bonds = new TreeMap<>();
    for (int i = 0; i < VALIDATORS; i++) {
      pool.add(FIRST_VALIDATOR + i);
      bonds.put(FIRST_VALIDATOR + i, bonded(FIRST_VALIDATOR + i));
    }
    expected.add(new Event.DrawMade(job, 0, 1, seed, jobs.pool(job, 0, bonds)));
    for (int i = 0; i < 5; i++) {
      long weight = pool.stream().mapToLong(VerdictsTest::bonded).sum();
      long x = Math.unsignedMultiplyHigh(JobRig.pick(seed, i).word0(), weight);
      int at = 0;
      for (long cumulated = bonded(pool.getFirst()); cumulated <= x; ) {
        at++;
        cumulated += bonded(pool.get(at));
      }
      int drawn = pool.remove(/* index */ at);
      long lock = 6L + i;
      expected.add(new Event.ValidatorDrawn(job, 0, drawn, bonded(drawn)));
      expected.add(new Event.LockOpened(lock, job, LockKind.DUTY_BOND.code(), drawn, drawn));
      expected.add(
          new Event.Posted(
              Asset.COMPUTE,
              DUTY_BOND,
              HolderKind.BOND_VALIDATOR.code(),
              drawn,
              HolderKind.LOCK.code(),
              lock,
              Cause.ESCROW.code(),
              job));
    }
    expected.add(
        stateChanged(job, JobState.AWAITING_BEACON, JobState.SEALING, JobRig.SEAL_WINDOW_MS));
    assertThat(rig.events).isEqualTo(expected);
  }

  @Test
  @DisplayName("VER-003: any number of validators can be drawn from, however unequal")
  void manyValidatorsCanBeDrawnFrom() {
    for (int account = Rig.ACCOUNTS + 1; account <= 200; account++) {
      Address owner = Rig.owner(account);
      assertThat(rig.give(owner, 0, new Command.RegisterAccount(owner))).isZero();
      rig.done(OUTSIDER, new Command.Transfer(account, Asset.COMPUTE, DUTY_BOND));
      rig.done(account, new Command.Bond(Role.VALIDATOR.code(), DUTY_BOND));
    }
    // The small ones hold 188 of 700,188 COMPUTE, so a draw of 15 needs some of them.
    jobs.submitUntilDrawn(15, ROOT, UNITS);
    assertThat(jobs.drawn()).hasSize(15).doesNotHaveDuplicates();
    assertThat(jobs.drawn()).filteredOn(drawn -> drawn > Rig.ACCOUNTS).hasSizeGreaterThan(7);
  }

  private static long bonded(int validator) {
    return BOND + (1L << (4 * (validator - FIRST_VALIDATOR)));
  }

  @Test
  @DisplayName("VER-004: without a beacon the job goes on unchecked at the deadline")
  void aMissedBeaconIsPassedOver() {
    long job = jobs.submitUntilBeacon(3, ROOT, UNITS);
    assertThat(jobs.passMs(parameters.beaconWindowMs()))
        .containsExactly(
            stateChanged(
                job,
                JobState.AWAITING_BEACON,
                JobState.AWAITING_RESULT,
                parameters.openWindowMs()));
    assertThat(rig.engine.beaconWanted()).isFalse();
  }

  @Test
  @DisplayName("VER-010: sealVerdict is refused in order; the last seal ends the window")
  void sealVerdict() {
    long plain = jobs.submit(JobRig.plainJob());
    long job = jobs.submitUntilDrawn(3, ROOT, UNITS);
    int validator = jobs.drawn(0);
    rig.refused(Refusal.INVALID_HASH, OUTSIDER, new Command.SealVerdict(99, 9, Hash32.ZERO));
    rig.refused(Refusal.UNKNOWN_JOB, OUTSIDER, new Command.SealVerdict(99, 9, ROOT));
    rig.refused(Refusal.NOT_PARTY, OUTSIDER, new Command.SealVerdict(job, 9, ROOT));
    rig.refused(Refusal.NOT_PARTY, PROVIDER, new Command.SealVerdict(job, 0, ROOT));
    rig.refused(Refusal.NOT_PARTY, validator, new Command.SealVerdict(plain, 0, ROOT));
    rig.refused(Refusal.WRONG_ROUND, validator, new Command.SealVerdict(job, 1, ROOT));
    assertThat(rig.done(validator, new Command.SealVerdict(job, 0, ROOT)))
        .containsExactly(new Event.VerdictSealed(job, 0, validator, ROOT));
    rig.refused(Refusal.WRONG_ROUND, validator, new Command.SealVerdict(job, 1, ROOT));
    rig.refused(Refusal.ALREADY_DONE, validator, new Command.SealVerdict(job, 0, OTHER_ROOT));
    rig.done(jobs.drawn(1), new Command.SealVerdict(job, 0, ROOT));
    assertThat(rig.done(jobs.drawn(2), new Command.SealVerdict(job, 0, ROOT)))
        .containsExactly(
            new Event.VerdictSealed(job, 0, jobs.drawn(2), ROOT),
            stateChanged(job, JobState.SEALING, JobState.OPENING, parameters.openWindowMs()));
    rig.refused(Refusal.WRONG_STATE, validator, new Command.SealVerdict(job, 1, ROOT));
  }

  @Test
  @DisplayName("VER-010: a seal is late at the deadline")
  void aSealIsLateAtTheDeadline() {
    long job = jobs.submitUntilDrawn(3, ROOT, UNITS);
    rig.nowMs += JobRig.SEAL_WINDOW_MS;
    rig.refused(Refusal.WRONG_STATE, jobs.drawn(0), new Command.SealVerdict(job, 0, ROOT));
  }

  @Test
  @DisplayName("VER-011: with at most a third missing the round goes on, and they get their bond")
  void aThirdMayBeMissing() {
    long job = jobs.submitUntilDrawn(3, ROOT, UNITS);
    rig.done(jobs.drawn(0), new Command.SealVerdict(job, 0, ROOT));
    rig.done(jobs.drawn(2), new Command.SealVerdict(job, 0, ROOT));
    assertThat(jobs.passMs(JobRig.SEAL_WINDOW_MS))
        .containsExactly(
            dutyReturned(job, 7, jobs.drawn(1)),
            stateChanged(job, JobState.SEALING, JobState.OPENING, parameters.openWindowMs()));
  }

  @Test
  @DisplayName("VER-011: with more missing the round is drawn again, by others, so often")
  void moreThanAThirdMissingIsDrawnAgain() {
    long job = jobs.submitUntilDrawn(2, ROOT, UNITS);
    List<Integer> everDrawn = new ArrayList<>(jobs.drawn());
    Hash32 salted = jobs.saltedResult(job, ROOT, UNITS);
    for (int round = 0; round < 2; round++) {
      long lock = 6 + 2L * round;
      rig.done(jobs.drawn(0), new Command.SealVerdict(job, round, ROOT));
      assertThat(jobs.passMs(JobRig.SEAL_WINDOW_MS))
          .containsExactly(
              dutyReturned(job, lock, jobs.drawn(0)),
              dutyReturned(job, lock + 1, jobs.drawn(1)),
              stateChanged(
                  job, JobState.SEALING, JobState.AWAITING_BEACON, parameters.beaconWindowMs()));
      rig.refused(Refusal.NOT_PARTY, jobs.drawn(0), new Command.SealVerdict(job, round, ROOT));
      NavigableMap<Integer, Long> bonds = new TreeMap<>();
      for (int i = 0; i < VALIDATORS; i++) {
        bonds.put(FIRST_VALIDATOR + i, BOND);
      }
      everDrawn.forEach(bonds::remove);
      jobs.draw();
      everDrawn.addAll(jobs.drawn());
      assertThat(rig.eventsOf(Event.DrawMade.class))
          .containsExactly(
              new Event.DrawMade(
                  job,
                  round + 1,
                  1,
                  jobs.seed(job, round + 1, salted, rig.preimage(round + 2), SECRET),
                  jobs.pool(job, round + 1, bonds)));
    }
    assertThat(everDrawn).hasSize(6).doesNotHaveDuplicates();
    int sealed = jobs.drawn(0);
    rig.done(sealed, new Command.SealVerdict(job, 2, ROOT));
    assertThat(jobs.passMs(JobRig.SEAL_WINDOW_MS))
        .containsExactly(
            dutyReturned(job, 10, sealed),
            dutyReturned(job, 11, jobs.drawn(1)),
            stateChanged(
                job, JobState.SEALING, JobState.AWAITING_RESULT, parameters.openWindowMs()));
    rig.refused(Refusal.WRONG_STATE, sealed, JobRig.openingOf(job, 2, Verdict.DIGEST, ROOT, UNITS));
    // No verdict was opened, so nothing is slashed.
    assertThat(jobs.passMs(parameters.openWindowMs()))
        .startsWith(new Event.JobJudged(job, JobEnding.WITHHELD.code(), 0, 0, 0));
  }

  @Test
  @DisplayName("VER-002: who was drawn in an earlier round is not eligible")
  void whoWasDrawnIsNotEligibleAgain() {
    long job = jobs.submitUntilDrawn(4, ROOT, UNITS);
    jobs.passMs(JobRig.SEAL_WINDOW_MS);
    rig.events.clear();
    assertThat(rig.beacon()).isZero();
    assertThat(rig.eventsOf(Event.JobStateChanged.class))
        .containsExactly(
            (Event.JobStateChanged)
                stateChanged(
                    job,
                    JobState.AWAITING_BEACON,
                    JobState.AWAITING_RESULT,
                    parameters.openWindowMs()));
  }

  @Test
  @DisplayName("VER-012: openVerdict is refused in order, then counts")
  void openVerdict() {
    long job = jobs.submitUntilDrawn(3, ROOT, UNITS);
    int validator = jobs.drawn(0);
    rig.refused(
        Refusal.INVALID_VERDICT,
        OUTSIDER,
        new Command.OpenVerdict(99, 9, 0, Hash32.ZERO, -1, SALT));
    rig.refused(
        Refusal.INVALID_VERDICT,
        OUTSIDER,
        new Command.OpenVerdict(99, 9, 4, Hash32.ZERO, -1, SALT));
    rig.refused(
        Refusal.INVALID_HASH, OUTSIDER, JobRig.openingOf(99, 9, Verdict.DIGEST, Hash32.ZERO, -1));
    rig.refused(
        Refusal.INVALID_QUANTITY,
        OUTSIDER,
        JobRig.openingOf(99, 9, Verdict.UNAVAILABLE, Hash32.ZERO, -1));
    rig.refused(Refusal.UNKNOWN_JOB, OUTSIDER, JobRig.openingOf(99, 9, Verdict.DIGEST, ROOT, 1));
    rig.refused(Refusal.NOT_PARTY, OUTSIDER, JobRig.openingOf(job, 9, Verdict.DIGEST, ROOT, 1));
    rig.refused(Refusal.NOT_PARTY, validator, JobRig.openingOf(job, 9, Verdict.DIGEST, ROOT, 1));
    jobs.seal(job, 0, validator, Verdict.DIGEST, ROOT, UNITS);
    rig.refused(Refusal.WRONG_STATE, validator, JobRig.openingOf(job, 9, Verdict.DIGEST, ROOT, 1));
    jobs.seal(job, 0, jobs.drawn(1), Verdict.UNAVAILABLE, Hash32.ZERO, 0);
    jobs.seal(job, 0, jobs.drawn(2), Verdict.INVALID, Hash32.ZERO, 0);
    rig.refused(Refusal.WRONG_ROUND, validator, JobRig.openingOf(job, 9, Verdict.DIGEST, ROOT, 1));
    rig.refused(
        Refusal.HASH_MISMATCH, validator, JobRig.openingOf(job, 0, Verdict.DIGEST, ROOT, 1));
    rig.refused(
        Refusal.HASH_MISMATCH, validator, JobRig.openingOf(job, 0, Verdict.INVALID, ROOT, UNITS));
    assertThat(rig.done(validator, JobRig.openingOf(job, 0, Verdict.DIGEST, ROOT, UNITS)))
        .containsExactly(
            new Event.VerdictOpened(job, 0, validator, Verdict.DIGEST.code(), ROOT, UNITS));
    rig.refused(Refusal.ALREADY_DONE, validator, JobRig.openingOf(job, 0, Verdict.DIGEST, ROOT, 1));
    jobs.open(job, 0, jobs.drawn(1), Verdict.UNAVAILABLE, Hash32.ZERO, 0);
    jobs.open(job, 0, jobs.drawn(2), Verdict.INVALID, Hash32.ZERO, 0);
  }

  @Test
  @DisplayName("VER-012: another's seal can not be opened")
  void anothersSealCanNotBeOpened() {
    long job = jobs.submitUntilDrawn(2, ROOT, UNITS);
    Command.SealVerdict copied = jobs.sealOf(job, 0, jobs.drawn(0), Verdict.DIGEST, ROOT, UNITS);
    rig.done(jobs.drawn(0), copied);
    rig.done(jobs.drawn(1), copied);
    jobs.open(job, 0, jobs.drawn(0), Verdict.DIGEST, ROOT, UNITS);
    rig.refused(
        Refusal.HASH_MISMATCH,
        jobs.drawn(1),
        JobRig.openingOf(job, 0, Verdict.DIGEST, ROOT, UNITS));
  }

  /** A verdict with what it names. */
  private record Said(Verdict verdict, Hash32 root, long units) {}

  private static final Said AGREES = new Said(Verdict.DIGEST, ROOT, UNITS);
  private static final Said OTHER_UNITS = new Said(Verdict.DIGEST, ROOT, UNITS - 1);
  private static final Said OTHER = new Said(Verdict.DIGEST, OTHER_ROOT, 2 * UNITS);
  private static final Said INVALID = new Said(Verdict.INVALID, Hash32.ZERO, 0);
  private static final Said INVALID_TOO = new Said(Verdict.INVALID, ROOT, UNITS);
  private static final Said UNAVAILABLE = new Said(Verdict.UNAVAILABLE, Hash32.ZERO, 0);

  /** Runs a job with these verdicts in order of drawing and returns its judgement. */
  private static Event.JobJudged judged(boolean isResultOpened, Said... verdicts) {
    JobRig fresh = new JobRig();
    long job = fresh.submitUntilDrawn(verdicts.length, ROOT, UNITS);
    for (int i = 0; i < verdicts.length; i++) {
      Said said = verdicts[i];
      fresh.seal(job, 0, fresh.drawn(i), said.verdict, said.root, said.units);
    }
    if (isResultOpened) {
      fresh.openResult(job, ROOT, UNITS);
    }
    for (int i = 0; i < verdicts.length; i++) {
      Said said = verdicts[i];
      fresh.open(job, 0, fresh.drawn(i), said.verdict, said.root, said.units);
    }
    if (!isResultOpened) {
      fresh.passMs(fresh.rig.parameters().openWindowMs());
    }
    return fresh.rig.eventsOf(Event.JobJudged.class).getFirst();
  }

  private static Event.JobJudged judgement(JobEnding ending, long units, int agreed, int drawn) {
    return new Event.JobJudged(1, ending.code(), units, agreed * BOND, drawn * BOND);
  }

  @Test
  @DisplayName("VER-013, VER-014: two thirds of the drawn weight decide, units included")
  void twoThirdsDecide() {
    assertThat(judged(true, AGREES, AGREES, AGREES))
        .isEqualTo(judgement(JobEnding.ACCEPTED, UNITS, 3, 3));
    assertThat(judged(true, OTHER, AGREES, AGREES))
        .isEqualTo(judgement(JobEnding.ACCEPTED, UNITS, 2, 3));
    assertThat(judged(true, OTHER_UNITS, AGREES, OTHER))
        .isEqualTo(judgement(JobEnding.UNCHECKED, UNITS, 0, 3));
    assertThat(judged(true, OTHER_UNITS, OTHER_UNITS, AGREES))
        .isEqualTo(judgement(JobEnding.FRAUD, UNITS - 1, 2, 3));
    assertThat(judged(true, AGREES, OTHER)).isEqualTo(judgement(JobEnding.UNCHECKED, UNITS, 0, 2));
    assertThat(judged(true, OTHER, OTHER, OTHER, AGREES))
        .as("VER-015: at most what the provider claimed")
        .isEqualTo(judgement(JobEnding.FRAUD, UNITS, 3, 4));
  }

  @Test
  @DisplayName("VER-013: INVALID is one group, UNAVAILABLE decides nothing")
  void invalidDecidesAndUnavailableDoesNot() {
    assertThat(judged(true, INVALID, AGREES, INVALID_TOO))
        .isEqualTo(judgement(JobEnding.FRAUD, 0, 2, 3));
    assertThat(judged(true, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE))
        .isEqualTo(judgement(JobEnding.UNCHECKED, UNITS, 0, 3));
  }

  @Test
  @DisplayName("VER-014, VER-015: a provider that does not open withholds, whatever is agreed")
  void notOpeningIsWithholding() {
    assertThat(judged(false, AGREES, AGREES, OTHER))
        .isEqualTo(judgement(JobEnding.WITHHELD, UNITS, 2, 3));
    assertThat(judged(false, AGREES, OTHER, INVALID))
        .isEqualTo(judgement(JobEnding.WITHHELD, 0, 0, 3));
    assertThat(judged(false, INVALID, INVALID)).isEqualTo(judgement(JobEnding.WITHHELD, 0, 2, 2));
  }

  @Test
  @DisplayName("VER-013: the weight of those missing counts in the whole")
  void missingWeightCounts() {
    long job = jobs.submitUntilDrawn(6, ROOT, UNITS);
    for (int i = 0; i < 4; i++) {
      jobs.seal(job, 0, jobs.drawn(i), Verdict.DIGEST, i < 3 ? ROOT : OTHER_ROOT, UNITS);
    }
    jobs.passMs(JobRig.SEAL_WINDOW_MS);
    for (int i = 0; i < 4; i++) {
      jobs.open(job, 0, jobs.drawn(i), Verdict.DIGEST, i < 3 ? ROOT : OTHER_ROOT, UNITS);
    }
    jobs.openResult(job, ROOT, UNITS);
    assertThat(rig.eventsOf(Event.JobJudged.class))
        .containsExactly(judgement(JobEnding.UNCHECKED, UNITS, 0, 6));
  }

  @Test
  @DisplayName("VER-016: who sealed and did not open loses the duty bond, the others get it back")
  void notOpeningAVerdictIsSlashed() {
    long job = jobs.submitUntilDrawn(3, ROOT, UNITS);
    jobs.sealAll(job, 0, Verdict.DIGEST, ROOT, UNITS);
    jobs.open(job, 0, jobs.drawn(0), Verdict.DIGEST, ROOT, UNITS);
    jobs.open(job, 0, jobs.drawn(2), Verdict.DIGEST, ROOT, UNITS);
    jobs.openResult(job, ROOT, UNITS);
    assertThat(jobs.passMs(parameters.openWindowMs()))
        .startsWith(
            judgement(JobEnding.ACCEPTED, UNITS, 2, 3),
            dutyReturned(job, 6, jobs.drawn(0)),
            dutyBurned(job, 7),
            dutyReturned(job, 8, jobs.drawn(2)));
    assertThat(rig.bondOf(jobs.drawn(1), Role.VALIDATOR)).isEqualTo(BOND - DUTY_BOND);
    // It has no share either.
    assertThat(rig.free(jobs.drawn(1))).isEqualTo(Rig.FUNDS - BOND);
  }

  @Test
  @DisplayName("VER-016: without a duty bond nothing is returned or burned")
  void withoutDutyBondsNothingIsReturned() {
    JobRig free = new JobRig(TestParameters.with(Map.of("dutyBondPpm", 0)));
    long job = free.submitUntilDrawn(3, ROOT, UNITS);
    assertThat(free.rig.eventsOf(Event.LockOpened.class)).isEmpty();
    free.sealAll(job, 0, Verdict.DIGEST, ROOT, UNITS);
    free.openResult(job, ROOT, UNITS);
    assertThat(free.passMs(parameters.openWindowMs()))
        .filteredOn(Event.Posted.class::isInstance)
        .isEmpty();
  }
}
