package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.codec.evidence.RecordView.Asked;
import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Goes through the records of a job as the ledger did, by its rules: what each entry should have
 * done is computed from what came before and compared with what its record says. One thread.
 */
final class JobCheck {
  private final JobFacts facts;
  private final Findings findings;
  private final GenesisAccounts accounts;
  private final SubmissionCheck submission;
  private final DrawCheck draw;
  private final CourseCheck course;
  private final Map<Integer, Address> registered = new TreeMap<>();
  private final TreeSet<Integer> idle = new TreeSet<>();

  JobCheck(JobFacts facts, Findings findings) {
    this.facts = facts;
    this.findings = findings;
    this.accounts = new GenesisAccounts(facts.genesis);
    this.submission = new SubmissionCheck(facts, findings);
    this.draw = new DrawCheck(facts, findings);
    this.course = new CourseCheck(facts, findings);
  }

  /** Goes through all records; {@code endMs} is the log time that the log root is of. */
  void run(List<RecordView> views, long endMs) throws BrokenLinkException {
    for (RecordView view : views) {
      apply(view);
    }
    Event.JobSubmitted terms = facts.terms();
    draw.requireAllUsed();
    require(
        idle.isEmpty(),
        EvidenceLink.FILE,
        "The records that registered the accounts " + idle + " have nothing to do with the job.");
    findings.shown(
        EvidenceLink.PARTIES,
        "Every key owns the account that it acted for; the requester is %d (%s), the provider %d (%s)."
            .formatted(
                terms.requester(),
                owner(terms.requester()).map(Address::toString).orElse("unknown"),
                terms.provider(),
                owner(terms.provider()).map(Address::toString).orElse("unknown")));
    tellChecks();
    tellMoney();
    tellEnd(endMs);
  }

  private void apply(RecordView view) throws BrokenLinkException {
    Asked asked = view.asked();
    switch (asked) {
      case RecordView.User user when user.command() instanceof Command.RegisterAccount register ->
          register(view, user, register);
      case RecordView.User user -> {
        requireOwner(view, user);
        message(view, user.head().account(), user.command());
      }
      case RecordView.Beacon beacon -> draw.beacon(view, beacon);
      case RecordView.Network network -> {
        if (view.eventsOf(facts.job).isEmpty()) {
          throw foreign(view);
        }
        course.deadline(view);
      }
    }
  }

  private void message(RecordView view, int account, Command command) throws BrokenLinkException {
    switch (command) {
      case Command.PlaceOffer c -> submission.placed(view, account, c);
      case Command.SubmitJob c -> submission.submitted(view, account, c);
      case Command.CommitResult c when c.job() == facts.job -> course.commit(view, account, c);
      case Command.RevealSecret c when c.job() == facts.job -> course.reveal(view, account, c);
      case Command.OpenResult c when c.job() == facts.job -> course.openResult(view, account, c);
      case Command.SealVerdict c when c.job() == facts.job -> course.seal(view, account, c);
      case Command.OpenVerdict c when c.job() == facts.job -> course.openVerdict(view, account, c);
      case Command.CloseJob c when c.job() == facts.job -> course.deadline(view);
      case Command other -> throw foreign(view);
    }
  }

  private static BrokenLinkException foreign(RecordView view) {
    return new BrokenLinkException(
        EvidenceLink.FILE, "Record " + view.seq() + " has nothing to do with the job.");
  }

  private void register(RecordView view, RecordView.User user, Command.RegisterAccount command)
      throws BrokenLinkException {
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    int account = expected.recorded(Event.AccountRegistered.class, EvidenceLink.PARTIES).account();
    expected.add(new Event.AccountRegistered(account, command.owner()));
    expected.compare(EvidenceLink.PARTIES, EvidenceLink.PARTIES);
    require(
        user.signer().equals(command.owner())
            && user.head().account() == 0
            && !accounts.has(account)
            && registered.put(account, command.owner()) == null,
        EvidenceLink.PARTIES,
        "Record " + view.seq() + " registers an account as the rules do not.");
    idle.add(account);
  }

