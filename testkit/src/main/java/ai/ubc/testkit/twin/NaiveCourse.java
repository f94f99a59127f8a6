package ai.ubc.testkit.twin;

import static ai.ubc.domain.Refusal.ALREADY_DONE;
import static ai.ubc.domain.Refusal.DONE;
import static ai.ubc.domain.Refusal.HASH_MISMATCH;
import static ai.ubc.domain.Refusal.HOLD_TOO_SHORT;
import static ai.ubc.domain.Refusal.INVALID_HASH;
import static ai.ubc.domain.Refusal.INVALID_QUANTITY;
import static ai.ubc.domain.Refusal.INVALID_VERDICT;
import static ai.ubc.domain.Refusal.NOT_DUE;
import static ai.ubc.domain.Refusal.NOT_PARTY;
import static ai.ubc.domain.Refusal.UNITS_EXCEEDED;
import static ai.ubc.domain.Refusal.UNKNOWN_JOB;
import static ai.ubc.domain.Refusal.WRONG_ROUND;
import static ai.ubc.domain.Refusal.WRONG_STATE;

import ai.ubc.domain.Command.CommitResult;
import ai.ubc.domain.Command.OpenResult;
import ai.ubc.domain.Command.OpenVerdict;
import ai.ubc.domain.Command.RevealSecret;
import ai.ubc.domain.Command.SealVerdict;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The messages and deadlines of a job (JOB-010 to JOB-014, VER-010 to VER-012). */
final class NaiveCourse {
  private static final int DEADLINES_PER_TICK = 64;

  private final NaiveState state;
  private final NaiveSettlement settlement;
  private final NaiveWaiting waiting;
  private final GenesisParameters parameters;

  NaiveCourse(NaiveState state, NaiveSettlement settlement, NaiveWaiting waiting) {
    this.state = state;
    this.settlement = settlement;
    this.waiting = waiting;
    this.parameters = state.genesis.parameters();
  }

  private boolean takes(NaiveJob job, JobState... states) {
    return Arrays.asList(states).contains(job.state) && state.now < job.deadlineMs;
  }

  int commit(int account, CommitResult command) {
    if (command.saltedResult().isZero() || command.itemsRoot().isZero()) {
      return INVALID_HASH.number();
    }
    NaiveJob job = state.jobs.get(command.job());
    if (job == null) {
      return UNKNOWN_JOB.number();
    }
    if (!job.isProvider(account)) {
      return NOT_PARTY.number();
    }
    if (!takes(job, JobState.LEASED)) {
      return WRONG_STATE.number();
    }
    Hash32 salted = command.saltedResult();
    Hash32 root = command.itemsRoot();
    job.saltedResult = salted;
    job.itemsRoot = root;
    state.sink.resultCommitted(
        job.number(),
        salted.word0(),
        salted.word1(),
        salted.word2(),
        salted.word3(),
        root.word0(),
        root.word1(),
        root.word2(),
        root.word3());
    NaiveLock price = Objects.requireNonNull(job.locks.get(LockKind.PRICE));
    state.sink.lockReassigned(price.number(), account);
    if (job.tier() == Tier.QUORUM) {
      state.change(job, JobState.AWAITING_SECRET, state.now + parameters.secretWindowMs());
    } else {
      awaitResult(job);
    }
    return DONE;
  }

  int reveal(int account, RevealSecret command) {
    NaiveJob job = state.jobs.get(command.job());
    if (job == null) {
      return UNKNOWN_JOB.number();
    }
    if (account != job.requester()) {
      return NOT_PARTY.number();
    }
    if (!takes(job, JobState.AWAITING_SECRET)) {
      return WRONG_STATE.number();
    }
    Hash32 secret = command.secret();
    Hash32 hash = NaiveState.finish(NaiveState.put(state.keccak.begin(), secret));
    if (!hash.equals(job.order.command().secretHash())) {
      return HASH_MISMATCH.number();
    }
    job.secret = Optional.of(secret);
    state.sink.secretRevealed(
        job.number(), secret.word0(), secret.word1(), secret.word2(), secret.word3());
    awaitBeacon(job);
    return DONE;
  }

