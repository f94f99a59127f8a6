package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.domain.rules.JobWindows;
import java.util.Optional;

/** Offer, order and escrow (OFR-001, JOB-001 to JOB-006). One thread. */
final class SubmissionCheck {
  private final JobFacts facts;
  private final GenesisParameters parameters;
  private final Findings findings;
  private Optional<Event.OfferPlaced> offer = Optional.empty();

  SubmissionCheck(JobFacts facts, Findings findings) {
    this.facts = facts;
    this.parameters = facts.parameters;
    this.findings = findings;
  }

  /** The record that placed the offer. */
  void placed(RecordView view, int account, Command.PlaceOffer command) throws BrokenLinkException {
    require(
        offer.isEmpty() && facts.terms == null,
        EvidenceLink.OFFER,
        "Record " + view.seq() + " places an offer that this job does not rest on.");
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    long order = expected.recorded(Event.OfferPlaced.class, EvidenceLink.OFFER).order();
    Event.OfferPlaced placed =
        new Event.OfferPlaced(
            order,
            account,
            command.resourceClass(),
            command.priceMicros(),
            command.quantityUnits());
    expected.add(placed);
    expected.compare(EvidenceLink.OFFER, EvidenceLink.OFFER);
    offer = Optional.of(placed);
    findings.shown(
        EvidenceLink.OFFER,
        "Account %d offered %d units at %d micro-COMPUTE for a million units (record %d)."
            .formatted(account, placed.quantityUnits(), placed.priceMicros(), view.seq()));
  }

  /** The record that submitted the job; under a mandate when a session key gave it. */
  void submitted(
      RecordView view,
      int requester,
      Command.SubmitJob command,
      Optional<Event.MandateGranted> mandate)
      throws BrokenLinkException {
    require(
        facts.terms == null, EvidenceLink.ORDER, "Record " + view.seq() + " submits another job.");
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    Event.OfferTaken taken = expected.recorded(Event.OfferTaken.class, EvidenceLink.ORDER);
    Event.OfferPlaced placed =
        offer
            .filter(candidate -> candidate.order() == taken.order())
            .orElseThrow(() ->
                new BrokenLinkException(
                    EvidenceLink.OFFER,
                    "The record that placed offer " + taken.order() + " is missing."));
    require(
        hasLegalFields(command),
        EvidenceLink.ORDER,
        "The order in record " + view.seq() + " is not one that the rules allow.");
    require(
        placed.account() != requester
            && placed.priceMicros() <= command.limitPriceMicros()
            && taken.remainingUnits() >= 0
            && taken.remainingUnits() <= placed.quantityUnits() - command.maxUnits(),
        EvidenceLink.ORDER,
        "Offer " + taken.order() + " can not carry this order.");
    expectLease(expected, requester, command, placed, taken);
    expectEscrow(expected, command);
    if (mandate.isPresent()) {
      expectSpending(expected, command, mandate.get());
    }
    expected.compare(EvidenceLink.ORDER, EvidenceLink.ESCROW);
    tell(view, command);
  }

  private void expectLease(
      ExpectedEvents expected,
      int requester,
      Command.SubmitJob command,
      Event.OfferPlaced placed,
      Event.OfferTaken taken) {
    long units = command.maxUnits();
    expected.add(
        new Event.OfferTaken(placed.order(), taken.lease(), units, taken.remainingUnits()));
    expected.add(
        new Event.LeaseOpened(
            taken.lease(),
            placed.order(),
            placed.account(),
            requester,
            placed.resourceClass(),
            placed.priceMicros(),
            units));
    Tier tier = Tier.of(command.tier());
    int validators = command.validators();
    long price = JobAmounts.priceHeldRoundedUp(parameters, units, placed.priceMicros());
    Event.JobSubmitted terms =
        new Event.JobSubmitted(
            facts.job,
            taken.lease(),
            requester,
            placed.account(),
            command.program(),
            command.input(),
            command.secretHash(),
            command.itemCount(),
            command.tier(),
            validators,
            command.inputPolicy(),
            units,
            placed.priceMicros(),
            price,
            JobAmounts.feeRoundedUp(parameters, price),
            JobAmounts.checkingRoundedUp(parameters, price, validators),
            JobAmounts.depositRoundedUp(parameters, price),
            JobAmounts.providerBondRoundedUp(parameters, tier, price, validators));
    expected.add(terms);
    facts.terms = terms;
    facts.tier = tier;
  }

