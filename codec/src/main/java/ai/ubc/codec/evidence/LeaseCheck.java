package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import java.util.Map;
import java.util.TreeMap;

/**
 * The offer that takes a job, the lease and what is locked for it (OFR-001, JOB-002 to JOB-005): at
 * its submission, or at the end of the record in which a waiting job is matched. One thread.
 */
final class LeaseCheck {
  private record Placed(long seq, Event.OfferPlaced offer) {}

  private final JobFacts facts;
  private final GenesisParameters parameters;
  private final Findings findings;
  // By number of the order.
  private final Map<Long, Placed> offers = new TreeMap<>();

  LeaseCheck(JobFacts facts, Findings findings) {
    this.facts = facts;
    this.parameters = facts.parameters;
    this.findings = findings;
  }

  /** The record that placed an offer. */
  void placed(RecordView view, int account, Command.PlaceOffer command) throws BrokenLinkException {
    require(
        facts.terms == null,
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
    offers.put(order, new Placed(view.seq(), placed));
  }

  /** Expects that an offer takes the order in this record, and that its escrow is opened. */
  void expect(ExpectedEvents expected) throws BrokenLinkException {
    JobFacts.Order order = facts.order();
    Command.SubmitJob asked = order.asked();
    Event.OfferTaken taken = expected.recorded(Event.OfferTaken.class, EvidenceLink.ORDER);
    Event.OfferPlaced offer = offer(expected, taken.order());
    require(
        offer.account() != order.requester()
            && offer.priceMicros() <= asked.limitPriceMicros()
            && taken.remainingUnits() >= 0
            && taken.remainingUnits() <= offer.quantityUnits() - asked.maxUnits(),
        EvidenceLink.ORDER,
        "Offer " + taken.order() + " can not carry this order.");
    expectLease(expected, order, offer, taken);
    expectEscrow(expected, asked);
  }

  // Who placed an offer in the very record that matches a waiting job need not be who takes it.
  private Event.OfferPlaced offer(ExpectedEvents expected, long order) throws BrokenLinkException {
    Placed placed = offers.remove(order);
    if (placed == null) {
      throw new BrokenLinkException(
          EvidenceLink.OFFER, "The record that placed offer " + order + " is missing.");
    }
    for (Placed other : offers.values()) {
      require(
          other.seq() == expected.seq(),
          EvidenceLink.OFFER,
          "Record " + other.seq() + " places an offer that this job does not rest on.");
    }
    offers.clear();
    Event.OfferPlaced offer = placed.offer();
    findings.shown(
        EvidenceLink.OFFER,
        "Account %d offered %d units at %d micro-COMPUTE for a million units (record %d)."
            .formatted(offer.account(), offer.quantityUnits(), offer.priceMicros(), placed.seq()));
    return offer;
  }

  private void expectLease(
      ExpectedEvents expected,
      JobFacts.Order order,
      Event.OfferPlaced offer,
      Event.OfferTaken taken) {
    Command.SubmitJob asked = order.asked();
    long units = asked.maxUnits();
    expected.add(new Event.OfferTaken(offer.order(), taken.lease(), units, taken.remainingUnits()));
    expected.add(
        new Event.LeaseOpened(
            taken.lease(),
            offer.order(),
            offer.account(),
            order.requester(),
            offer.resourceClass(),
            offer.priceMicros(),
            units));
    Tier tier = facts.tier;
    int validators = asked.validators();
    long price = JobAmounts.priceHeldRoundedUp(parameters, units, offer.priceMicros());
    Event.JobSubmitted terms =
        new Event.JobSubmitted(
            facts.job,
            taken.lease(),
            order.requester(),
            offer.account(),
            asked.program(),
            asked.input(),
            asked.secretHash(),
            asked.itemCount(),
            asked.tier(),
            validators,
            asked.inputPolicy(),
            units,
            offer.priceMicros(),
            price,
            JobAmounts.feeRoundedUp(parameters, price),
            JobAmounts.checkingRoundedUp(parameters, price, validators),
            JobAmounts.depositRoundedUp(parameters, price),
            JobAmounts.providerBondRoundedUp(parameters, tier, price, validators));
    expected.add(terms);
    facts.terms = terms;
  }

  private void expectEscrow(ExpectedEvents expected, Command.SubmitJob asked)
      throws BrokenLinkException {
    Event.JobSubmitted terms = facts.terms();
    long most = mostPayable();
    require(
        most <= asked.maxCostMicros(),
        EvidenceLink.ESCROW,
        "Price, fee and checking come to " + most + ", above the limit of the order.");
    int requester = terms.requester();
    expected.hold(LockKind.PRICE, requester, HolderKind.FREE, terms.priceHeldMicros());
    expected.hold(LockKind.FEE, requester, HolderKind.FREE, terms.feeHeldMicros());
    expected.hold(LockKind.CHECKING, requester, HolderKind.FREE, terms.checkingHeldMicros());
    expected.hold(LockKind.DEPOSIT, requester, HolderKind.FREE, terms.depositHeldMicros());
    expected.hold(
        LockKind.PROVIDER_BOND,
        terms.provider(),
        HolderKind.BOND_PROVIDER,
        terms.providerBondMicros());
    expected.enter(JobState.LEASED, asked.runWindowMs());
  }

  /** The most that the job can cost at the price of its lease, besides the deposit. */
  long mostPayable() throws BrokenLinkException {
    Event.JobSubmitted terms = facts.terms();
    return JobAmounts.mostPayable(parameters, terms.priceHeldMicros(), terms.validators());
  }

  /** Says what was agreed in a record that was compared. */
  void tell(RecordView view) throws BrokenLinkException {
    Event.JobSubmitted terms = facts.terms();
    findings.shown(
        EvidenceLink.ORDER,
        ("Account %d ordered at most %d units at %d for a million, check %s, for at most %d"
                + " micro-COMPUTE; account %d got the lease (record %d)%s.")
            .formatted(
                terms.requester(),
                terms.maxUnits(),
                terms.priceMicros(),
                facts.tier == Tier.NONE ? "none" : "quorum of " + terms.validators(),
                facts.order().asked().maxCostMicros(),
                terms.provider(),
                view.seq(),
                facts.queuedSeq == 0
                    ? ""
                    : ", for which the job had waited since record " + facts.queuedSeq));
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

  /** Every offer took the job, or was placed in the record that matched it. */
  void requireAllUsed() throws BrokenLinkException {
    require(
        offers.isEmpty(),
        EvidenceLink.FILE,
        "The offers " + offers.keySet() + " have nothing to do with the job.");
  }
}
