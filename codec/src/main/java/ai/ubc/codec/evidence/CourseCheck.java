package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.codec.BodyReceipt;
import ai.ubc.codec.evidence.JobFacts.Judge;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Messages and deadlines of a job (JOB-010 to JOB-014, VER-010 to VER-012). One thread. */
final class CourseCheck {
  private final JobFacts facts;
  private final GenesisParameters parameters;
  private final Findings findings;
  private final WaitingCheck waiting;
  private final SettlementCheck settlement;

  CourseCheck(JobFacts facts, Findings findings, WaitingCheck waiting, SettlementCheck settlement) {
    this.facts = facts;
    this.parameters = facts.parameters;
    this.findings = findings;
    this.waiting = waiting;
    this.settlement = settlement;
  }

  private void requireTaken(RecordView view, EvidenceLink link, JobState... states)
      throws BrokenLinkException {
    require(
        facts.state.filter(Arrays.asList(states)::contains).isPresent()
            && view.nowMs() < facts.deadlineMs,
        link,
        "Record " + view.seq() + " came when the job did not take it, or too late.");
  }

  private static void requireParty(
      RecordView view, EvidenceLink link, int account, int party, String role)
      throws BrokenLinkException {
    require(
        account == party,
        link,
        "Record %d is by account %d, but the %s is account %d."
            .formatted(view.seq(), account, role, party));
  }

  void commit(RecordView view, int account, Command.CommitResult command)
      throws BrokenLinkException {
    int provider = facts.terms().provider();
    requireParty(view, EvidenceLink.COMMIT, account, provider, "provider");
    requireTaken(view, EvidenceLink.COMMIT, JobState.LEASED);
    require(
        !command.saltedResult().isZero() && !command.itemsRoot().isZero(),
        EvidenceLink.COMMIT,
        "Record " + view.seq() + " commits to nothing.");
    facts.saltedResult = command.saltedResult();
    facts.itemsRoot = command.itemsRoot();
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    expected.add(new Event.ResultCommitted(facts.job, command.saltedResult(), command.itemsRoot()));
    long price = facts.locks.getOrDefault(LockKind.PRICE, 0L);
    expected.add(new Event.LockReassigned(price, provider));
    switch (facts.tier) {
      case QUORUM -> expected.enter(JobState.AWAITING_SECRET, parameters.secretWindowMs());
      case NONE -> awaitResult(expected);
    }
    expected.compare(EvidenceLink.COMMIT, EvidenceLink.COMMIT);
    findings.shown(
        EvidenceLink.COMMIT,
        "The provider bound itself to its result in record "
            + view.seq()
            + (facts.tier == Tier.QUORUM ? ", before anybody was drawn." : "."));
  }

  void reveal(RecordView view, int account, Command.RevealSecret command)
      throws BrokenLinkException {
    Event.JobSubmitted terms = facts.terms();
    requireParty(view, EvidenceLink.DRAW, account, terms.requester(), "requester");
    requireTaken(view, EvidenceLink.DRAW, JobState.AWAITING_SECRET);
    require(
        JobHashes.secretHash(command.secret()).equals(terms.secretHash()),
        EvidenceLink.DRAW,
        "The secret in record " + view.seq() + " is not the one that the order holds the hash of.");
    facts.secret = Optional.of(command.secret());
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    expected.add(new Event.SecretRevealed(facts.job, command.secret()));
    awaitBeacon(expected);
    expected.compare(EvidenceLink.DRAW, EvidenceLink.DRAW);
  }