  int openResult(int account, OpenResult command) {
    if (command.resultRoot().isZero() || command.body().isZero()) {
      return INVALID_HASH.number();
    }
    if (command.units() < 0) {
      return INVALID_QUANTITY.number();
    }
    NaiveJob job = state.jobs.get(command.job());
    if (job == null) {
      return UNKNOWN_JOB.number();
    }
    if (!job.isProvider(account)) {
      return NOT_PARTY.number();
    }
    if (!takes(job, JobState.OPENING, JobState.AWAITING_RESULT)) {
      return WRONG_STATE.number();
    }
    if (job.result.isPresent()) {
      return ALREADY_DONE.number();
    }
    if (command.units() > job.maxUnits()) {
      return UNITS_EXCEEDED.number();
    }
    if (command.heldUntilMs()
        < state.now + parameters.openWindowMs() + parameters.disputeWindowMs()) {
      return HOLD_TOO_SHORT.number();
    }
    if (!salted(command).equals(job.saltedResult)) {
      return HASH_MISMATCH.number();
    }
    job.result = Optional.of(new NaiveJob.Result(command.resultRoot(), command.units()));
    announce(command);
    if (job.state == JobState.AWAITING_RESULT) {
      settlement.judgeUnchecked(job);
    } else {
      judgeWhenAllHaveOpened(job);
    }
    return DONE;
  }

  private Hash32 salted(OpenResult command) {
    var message = NaiveState.put(state.hash("UBC.rslt"), state.genesisHash).putLong(command.job());
    NaiveState.put(message, command.resultRoot()).putLong(command.units());
    return NaiveState.finish(NaiveState.put(message, command.salt()));
  }

  private void announce(OpenResult command) {
    state.sink.resultOpened(
        command.job(),
        command.resultRoot().word0(),
        command.resultRoot().word1(),
        command.resultRoot().word2(),
        command.resultRoot().word3(),
        command.units(),
        command.salt().word0(),
        command.salt().word1(),
        command.salt().word2(),
        command.salt().word3(),
        command.body().word0(),
        command.body().word1(),
        command.body().word2(),
        command.body().word3());
  }

  int seal(int account, SealVerdict command) {
    if (command.seal().isZero()) {
      return INVALID_HASH.number();
    }
    NaiveJob job = state.jobs.get(command.job());
    if (job == null) {
      return UNKNOWN_JOB.number();
    }
    Optional<NaiveJob.Judge> judge = job.judge(account);
    if (judge.isEmpty()) {
      return NOT_PARTY.number();
    }
    if (!takes(job, JobState.SEALING)) {
      return WRONG_STATE.number();
    }
    if (command.round() != job.round) {
      return WRONG_ROUND.number();
    }
    if (judge.get().seal.isPresent()) {
      return ALREADY_DONE.number();
    }
    Hash32 seal = command.seal();
    judge.get().seal = Optional.of(seal);
    state.sink.verdictSealed(
        job.number(), job.round, account, seal.word0(), seal.word1(), seal.word2(), seal.word3());
    if (job.judges.stream().allMatch(other -> other.seal.isPresent())) {
      state.change(job, JobState.OPENING, state.now + parameters.openWindowMs());
    }
    return DONE;
  }

  int openVerdict(int account, OpenVerdict command) {
    Optional<Verdict> verdict =
        Arrays.stream(Verdict.values()).filter(v -> v.code() == command.verdict()).findFirst();
    if (verdict.isEmpty()) {
      return INVALID_VERDICT.number();
    }
    if (verdict.get() == Verdict.DIGEST && command.resultRoot().isZero()) {
      return INVALID_HASH.number();
    }
    if (command.units() < 0) {
      return INVALID_QUANTITY.number();
    }
    NaiveJob job = state.jobs.get(command.job());
    if (job == null) {
      return UNKNOWN_JOB.number();
    }
    Optional<NaiveJob.Judge> judge = job.judge(account).filter(j -> j.seal.isPresent());
    if (judge.isEmpty()) {
      return NOT_PARTY.number();
    }
    if (!takes(job, JobState.OPENING)) {
      return WRONG_STATE.number();
    }
    if (command.round() != job.round) {
      return WRONG_ROUND.number();
    }
    if (judge.get().opinion.isPresent()) {
      return ALREADY_DONE.number();
    }
    if (!seal(account, command, job).equals(judge.get().seal.orElseThrow())) {
      return HASH_MISMATCH.number();
    }
    judge.get().opinion =
        Optional.of(new NaiveJob.Opinion(verdict.get(), command.resultRoot(), command.units()));
    state.sink.verdictOpened(
        job.number(),
        job.round,
        account,
        command.verdict(),
        command.resultRoot().word0(),
        command.resultRoot().word1(),
        command.resultRoot().word2(),
        command.resultRoot().word3(),
        command.units());
    judgeWhenAllHaveOpened(job);
    return DONE;
  }

