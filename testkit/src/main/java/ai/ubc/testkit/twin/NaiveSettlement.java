package ai.ubc.testkit.twin;

import ai.ubc.domain.Cause;
import ai.ubc.domain.Fraction;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judgement and settlement (VER-013 to VER-016, SET-001 to SET-004). */
final class NaiveSettlement {
  private static final NaiveJob.Opinion INVALID =
      new NaiveJob.Opinion(Verdict.INVALID, Hash32.ZERO, 0);

  /** The validators that opened the same opinion, in order of drawing. */
  private record Group(NaiveJob.Opinion opinion, List<NaiveJob.Judge> members) {
    BigInteger weight() {
      return weightOf(members);
    }
  }

  private final NaiveState state;
  private final GenesisParameters parameters;
  private final NaiveMandates mandates;

  NaiveSettlement(NaiveState state, NaiveMandates mandates) {
    this.state = state;
    this.mandates = mandates;
    this.parameters = state.genesis.parameters();
  }

  private static BigInteger weightOf(List<NaiveJob.Judge> judges) {
    return judges.stream().map(judge -> judge.weight).reduce(BigInteger.ZERO, BigInteger::add);
  }

  // VER-013
  private Optional<Group> standingGroup(NaiveJob job) {
    Map<NaiveJob.Opinion, List<NaiveJob.Judge>> groups = new LinkedHashMap<>();
    for (NaiveJob.Judge judge : job.judges) {
      judge.opinion.ifPresent(opinion -> {
        switch (opinion.verdict()) {
          case DIGEST -> groups.computeIfAbsent(opinion, o -> new ArrayList<>()).add(judge);
          case INVALID -> groups.computeIfAbsent(INVALID, o -> new ArrayList<>()).add(judge);
          case UNAVAILABLE -> {}
        }
      });
    }
    BigInteger drawn = BigInteger.valueOf(job.judges.size());
    return groups.entrySet().stream()
        .map(entry -> new Group(entry.getKey(), entry.getValue()))
        .filter(group -> isEnough(group.weight(), weightOf(job.judges)))
        .filter(group -> isEnough(BigInteger.valueOf(group.members().size()), drawn))
        .findFirst();
  }

  private boolean isEnough(BigInteger part, BigInteger whole) {
    Fraction agreement = parameters.agreement();
    BigInteger needed = whole.multiply(BigInteger.valueOf(agreement.numerator()));
    return part.multiply(BigInteger.valueOf(agreement.denominator())).compareTo(needed) >= 0;
  }

  /** Judges a job whose opening is over (VER-014). */
  void judgeOpening(NaiveJob job) {
    Optional<Group> standing = standingGroup(job);
    JobEnding ending = ending(job, standing);
    long units =
        switch (ending) {
          case ACCEPTED, UNCHECKED -> job.result.orElseThrow().units();
          case FRAUD -> Math.min(unitsOf(standing), job.result.orElseThrow().units());
          case WITHHELD -> Math.min(unitsOf(standing), job.maxUnits());
          case ABANDONED, CANCELLED, UNMATCHED -> 0;
        };
    BigInteger agreed = standing.map(Group::weight).orElse(BigInteger.ZERO);
    judged(job, ending, units, agreed, weightOf(job.judges));
    for (NaiveJob.Judge judge : job.judges) {
      if (judge.seal.isPresent() && judge.opinion.isPresent()) {
        returnDutyBond(job, judge);
      } else if (judge.seal.isPresent()) {
        judge.lock.ifPresent(lock -> state.empty(job, lock, NaiveState.burned(), Cause.SLASH));
      }
    }
    List<NaiveJob.Judge> members = standing.map(Group::members).orElse(List.of());
    switch (ending) {
      case ACCEPTED -> {
        pay(job, units, members);
        hold(job);
      }
      case UNCHECKED -> hold(job);
      case FRAUD, WITHHELD, ABANDONED -> slash(job, units, members);
      case CANCELLED, UNMATCHED -> throw new IllegalStateException("no judgement ends so");
    }
  }

  private static long unitsOf(Optional<Group> standing) {
    return standing
        .filter(group -> group.opinion().verdict() == Verdict.DIGEST)
        .map(group -> group.opinion().units())
        .orElse(0L);
  }

  private static JobEnding ending(NaiveJob job, Optional<Group> standing) {
    if (job.result.isEmpty()) {
      return JobEnding.WITHHELD;
    }
    if (standing.isEmpty()) {
      return JobEnding.UNCHECKED;
    }
    NaiveJob.Result result = job.result.get();
    NaiveJob.Opinion honest = new NaiveJob.Opinion(Verdict.DIGEST, result.root(), result.units());
    return standing.get().opinion().equals(honest) ? JobEnding.ACCEPTED : JobEnding.FRAUD;
  }

  /** The provider opened what nobody checks. */
  void judgeUnchecked(NaiveJob job) {
    long units = job.result.orElseThrow().units();
    judged(job, JobEnding.UNCHECKED, units, BigInteger.ZERO, BigInteger.ZERO);
    hold(job);
  }

  /** The provider did not commit, or did not open what nobody checks. */
  void judgeFailed(NaiveJob job, JobEnding ending) {
    judged(job, ending, 0, BigInteger.ZERO, BigInteger.ZERO);
    slash(job, 0, List.of());
  }