  void openResult(RecordView view, int account, Command.OpenResult command)
      throws BrokenLinkException {
    requireParty(view, EvidenceLink.RESULT, account, facts.terms().provider(), "provider");
    requireTaken(view, EvidenceLink.RESULT, JobState.OPENING, JobState.AWAITING_RESULT);
    Hash32 salted =
        JobHashes.saltedResult(
            facts.genesisHash, facts.job, command.resultRoot(), command.units(), command.salt());
    require(
        facts.result.isEmpty() && salted.equals(facts.saltedResult),
        EvidenceLink.RESULT,
        "What record " + view.seq() + " opens is not what the provider had committed to.");
    require(
        command.units() >= 0
            && command.units() <= facts.terms().maxUnits()
            && !command.resultRoot().isZero()
            && !command.body().isZero(),
        EvidenceLink.RESULT,
        "Record " + view.seq() + " opens a result that the rules do not allow.");
    requireReceipt(view, command);
    facts.result = Optional.of(command);
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    expected.add(
        new Event.ResultOpened(
            facts.job, command.resultRoot(), command.units(), command.salt(), command.body()));
    if (facts.is(JobState.AWAITING_RESULT)) {
      settlement.judgeUnchecked(expected);
    } else {
      judgeWhenAllHaveOpened(expected);
    }
    expected.compare(EvidenceLink.RESULT, EvidenceLink.SETTLEMENT);
    findings.shown(
        EvidenceLink.RESULT,
        "The provider opened the result %s with %d units (record %d); it is what it had committed to."
            .formatted(command.resultRoot(), command.units(), view.seq()));
  }

  // JOB-012: the ledger compares the time only; the signature is checked before an entry is logged.
  private void requireReceipt(RecordView view, Command.OpenResult command)
      throws BrokenLinkException {
    require(
        BodyReceipt.isProven(facts.domain, facts.genesis.notary(), command)
            && command.heldUntilMs()
                >= view.nowMs() + parameters.openWindowMs() + parameters.disputeWindowMs(),
        EvidenceLink.BODY,
        "Record " + view.seq() + " has no receipt of the notary that the result is held.");
  }

  void seal(RecordView view, int account, Command.SealVerdict command) throws BrokenLinkException {
    Judge judge = judge(view, EvidenceLink.SEALS, account);
    requireTaken(view, EvidenceLink.SEALS, JobState.SEALING);
    require(
        command.round() == facts.round && judge.seal.isEmpty() && !command.seal().isZero(),
        EvidenceLink.SEALS,
        "Record " + view.seq() + " seals nothing, a second time, or in another round.");
    judge.seal = Optional.of(command.seal());
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    expected.add(new Event.VerdictSealed(facts.job, facts.round, account, command.seal()));
    if (facts.judges.stream().allMatch(other -> other.seal.isPresent())) {
      expected.enter(JobState.OPENING, parameters.openWindowMs());
    }
    expected.compare(EvidenceLink.SEALS, EvidenceLink.SEALS);
  }

  void openVerdict(RecordView view, int account, Command.OpenVerdict command)
      throws BrokenLinkException {
    Judge judge = judge(view, EvidenceLink.VERDICTS, account);
    requireTaken(view, EvidenceLink.VERDICTS, JobState.OPENING);
    Verdict verdict = verdict(view, command);
    require(
        command.round() == facts.round
            && judge.verdict.isEmpty()
            && command.units() >= 0
            && (verdict != Verdict.DIGEST || !command.resultRoot().isZero()),
        EvidenceLink.VERDICTS,
        "Record " + view.seq() + " opens nothing, a second time, or in another round.");
    Hash32 seal =
        JobHashes.seal(
            facts.genesisHash,
            facts.job,
            command.round(),
            account,
            verdict,
            command.resultRoot(),
            command.units(),
            command.salt());
    require(
        judge.seal.filter(seal::equals).isPresent(),
        EvidenceLink.VERDICTS,
        "The verdict in record " + view.seq() + " is not the one that was sealed.");
    judge.verdict = Optional.of(command);
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    expected.add(
        new Event.VerdictOpened(
            facts.job,
            facts.round,
            account,
            command.verdict(),
            command.resultRoot(),
            command.units()));
    judgeWhenAllHaveOpened(expected);
    expected.compare(EvidenceLink.VERDICTS, EvidenceLink.SETTLEMENT);
  }

