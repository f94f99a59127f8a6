package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import java.util.Optional;

/** A job that waits for an offer (JOB-007 to JOB-009, MAN-008). One thread. */
final class WaitingCheck {
  private final JobFacts facts;
  private final GenesisParameters parameters;
  private final Findings findings;
  private final PartiesCheck parties;
  private final LeaseCheck leases;
  private final SettlementCheck settlement;

  WaitingCheck(
      JobFacts facts,
      Findings findings,
      PartiesCheck parties,
      LeaseCheck leases,
      SettlementCheck settlement) {
    this.facts = facts;
    this.parameters = facts.parameters;
    this.findings = findings;
    this.parties = parties;
    this.leases = leases;
    this.settlement = settlement;
  }

  /**
   * Expects that the order waits.
   *
   * @return the most that it can cost besides the deposit, which a mandate counts
   */
  long expectQueued(ExpectedEvents expected) throws BrokenLinkException {
    JobFacts.Order order = facts.order();
    Command.SubmitJob asked = order.asked();
    long price =
        JobAmounts.priceHeldRoundedUp(parameters, asked.maxUnits(), asked.limitPriceMicros());
    long most = JobAmounts.mostPayable(parameters, price, asked.validators());
    require(
        asked.waitMs() > 0,
        EvidenceLink.ORDER,
        "Record " + expected.seq() + " lets an order wait that asks for an offer at once.");
    require(
        most <= asked.maxCostMicros(),
        EvidenceLink.ESCROW,
        "Price, fee and checking come to " + most + ", above the limit of the order.");
    long held = JobAmounts.heldOfRequester(parameters, price, asked.validators());
    expected.add(
        new Event.JobQueued(
            facts.job,
            order.requester(),
            asked.program(),
            asked.input(),
            asked.secretHash(),
            asked.itemCount(),
            asked.tier(),
            asked.validators(),
            asked.inputPolicy(),
            asked.maxUnits(),
            asked.limitPriceMicros(),
            held));
    expected.hold(LockKind.ORDER, order.requester(), HolderKind.FREE, held);
    expected.enter(JobState.WAITING, asked.waitMs());
    facts.queuedSeq = expected.seq();
    return most;
  }

  /** Says what waits since a record that was compared. */
  void tellQueued(RecordView view) throws BrokenLinkException {
    JobFacts.Order order = facts.order();
    Command.SubmitJob asked = order.asked();
    findings.shown(
        EvidenceLink.ORDER,
        ("Account %d ordered at most %d units at up to %d for a million, check %s, for at most %d"
                + " micro-COMPUTE, and let the job wait for an offer until %d ms of log time (record"
                + " %d).")
            .formatted(
                order.requester(),
                asked.maxUnits(),
                asked.limitPriceMicros(),
                facts.tier == Tier.NONE ? "none" : "quorum of " + asked.validators(),
                asked.maxCostMicros(),
                facts.deadlineMs,
                view.seq()));
    findings.shown(
        EvidenceLink.ESCROW,
        "Held while the job waited, in micro-COMPUTE: %d, which is price, fee, checking and deposit at its limit price."
            .formatted(held()));
  }

  private long held() {
    return facts.held.getOrDefault(facts.locks.getOrDefault(LockKind.ORDER, 0L), 0L);
  }

  /** A record in which a bond was added to. */
  void bonded(RecordView view, int account, Command.Bond command) throws BrokenLinkException {
    boolean isProvider = command.role() == Role.PROVIDER.code();
    HolderKind bond = isProvider ? HolderKind.BOND_PROVIDER : HolderKind.BOND_VALIDATOR;
    require(
        (isProvider || command.role() == Role.VALIDATOR.code()) && command.amountMicros() > 0,
        EvidenceLink.ORDER,
        "Record " + view.seq() + " adds nothing to a bond.");
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    expected.add(
        new Event.Posted(
            Asset.COMPUTE,
            command.amountMicros(),
            HolderKind.FREE.code(),
            account,
            bond.code(),
            account,
            Cause.BOND.code(),
            0));
    expected.compare(EvidenceLink.ORDER, EvidenceLink.ORDER);
  }

  /** The end of a record, whoever gave its command, in which an offer takes the waiting job. */
  void matched(RecordView view) throws BrokenLinkException {
    require(
        facts.is(JobState.WAITING) && view.nowMs() < facts.deadlineMs,
        EvidenceLink.ORDER,
        "Record " + view.seq() + " gives a lease to a job that did not wait, or not so long.");
    require(
        view.mayMatch(),
        EvidenceLink.ORDER,
        "Record %d gives a waiting job a lease, but places no offer and adds to no bond."
            .formatted(view.seq()));
    ExpectedEvents expected = ExpectedEvents.ofMatch(facts, view);
    returnOrder(expected);
    leases.expect(expected);
    if (facts.mandate.isPresent()) {
      Event.MandateGranted mandate = facts.mandate.get();
      parties.requireLive(view, mandate);
      long most = leases.mostPayable();
      long unused = facts.countedMicros - most;
      requireReturned(view, expected, unused);
      settlement.giveBack(expected, unused);
      facts.countedMicros = most;
    }
    expected.compare(EvidenceLink.ORDER, EvidenceLink.ESCROW);
    leases.tell(view);
  }

  // A mandate that lives was not forgotten, so it counts less now.
  private static void requireReturned(RecordView view, ExpectedEvents expected, long unusedMicros)
      throws BrokenLinkException {
    require(
        unusedMicros == 0 || !expected.recorded(Event.MandateSpent.class).isEmpty(),
        EvidenceLink.MANDATE,
        "Record " + view.seq() + " still counts all that was held against the mandate.");
  }

  /**
   * The requester takes the job back.
   *
   * @param mandate by which it is done; empty for the owner
   */
  void cancelled(RecordView view, int account, Optional<Event.MandateGranted> mandate)
      throws BrokenLinkException {
    require(
        account == facts.order().requester()
            && (mandate.isEmpty() || mandate.equals(facts.mandate)),
        EvidenceLink.ORDER,
        "Record " + view.seq() + " takes back a job that is another's.");
    require(
        facts.is(JobState.WAITING) && view.nowMs() < facts.deadlineMs,
        EvidenceLink.ORDER,
        "Record " + view.seq() + " takes back a job that did not wait, or not so long.");
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    if (mandate.isPresent()) {
      requireReturned(view, expected, facts.countedMicros);
    }
    end(expected, JobEnding.CANCELLED);
    expected.compare(EvidenceLink.ORDER, EvidenceLink.ESCROW);
  }

  /** Expects that the job's time to wait is over. */
  void expectUnmatched(ExpectedEvents expected) throws BrokenLinkException {
    end(expected, JobEnding.UNMATCHED);
  }

  private void end(ExpectedEvents expected, JobEnding ending) throws BrokenLinkException {
    returnOrder(expected);
    settlement.giveBack(expected, facts.countedMicros);
    settlement.close(expected, ending);
    facts.endedWaiting = Optional.of(ending);
  }

  private void returnOrder(ExpectedEvents expected) throws BrokenLinkException {
    int requester = facts.order().requester();
    expected.payRest(LockKind.ORDER, HolderKind.FREE, requester, Cause.ORDER_RETURN);
  }
}