  private Hash32 seal(int validator, OpenVerdict command, NaiveJob job) {
    Hash32 digest =
        NaiveState.finish(
            NaiveState.put(state.hash("UBC.vote"), command.resultRoot()).putLong(command.units()));
    var message =
        NaiveState.put(state.hash("UBC.seal"), state.genesisHash)
            .putLong(job.number())
            .putByte(job.round)
            .putInt(0)
            .putInt(validator)
            .putByte(command.verdict());
    return NaiveState.finish(NaiveState.put(NaiveState.put(message, digest), command.salt()));
  }

  private void judgeWhenAllHaveOpened(NaiveJob job) {
    boolean allJudges =
        job.judges.stream().allMatch(j -> j.seal.isEmpty() || j.opinion.isPresent());
    if (job.result.isPresent() && allJudges) {
      settlement.judgeOpening(job);
    }
  }

  int close(long number) {
    NaiveJob job = state.jobs.get(number);
    if (job == null) {
      return UNKNOWN_JOB.number();
    }
    if (state.now < job.deadlineMs) {
      return NOT_DUE.number();
    }
    deadline(job);
    return DONE;
  }

  void tick() {
    List<NaiveJob> due =
        state.jobs.values().stream()
            .filter(job -> state.now >= job.deadlineMs)
            .sorted(
                Comparator.comparingLong((NaiveJob job) -> job.deadlineMs)
                    .thenComparingLong(NaiveJob::number))
            .limit(DEADLINES_PER_TICK)
            .toList();
    due.forEach(this::deadline);
  }

  private void deadline(NaiveJob job) {
    switch (Objects.requireNonNull(job.state)) {
      case WAITING -> waiting.end(job, JobEnding.UNMATCHED);
      case LEASED -> settlement.judgeFailed(job, JobEnding.ABANDONED);
      case AWAITING_SECRET -> awaitBeacon(job);
      case AWAITING_BEACON -> awaitResult(job);
      case SEALING -> sealsAreOver(job);
      case OPENING -> settlement.judgeOpening(job);
      case AWAITING_RESULT -> settlement.judgeFailed(job, JobEnding.WITHHELD);
      case HELD -> settlement.release(job);
      case CLOSED -> throw new IllegalStateException("closed job " + job.number());
    }
  }

  // VER-011
  private void sealsAreOver(NaiveJob job) {
    List<NaiveJob.Judge> missing =
        job.judges.stream().filter(judge -> judge.seal.isEmpty()).toList();
    if (3 * missing.size() <= job.judges.size()) {
      missing.forEach(judge -> settlement.returnDutyBond(job, judge));
      state.change(job, JobState.OPENING, state.now + parameters.openWindowMs());
      return;
    }
    job.judges.forEach(judge -> settlement.returnDutyBond(job, judge));
    if (job.round < parameters.redrawsMax()) {
      job.round++;
      job.judges.clear();
      awaitBeacon(job);
    } else {
      awaitResult(job);
    }
  }

  private void awaitBeacon(NaiveJob job) {
    state.change(job, JobState.AWAITING_BEACON, state.now + parameters.beaconWindowMs());
  }

  private void awaitResult(NaiveJob job) {
    state.change(job, JobState.AWAITING_RESULT, state.now + parameters.openWindowMs());
  }
}