  private static Verdict verdict(RecordView view, Command.OpenVerdict command)
      throws BrokenLinkException {
    for (Verdict verdict : Verdict.values()) {
      if (verdict.code() == command.verdict()) {
        return verdict;
      }
    }
    throw new BrokenLinkException(
        EvidenceLink.VERDICTS, "Record " + view.seq() + " opens no verdict that there is.");
  }

  private Judge judge(RecordView view, EvidenceLink link, int account) throws BrokenLinkException {
    return facts
        .judge(account)
        .orElseThrow(() ->
            new BrokenLinkException(
                link,
                "Record %d is by account %d, which was not drawn in round %d."
                    .formatted(view.seq(), account, facts.round)));
  }

  private void judgeWhenAllHaveOpened(ExpectedEvents expected) throws BrokenLinkException {
    boolean allJudges =
        facts.judges.stream().allMatch(judge -> judge.seal.isEmpty() || judge.verdict.isPresent());
    if (facts.result.isPresent() && allJudges) {
      settlement.judgeOpening(expected);
    }
  }

  /** A record in which the job's deadline is handled (JOB-013, JOB-014). */
  void deadline(RecordView view) throws BrokenLinkException {
    JobState state =
        facts.state.orElseThrow(() ->
            new BrokenLinkException(
                EvidenceLink.ORDER, "The record that submitted job " + facts.job + " is missing."));
    EvidenceLink link = linkOf(state);
    require(
        view.nowMs() >= facts.deadlineMs,
        link,
        "Record " + view.seq() + " ends the state " + state + " before its deadline.");
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    switch (state) {
      case WAITING -> waiting.expectUnmatched(expected);
      case LEASED -> settlement.judgeFailed(expected, JobEnding.ABANDONED);
      case AWAITING_SECRET -> awaitBeacon(expected);
      case AWAITING_BEACON -> awaitResult(expected);
      case SEALING -> sealsAreOver(expected);
      case OPENING -> settlement.judgeOpening(expected);
      case AWAITING_RESULT -> settlement.judgeFailed(expected, JobEnding.WITHHELD);
      case HELD -> settlement.release(expected);
      case CLOSED ->
          throw new BrokenLinkException(
              EvidenceLink.END, "Record " + view.seq() + " comes after the job's end.");
    }
    expected.compare(link, EvidenceLink.SETTLEMENT);
  }

  private static EvidenceLink linkOf(JobState state) {
    return switch (state) {
      case WAITING -> EvidenceLink.ORDER;
      case LEASED -> EvidenceLink.COMMIT;
      case AWAITING_SECRET, AWAITING_BEACON -> EvidenceLink.DRAW;
      case SEALING -> EvidenceLink.SEALS;
      case OPENING -> EvidenceLink.VERDICTS;
      case AWAITING_RESULT -> EvidenceLink.RESULT;
      case HELD, CLOSED -> EvidenceLink.END;
    };
  }

  // VER-011
  private void sealsAreOver(ExpectedEvents expected) throws BrokenLinkException {
    List<Judge> missing = facts.judges.stream().filter(judge -> judge.seal.isEmpty()).toList();
    boolean isEnough = 3 * missing.size() <= facts.judges.size();
    for (Judge judge : isEnough ? missing : facts.judges) {
      settlement.returnDutyBond(expected, judge);
    }
    if (isEnough) {
      expected.enter(JobState.OPENING, parameters.openWindowMs());
      return;
    }
    if (facts.round < parameters.redrawsMax()) {
      facts.round++;
      facts.judges.clear();
      awaitBeacon(expected);
    } else {
      awaitResult(expected);
    }
  }

  private void awaitBeacon(ExpectedEvents expected) {
    expected.enter(JobState.AWAITING_BEACON, parameters.beaconWindowMs());
  }

  private void awaitResult(ExpectedEvents expected) {
    expected.enter(JobState.AWAITING_RESULT, parameters.openWindowMs());
  }
}