  private void requireOwner(RecordView view, RecordView.User user) throws BrokenLinkException {
    int account = user.head().account();
    idle.remove(account);
    Optional<Address> owner = owner(account);
    require(
        owner.isPresent(),
        EvidenceLink.PARTIES,
        "The record that registered account " + account + " is missing.");
    require(
        owner.filter(user.signer()::equals).isPresent(),
        EvidenceLink.PARTIES,
        "Record " + view.seq() + " is by a key that does not own account " + account + ".");
  }

  private Optional<Address> owner(int account) {
    return accounts.has(account)
        ? Optional.of(accounts.owner(account))
        : Optional.ofNullable(registered.get(account));
  }

  private void tellChecks() {
    if (facts.tier == Tier.NONE) {
      findings.notShown(EvidenceLink.DRAW, "The order asks for no check, so nobody was drawn.");
      findings.notShown(EvidenceLink.POOL, "The order asks for no check.");
      findings.notShown(EvidenceLink.SEALS, "The order asks for no check.");
      findings.notShown(EvidenceLink.VERDICTS, "The order asks for no check.");
      return;
    }
    int judges = facts.judges.size();
    long sealed = facts.judges.stream().filter(judge -> judge.seal.isPresent()).count();
    long opened = facts.judges.stream().filter(judge -> judge.verdict.isPresent()).count();
    if (sealed > 0) {
      findings.shown(EvidenceLink.SEALS, sealed + " of " + judges + " sealed a verdict in time.");
    }
    if (facts.judgement.isPresent() && facts.drawn) {
      findings.shown(
          EvidenceLink.VERDICTS,
          "%d of %d opened a verdict that fits its seal; by the rules that makes %s."
              .formatted(opened, judges, facts.judgement.get().ending()));
    }
  }

  private void tellMoney() {
    if (facts.settled.isEmpty()) {
      findings.notShown(EvidenceLink.SETTLEMENT, "Nothing had been paid or slashed yet.");
      return;
    }
    Event.JobSettled settled = facts.settled.get();
    JobEnding ending = facts.judgement.orElseThrow().ending();
    boolean isPaid = ending == JobEnding.ACCEPTED || ending == JobEnding.UNCHECKED;
    findings.shown(
        EvidenceLink.SETTLEMENT,
        isPaid
            ? ("Every posting recomputed, in micro-COMPUTE: pay %d, fee %d (of it burned %d),"
                    + " checking %d; the rest went back.")
                .formatted(
                    settled.payMicros(),
                    settled.feeMicros(),
                    settled.burnedMicros(),
                    settled.checkingMicros())
            : ("Every posting recomputed, in micro-COMPUTE: the requester got all back; of the"
                    + " provider's bond %d went to checking, %d were burned.")
                .formatted(settled.checkingMicros(), settled.burnedMicros()));
  }

  private void tellEnd(long endMs) throws BrokenLinkException {
    if (facts.is(JobState.CLOSED)) {
      require(
          facts.held.values().stream().allMatch(left -> left == 0),
          EvidenceLink.END,
          "The job is closed, but money is left in its locks.");
      findings.shown(EvidenceLink.END, "The job is closed and nothing is left in its locks.");
      return;
    }
    String state = facts.state.map(JobState::name).orElse("unknown");
    findings.notShown(
        EvidenceLink.END,
        endMs < facts.deadlineMs
            ? "The job is %s until %d ms of log time; the receipt is of %d."
                .formatted(state, facts.deadlineMs, endMs)
            : "The job was %s until %d ms of log time, but the log goes on to %d: later records are missing."
                .formatted(state, facts.deadlineMs, endMs));
  }

  /** Whether the job has ended, or is judged and only waits for the end of its dispute window. */
  boolean isSettledSoFar(long endMs) {
    return facts.is(JobState.CLOSED) || (facts.is(JobState.HELD) && endMs < facts.deadlineMs);
  }
}
