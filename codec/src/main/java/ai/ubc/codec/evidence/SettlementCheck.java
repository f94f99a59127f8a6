package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.codec.evidence.JobFacts.Judge;
import ai.ubc.codec.evidence.JobFacts.Judgement;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Fraction;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Verdict;
import ai.ubc.domain.rules.JobAmounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judgement and settlement, recomputed (VER-013 to VER-016, SET-001 to SET-003). One thread. */
final class SettlementCheck {
  /** What validators that agree have opened; INVALID stands for itself. */
  private record Opinion(Verdict verdict, Hash32 root, long units) {}

  private static final Opinion INVALID = new Opinion(Verdict.INVALID, Hash32.ZERO, 0);

  private final JobFacts facts;
  private final GenesisParameters parameters;

  SettlementCheck(JobFacts facts) {
    this.facts = facts;
    this.parameters = facts.parameters;
  }

  /** The opening is over: everybody has opened, or the deadline has passed (VER-014). */
  void judgeOpening(ExpectedEvents expected) throws BrokenLinkException {
    Map<Opinion, List<Judge>> groups = groups();
    Optional<Opinion> standing =
        groups.entrySet().stream()
            .filter(group -> stands(group.getValue()))
            .map(Map.Entry::getKey)
            .findFirst();
    List<Judge> members =
        standing.map(opinion -> groups.getOrDefault(opinion, List.of())).orElse(List.of());
    JobEnding ending = ending(standing);
    long agreed =
        standing
            .filter(opinion -> opinion.verdict() == Verdict.DIGEST)
            .map(Opinion::units)
            .orElse(0L);
    long units =
        switch (ending) {
          case ACCEPTED, UNCHECKED -> openedUnits();
          case FRAUD -> Math.min(agreed, openedUnits());
          case WITHHELD -> Math.min(agreed, facts.terms().maxUnits());
          case ABANDONED, CANCELLED, UNMATCHED -> 0;
        };
    judged(expected, new Judgement(ending, units, members), facts.drawnMicros());
    for (Judge judge : facts.judges) {
      if (judge.seal.isPresent() && judge.verdict.isPresent()) {
        returnDutyBond(expected, judge);
      } else if (judge.seal.isPresent()) {
        expected.payRest(judge.lock, HolderKind.BURNED, 0, Cause.SLASH);
      }
    }
    settle(expected, ending, units, members);
  }

  /** The provider opened what nobody checks. */
  void judgeUnchecked(ExpectedEvents expected) throws BrokenLinkException {
    judged(expected, new Judgement(JobEnding.UNCHECKED, openedUnits(), List.of()), 0);
    settle(expected, JobEnding.UNCHECKED, openedUnits(), List.of());
  }

  /** The provider did not commit, or did not open what nobody checks. */
  void judgeFailed(ExpectedEvents expected, JobEnding ending) throws BrokenLinkException {
    judged(expected, new Judgement(ending, 0, List.of()), 0);
    settle(expected, ending, 0, List.of());
  }

  /** The dispute window is over (SET-002). */
  void release(ExpectedEvents expected) throws BrokenLinkException {
    Event.JobSubmitted terms = facts.terms();
    Judgement judgement = facts.judgement.orElseThrow();
    if (judgement.ending() == JobEnding.UNCHECKED) {
      pay(expected, judgement.units(), List.of());
    }
    expected.payRest(
        LockKind.PROVIDER_BOND, HolderKind.BOND_PROVIDER, terms.provider(), Cause.BOND_RETURN);
    close(expected, judgement.ending());
  }

  void returnDutyBond(ExpectedEvents expected, Judge judge) throws BrokenLinkException {
    expected.payRest(judge.lock, HolderKind.BOND_VALIDATOR, judge.account, Cause.BOND_RETURN);
  }

  // VER-013
  private Map<Opinion, List<Judge>> groups() {
    Map<Opinion, List<Judge>> groups = new LinkedHashMap<>();
    for (Judge judge : facts.judges) {
      judge
          .verdict
          .flatMap(SettlementCheck::opinion)
          .ifPresent(opinion -> groups.computeIfAbsent(opinion, o -> new ArrayList<>()).add(judge));
    }
    return groups;
  }

  private static Optional<Opinion> opinion(Command.OpenVerdict opened) {
    Verdict verdict = Verdict.of(opened.verdict());
    return switch (verdict) {
      case DIGEST -> Optional.of(new Opinion(verdict, opened.resultRoot(), opened.units()));
      case INVALID -> Optional.of(INVALID);
      case UNAVAILABLE -> Optional.empty();
    };
  }

  private boolean stands(List<Judge> group) {
    Fraction agreement = parameters.agreement();
    return agreement.isReachedBy(weightOf(group), facts.drawnMicros())
        && agreement.isReachedBy(group.size(), facts.judges.size());
  }

  private static long weightOf(List<Judge> judges) {
    return judges.stream().mapToLong(judge -> judge.weightMicros).sum();
  }

  private JobEnding ending(Optional<Opinion> standing) {
    if (facts.result.isEmpty()) {
      return JobEnding.WITHHELD;
    }
    if (standing.isEmpty()) {
      return JobEnding.UNCHECKED;
    }
    Command.OpenResult result = facts.result.get();
    Opinion honest = new Opinion(Verdict.DIGEST, result.resultRoot(), result.units());
    return standing.get().equals(honest) ? JobEnding.ACCEPTED : JobEnding.FRAUD;
  }

  private long openedUnits() {
    return facts.result.map(Command.OpenResult::units).orElse(0L);
  }