  private void expectEscrow(ExpectedEvents expected, Command.SubmitJob command)
      throws BrokenLinkException {
    Event.JobSubmitted terms = facts.terms();
    long most = JobAmounts.mostPayable(parameters, terms.priceHeldMicros(), terms.validators());
    require(
        most <= command.maxCostMicros(),
        EvidenceLink.ESCROW,
        "Price, fee and checking come to " + most + ", above the limit of the order.");
    int requester = terms.requester();
    open(expected, LockKind.PRICE, requester, HolderKind.FREE, terms.priceHeldMicros());
    open(expected, LockKind.FEE, requester, HolderKind.FREE, terms.feeHeldMicros());
    open(expected, LockKind.CHECKING, requester, HolderKind.FREE, terms.checkingHeldMicros());
    open(expected, LockKind.DEPOSIT, requester, HolderKind.FREE, terms.depositHeldMicros());
    open(
        expected,
        LockKind.PROVIDER_BOND,
        terms.provider(),
        HolderKind.BOND_PROVIDER,
        terms.providerBondMicros());
    expected.enter(JobState.LEASED, command.runWindowMs());
  }

  // MAN-007
  private void expectSpending(
      ExpectedEvents expected, Command.SubmitJob command, Event.MandateGranted mandate)
      throws BrokenLinkException {
    Event.JobSubmitted terms = facts.terms();
    long most = JobAmounts.mostPayable(parameters, terms.priceHeldMicros(), terms.validators());
    long spent = expected.recorded(Event.MandateSpent.class, EvidenceLink.MANDATE).spentMicros();
    require(
        (mandate.classes() >>> command.resourceClass() & 1) == 1,
        EvidenceLink.MANDATE,
        "Mandate " + mandate.mandate() + " does not allow jobs of this class.");
    require(
        spent >= most && spent <= mandate.amountMicros(),
        EvidenceLink.MANDATE,
        "The order is beyond mandate "
            + mandate.mandate()
            + ": "
            + spent
            + " micro-COMPUTE in all.");
    expected.add(new Event.MandateSpent(mandate.mandate(), facts.job, most, spent));
    facts.mandate = Optional.of(mandate);
    facts.countedMicros = most;
  }

  private void open(
      ExpectedEvents expected, LockKind kind, int payer, HolderKind from, long amountMicros) {
    long lock = expected.open(kind, payer, from, amountMicros);
    if (lock != 0) {
      facts.locks.put(kind, lock);
    }
  }

  private void tell(RecordView view, Command.SubmitJob command) throws BrokenLinkException {
    Event.JobSubmitted terms = facts.terms();
    findings.shown(
        EvidenceLink.ORDER,
        ("Account %d ordered at most %d units at %d for a million, check %s, for at most %d"
                + " micro-COMPUTE; account %d got the lease (record %d).")
            .formatted(
                terms.requester(),
                terms.maxUnits(),
                terms.priceMicros(),
                facts.tier == Tier.NONE ? "none" : "quorum of " + terms.validators(),
                command.maxCostMicros(),
                terms.provider(),
                view.seq()));
    findings.shown(
        EvidenceLink.ESCROW,
        ("Held by the rules of the genesis, in micro-COMPUTE: price %d, fee %d, checking %d,"
                + " deposit %d, provider's bond %d.")
            .formatted(
                terms.priceHeldMicros(),
                terms.feeHeldMicros(),
                terms.checkingHeldMicros(),
                terms.depositHeldMicros(),
                terms.providerBondMicros()));
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
        && !command.program().isZero()
        && !command.input().isZero()
        && !command.secretHash().isZero();
  }

  private static boolean isWithin(long value, long least, long most) {
    return value >= least && value <= most;
  }
}