  private void judged(
      NaiveJob job, JobEnding ending, long units, BigInteger agreed, BigInteger drawn) {
    job.ending = Optional.of(ending);
    state.sink.jobJudged(
        job.number(), ending.code(), units, agreed.longValueExact(), drawn.longValueExact());
  }

  private void hold(NaiveJob job) {
    state.change(job, JobState.HELD, state.now + parameters.disputeWindowMs());
  }

  /** The dispute window is over (SET-002). */
  void release(NaiveJob job) {
    JobEnding ending = job.ending.orElseThrow();
    if (ending == JobEnding.UNCHECKED) {
      pay(job, job.result.orElseThrow().units(), List.of());
    }
    rest(
        job,
        LockKind.PROVIDER_BOND,
        NaiveState.providerBond(job.terms().provider()),
        Cause.BOND_RETURN);
    state.close(job, job.ending.orElseThrow());
  }

  void returnDutyBond(NaiveJob job, NaiveJob.Judge judge) {
    NaiveState.Holder owner = NaiveState.validatorBond(judge.account);
    judge.lock.ifPresent(lock -> state.empty(job, lock, owner, Cause.BOND_RETURN));
  }

  // SET-001; nobody shares when nobody stands.
  private void pay(NaiveJob job, long units, List<NaiveJob.Judge> members) {
    NaiveState.Holder requester = NaiveState.free(job.requester());
    BigInteger pay = state.amounts.pay(units, job.terms().priceMicros());
    BigInteger fee = state.amounts.fee(pay);
    BigInteger burn = state.amounts.burn(pay);
    BigInteger checking =
        members.isEmpty() ? BigInteger.ZERO : state.amounts.checkingPaid(pay, job.validators());
    part(job, LockKind.PRICE, pay, NaiveState.free(job.terms().provider()), Cause.PAY);
    rest(job, LockKind.PRICE, requester, Cause.REFUND);
    part(job, LockKind.FEE, burn, NaiveState.burned(), Cause.BURN);
    part(job, LockKind.FEE, fee.subtract(burn), treasury(), Cause.FEE);
    rest(job, LockKind.FEE, requester, Cause.REFUND);
    share(job, LockKind.CHECKING, checking, members);
    rest(job, LockKind.CHECKING, requester, Cause.REFUND);
    rest(job, LockKind.DEPOSIT, requester, Cause.REFUND);
    state.sink.jobSettled(
        job.number(),
        pay.longValueExact(),
        fee.longValueExact(),
        burn.longValueExact(),
        checking.longValueExact());
    mandates.giveBack(job, agreed(job).subtract(pay).subtract(fee).subtract(checking));
  }

  // SET-003
  private void slash(NaiveJob job, long units, List<NaiveJob.Judge> members) {
    NaiveState.Holder requester = NaiveState.free(job.requester());
    rest(job, LockKind.PRICE, requester, Cause.REFUND);
    rest(job, LockKind.FEE, requester, Cause.REFUND);
    rest(job, LockKind.CHECKING, requester, Cause.REFUND);
    rest(job, LockKind.DEPOSIT, requester, Cause.REFUND);
    BigInteger checking = BigInteger.ZERO;
    if (!members.isEmpty()) {
      BigInteger pay = state.amounts.pay(units, job.terms().priceMicros());
      checking = state.amounts.checkingPaid(pay, job.validators()).min(job.terms().providerBond());
    }
    share(job, LockKind.PROVIDER_BOND, checking, members);
    BigInteger burned = job.terms().providerBond().subtract(checking);
    rest(job, LockKind.PROVIDER_BOND, NaiveState.burned(), Cause.SLASH);
    state.sink.jobSettled(job.number(), 0, 0, burned.longValueExact(), checking.longValueExact());
    mandates.giveBack(job, agreed(job));
    state.close(job, job.ending.orElseThrow());
  }

  private static BigInteger agreed(NaiveJob job) {
    return job.terms().price().add(job.terms().fee()).add(job.terms().checking());
  }

  private void share(
      NaiveJob job, LockKind from, BigInteger checking, List<NaiveJob.Judge> members) {
    if (members.isEmpty()) {
      return;
    }
    BigInteger count = BigInteger.valueOf(members.size());
    BigInteger share = checking.divide(count);
    for (NaiveJob.Judge member : members) {
      part(job, from, share, NaiveState.free(member.account), Cause.CHECKING);
    }
    part(job, from, checking.subtract(share.multiply(count)), treasury(), Cause.REMAINDER);
  }

  private static NaiveState.Holder treasury() {
    return NaiveState.free(Genesis.TREASURY_ACCOUNT);
  }

  private void part(
      NaiveJob job, LockKind from, BigInteger amount, NaiveState.Holder to, Cause cause) {
    NaiveLock lock = job.locks.get(from);
    if (lock != null) {
      state.post(amount, NaiveState.lock(lock), to, cause, job.number());
    } else if (amount.signum() != 0) {
      throw new IllegalStateException("job " + job.number() + " has no lock for " + from);
    }
  }

  private void rest(NaiveJob job, LockKind from, NaiveState.Holder to, Cause cause) {
    NaiveLock lock = job.locks.get(from);
    if (lock != null) {
      state.empty(job, lock, to, cause);
    }
  }
}