  private void judged(ExpectedEvents expected, Judgement judgement, long drawnMicros) {
    facts.judgement = Optional.of(judgement);
    expected.add(
        new Event.JobJudged(
            facts.job,
            judgement.ending().code(),
            judgement.units(),
            weightOf(judgement.standing()),
            drawnMicros));
  }

  private void settle(ExpectedEvents expected, JobEnding ending, long units, List<Judge> members)
      throws BrokenLinkException {
    switch (ending) {
      case ACCEPTED -> {
        pay(expected, units, members);
        expected.enter(JobState.HELD, parameters.disputeWindowMs());
      }
      case UNCHECKED -> expected.enter(JobState.HELD, parameters.disputeWindowMs());
      case FRAUD, WITHHELD, ABANDONED -> slash(expected, ending, units, members);
      case CANCELLED, UNMATCHED -> throw new IllegalStateException("no judgement ends so");
    }
  }

  // SET-001; nobody shares when nobody stands.
  private void pay(ExpectedEvents expected, long units, List<Judge> members)
      throws BrokenLinkException {
    Event.JobSubmitted terms = facts.terms();
    int requester = terms.requester();
    long pay = JobAmounts.payRoundedDown(parameters, units, terms.priceMicros());
    long fee = JobAmounts.feeRoundedUp(parameters, pay);
    long burn = JobAmounts.burnRoundedDown(parameters, pay);
    long checking =
        members.isEmpty() ? 0 : JobAmounts.checkingRoundedDown(parameters, pay, terms.validators());
    expected.pay(LockKind.PRICE, pay, HolderKind.FREE, terms.provider(), Cause.PAY);
    expected.payRest(LockKind.PRICE, HolderKind.FREE, requester, Cause.REFUND);
    expected.pay(LockKind.FEE, burn, HolderKind.BURNED, 0, Cause.BURN);
    expected.pay(LockKind.FEE, fee - burn, HolderKind.FREE, Genesis.TREASURY_ACCOUNT, Cause.FEE);
    expected.payRest(LockKind.FEE, HolderKind.FREE, requester, Cause.REFUND);
    share(expected, LockKind.CHECKING, checking, members);
    expected.payRest(LockKind.CHECKING, HolderKind.FREE, requester, Cause.REFUND);
    expected.payRest(LockKind.DEPOSIT, HolderKind.FREE, requester, Cause.REFUND);
    settled(expected, new Event.JobSettled(facts.job, pay, fee, burn, checking));
    giveBack(expected, facts.countedMicros - pay - fee - checking);
  }

  // SET-003
  private void slash(ExpectedEvents expected, JobEnding ending, long units, List<Judge> members)
      throws BrokenLinkException {
    Event.JobSubmitted terms = facts.terms();
    int requester = terms.requester();
    expected.payRest(LockKind.PRICE, HolderKind.FREE, requester, Cause.REFUND);
    expected.payRest(LockKind.FEE, HolderKind.FREE, requester, Cause.REFUND);
    expected.payRest(LockKind.CHECKING, HolderKind.FREE, requester, Cause.REFUND);
    expected.payRest(LockKind.DEPOSIT, HolderKind.FREE, requester, Cause.REFUND);
    long bond = terms.providerBondMicros();
    long pay = JobAmounts.payRoundedDown(parameters, units, terms.priceMicros());
    long checking =
        members.isEmpty()
            ? 0
            : Math.min(bond, JobAmounts.checkingRoundedDown(parameters, pay, terms.validators()));
    share(expected, LockKind.PROVIDER_BOND, checking, members);
    expected.payRest(LockKind.PROVIDER_BOND, HolderKind.BURNED, 0, Cause.SLASH);
    settled(expected, new Event.JobSettled(facts.job, 0, 0, bond - checking, checking));
    giveBack(expected, facts.countedMicros);
    close(expected, ending);
  }

  private void share(
      ExpectedEvents expected, LockKind from, long checkingMicros, List<Judge> members)
      throws BrokenLinkException {
    if (members.isEmpty()) {
      return;
    }
    long share = checkingMicros / members.size();
    for (Judge member : members) {
      expected.pay(from, share, HolderKind.FREE, member.account, Cause.CHECKING);
    }
    long remainder = checkingMicros - share * members.size();
    expected.pay(from, remainder, HolderKind.FREE, Genesis.TREASURY_ACCOUNT, Cause.REMAINDER);
  }

  private void settled(ExpectedEvents expected, Event.JobSettled settled) {
    facts.settled = Optional.of(settled);
    expected.add(settled);
  }

  /**
   * Expects that the job counts less against its mandate (MAN-008). A mandate that was forgotten
   * counts nothing any more, and the log alone tells which is.
   */
  void giveBack(ExpectedEvents expected, long unusedMicros) throws BrokenLinkException {
    List<Event.MandateSpent> recorded = expected.recorded(Event.MandateSpent.class);
    if (facts.mandate.isEmpty() || unusedMicros == 0 || recorded.isEmpty()) {
      return;
    }
    Event.MandateGranted mandate = facts.mandate.get();
    long spent = recorded.getFirst().spentMicros();
    require(
        spent >= facts.countedMicros - unusedMicros
            && spent <= mandate.amountMicros() - unusedMicros,
        EvidenceLink.SETTLEMENT,
        "What counts against mandate " + mandate.mandate() + " is not within it: " + spent + ".");
    expected.add(new Event.MandateSpent(mandate.mandate(), facts.job, -unusedMicros, spent));
  }

  /** Expects that the job closes. */
  void close(ExpectedEvents expected, JobEnding ending) {
    expected.close();
    expected.add(new Event.JobClosed(facts.job, ending.code()));
  }
}
