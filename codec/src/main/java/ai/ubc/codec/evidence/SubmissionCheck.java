package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobWindows;
import java.util.Optional;

/**
 * The order, and that it takes an offer or waits for one (JOB-001, JOB-002, JOB-007). One thread.
 */
final class SubmissionCheck {
  private final JobFacts facts;
  private final GenesisParameters parameters;
  private final LeaseCheck leases;
  private final WaitingCheck waiting;

  SubmissionCheck(JobFacts facts, LeaseCheck leases, WaitingCheck waiting) {
    this.facts = facts;
    this.parameters = facts.parameters;
    this.leases = leases;
    this.waiting = waiting;
  }

  /** The record that submitted the job; under a mandate when a session key gave it. */
  void submitted(
      RecordView view,
      int requester,
      Command.SubmitJob command,
      Optional<Event.MandateGranted> mandate)
      throws BrokenLinkException {
    require(
        facts.order == null, EvidenceLink.ORDER, "Record " + view.seq() + " submits another job.");
    require(
        hasLegalFields(command),
        EvidenceLink.ORDER,
        "The order in record " + view.seq() + " is not one that the rules allow.");
    facts.order = new JobFacts.Order(requester, command);
    facts.tier = Tier.of(command.tier());
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    boolean waits = !expected.recorded(Event.JobQueued.class).isEmpty();
    long most;
    if (waits) {
      most = waiting.expectQueued(expected);
    } else {
      leases.expect(expected);
      most = leases.mostPayable();
    }
    if (mandate.isPresent()) {
      expectSpending(expected, most, mandate.get());
    }
    expected.compare(EvidenceLink.ORDER, EvidenceLink.ESCROW);
    if (waits) {
      waiting.tellQueued(view);
    } else {
      leases.tell(view);
    }
  }

  // MAN-007
  private void expectSpending(
      ExpectedEvents expected, long mostMicros, Event.MandateGranted mandate)
      throws BrokenLinkException {
    long spent = expected.recorded(Event.MandateSpent.class, EvidenceLink.MANDATE).spentMicros();
    require(
        (mandate.classes() >>> facts.order().asked().resourceClass() & 1) == 1,
        EvidenceLink.MANDATE,
        "Mandate " + mandate.mandate() + " does not allow jobs of this class.");
    require(
        spent >= mostMicros && spent <= mandate.amountMicros(),
        EvidenceLink.MANDATE,
        "The order is beyond mandate "
            + mandate.mandate()
            + ": "
            + spent
            + " micro-COMPUTE in all.");
    expected.add(new Event.MandateSpent(mandate.mandate(), facts.job, mostMicros, spent));
    facts.mandate = Optional.of(mandate);
    facts.countedMicros = mostMicros;
  }

  // JOB-001
  private boolean hasLegalFields(Command.SubmitJob command) {
    boolean none = command.tier() == Tier.NONE.code();
    boolean quorum = command.tier() == Tier.QUORUM.code();
    int policy = command.inputPolicy();
    boolean validatorsFit =
        none
            ? command.validators() == 0
            : isWithin(
                command.validators(), parameters.validatorsMin(), parameters.validatorsMax());
    boolean policyFits =
        policy == InputPolicy.PUBLIC.code()
            || policy == InputPolicy.VALIDATORS.code()
            || (none && policy == InputPolicy.PARTIES.code());
    return (none || quorum)
        && validatorsFit
        && policyFits
        && command.maxCostMicros() >= 1
        && command.resourceClass() == Genesis.CLASS_WASI
        && isWithin(command.limitPriceMicros(), 1, parameters.priceMicrosMax())
        && isWithin(command.maxUnits(), 1, parameters.unitsMax())
        && isWithin(command.itemCount(), 1, parameters.itemsMax())
        && isWithin(
            command.runWindowMs(),
            JobWindows.runWindowLeastMs(parameters, command.maxUnits()),
            parameters.runWindowMaxMs())
        && isWithin(command.waitMs(), 0, JobWindows.WAIT_MAX_MS)
        && !command.program().isZero()
        && !command.input().isZero()
        && !command.secretHash().isZero();
  }

  private static boolean isWithin(long value, long least, long most) {
    return value >= least && value <= most;
  }
}
