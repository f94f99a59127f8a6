package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.codec.evidence.RecordView.Asked;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.Tier;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Goes through the records of a job as the ledger did, by its rules: what each entry should have
 * done is computed from what came before and compared with what its record says. One thread.
 */
final class JobCheck {
  private final JobFacts facts;
  private final Findings findings;
  private final PartiesCheck parties;
  private final LeaseCheck leases;
  private final WaitingCheck waiting;
  private final SubmissionCheck submission;
  private final PoolCheck pool;
  private final DrawCheck draw;
  private final CourseCheck course;

  JobCheck(JobFacts facts, Findings findings, List<Pool> pools) {
    this.facts = facts;
    this.findings = findings;
    this.parties = new PartiesCheck(facts, findings);
    this.leases = new LeaseCheck(facts, findings);
    SettlementCheck settlement = new SettlementCheck(facts);
    this.waiting = new WaitingCheck(facts, findings, parties, leases, settlement);
    this.submission = new SubmissionCheck(facts, leases, waiting);
    this.pool = new PoolCheck(facts, findings, pools);
    this.draw = new DrawCheck(facts, findings, pool);
    this.course = new CourseCheck(facts, findings, waiting, settlement);
  }

  /** Goes through all records; {@code endMs} is the log time that the log root is of. */
  void run(List<RecordView> views, long endMs) throws BrokenLinkException {
    for (RecordView view : views) {
      apply(view);
    }
    facts.order();
    leases.requireAllUsed();
    draw.requireAllUsed();
    pool.tell();
    parties.tell();
    if (facts.terms == null) {
      tellNobodyRan();
    } else {
      tellChecks();
      tellMoney();
    }
    tellEnd(endMs);
  }

  private void apply(RecordView view) throws BrokenLinkException {
    Asked asked = view.asked();
    switch (asked) {
      case RecordView.User user when user.command() instanceof Command.RegisterAccount register ->
          parties.registered(view, user, register);
      case RecordView.User user when user.command() instanceof Command.AcceptOwner ->
          parties.accepted(view, user);
      case RecordView.User user -> message(view, user, parties.acting(view, user));
      case RecordView.Beacon beacon -> draw.beacon(view, beacon);
      case RecordView.Network network -> {
        if (view.eventsOf(facts.job).isEmpty()) {
          requireMatch(view);
        } else {
          course.deadline(view);
        }
      }
    }
    if (!view.matchOf(facts.job).isEmpty()) {
      waiting.matched(view);
    }
  }

  // What a record of others does to others is theirs; the job is matched in it and nothing more.
  private void ofOthers(RecordView view) throws BrokenLinkException {
    requireMatch(view);
    require(
        view.eventsOf(facts.job).isEmpty(),
        EvidenceLink.ORDER,
        "Record " + view.seq() + " does more to the job than to match it.");
  }

  private void requireMatch(RecordView view) throws BrokenLinkException {
    require(
        !view.matchOf(facts.job).isEmpty(),
        EvidenceLink.FILE,
        "Record " + view.seq() + " has nothing to do with the job.");
  }

  private void message(
      RecordView view, RecordView.User user, Optional<Event.MandateGranted> mandate)
      throws BrokenLinkException {
    int account = user.head().account();
    switch (user.command()) {
      case Command.GrantMandate c -> parties.granted(view, account, c);
      case Command.NameOwner c -> parties.named(view, account, c);
      case Command.PlaceOffer c -> leases.placed(view, account, c);
      case Command.SubmitJob c -> submission.submitted(view, account, c, mandate);
      case Command.Bond c -> {
        requireMatch(view);
        waiting.bonded(view, account, c);
      }
      case Command.CommitResult c when c.job() == facts.job -> course.commit(view, account, c);
      case Command.RevealSecret c when c.job() == facts.job -> course.reveal(view, account, c);
      case Command.OpenResult c when c.job() == facts.job -> course.openResult(view, account, c);
      case Command.SealVerdict c when c.job() == facts.job -> course.seal(view, account, c);
      case Command.OpenVerdict c when c.job() == facts.job -> course.openVerdict(view, account, c);
      case Command.CloseJob c when c.job() == facts.job -> course.deadline(view);
      case Command.CancelJob c when c.job() == facts.job ->
          waiting.cancelled(view, account, mandate);
      case Command other -> ofOthers(view);
    }
  }

  private void tellNobodyRan() {
    boolean hasEnded = facts.endedWaiting.isPresent();
    String sentence =
        hasEnded ? "No offer took the job, so nobody ran it." : "No offer had taken the job yet.";
    for (EvidenceLink link :
        List.of(
            EvidenceLink.OFFER,
            EvidenceLink.COMMIT,
            EvidenceLink.DRAW,
            EvidenceLink.POOL,
            EvidenceLink.SEALS,
            EvidenceLink.RESULT,
            EvidenceLink.BODY,
            EvidenceLink.VERDICTS,
            EvidenceLink.SETTLEMENT)) {
      findings.notShown(link, sentence);
    }
    if (hasEnded) {
      findings.shown(
          EvidenceLink.SETTLEMENT,
          facts.endedWaiting.get() == JobEnding.CANCELLED
              ? "The requester took the job back while it waited, and got back all that was held: it cost nothing."
              : "The job waited and nobody took it; the requester got back all that was held: it cost nothing.");
    }
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
    if (heldUntilMs(endMs).isPresent()) {
      findings.notShown(
          EvidenceLink.END,
          "The provider's bond is held until the dispute window ends at %d ms of log time; the receipt is of %d."
              .formatted(facts.deadlineMs, endMs));
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
    return facts.is(JobState.CLOSED) || heldUntilMs(endMs).isPresent();
  }

  /** Log time at which the dispute window ends that the job waits for; empty when it does not. */
  OptionalLong heldUntilMs(long endMs) {
    return facts.is(JobState.HELD) && endMs < facts.deadlineMs
        ? OptionalLong.of(facts.deadlineMs)
        : OptionalLong.empty();
  }
}
