package ai.ubc.engine.job;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.engine.escrow.Escrows;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.mandate.Mandates;
import ai.ubc.engine.market.Offers;
import ai.ubc.engine.market.OrderBook;
import ai.ubc.engine.verify.Draw;
import ai.ubc.engine.verify.Panels;

/** Buys a lease for a request and opens the job's escrow on it: JOB-002, JOB-004 and JOB-005. */
public final class Purchase {
  private final GenesisParameters parameters;
  private final Mandates mandates;
  private final Offers offers;
  private final Escrows escrows;
  private final Panels panels;
  private final Draw draw;
  private final Jobs jobs;
  private final EventSink events;

  /** Buys from these offers, for these jobs. */
  public Purchase(
      GenesisParameters parameters,
      Mandates mandates,
      Offers offers,
      Escrows escrows,
      Panels panels,
      Draw draw,
      Jobs jobs,
      EventSink events) {
    this.parameters = parameters;
    this.mandates = mandates;
    this.offers = offers;
    this.escrows = escrows;
    this.panels = panels;
    this.draw = draw;
    this.jobs = jobs;
    this.events = events;
  }

  /** The offer that takes the request, or {@link OrderBook#NONE}: JOB-002. */
  int offerFor(JobRequest request) {
    return offers.select(
        request.account,
        request.tier,
        request.validators,
        request.unitsMax,
        request.limitPriceMicros);
  }

  /** The price that the offer's escrow holds for the request, P. */
  long priceHeld(JobRequest request, int offer) {
    return JobAmounts.priceHeldRoundedUp(parameters, request.unitsMax, offers.priceMicros(offer));
  }

  /** Whether enough validators could be drawn for the request on this offer: JOB-004. */
  boolean hasValidators(JobRequest request, int offer) {
    long dutyBond = JobAmounts.dutyBondRoundedUp(parameters, priceHeld(request, offer));
    return draw.hasEligible(request.account, offers.provider(offer), dutyBond, request.validators);
  }

  /** Makes a new job on the offer, which carries it, and returns it. */
  int buy(JobRequest request, int offer) {
    int job =
        jobs.open(
            request.account,
            request.validators,
            request.unitsMax,
            request.runWindowMs,
            request.waitMs,
            mandates.number(request.mandate));
    lease(request, offer, job);
    return job;
  }

  /** Puts a job that is nowhere yet on the offer, which carries it: JOB-005. */
  void lease(JobRequest request, int offer, int job) {
    int provider = offers.provider(offer);
    long priceMicros = offers.priceMicros(offer);
    long price = priceHeld(request, offer);
    long fee = JobAmounts.feeRoundedUp(parameters, price);
    long checking = JobAmounts.checkingRoundedUp(parameters, price, request.validators);
    long deposit = JobAmounts.depositRoundedUp(parameters, price);
    long bond =
        JobAmounts.providerBondRoundedUp(parameters, request.tier, price, request.validators);
    long lease = offers.take(offer, request.account, request.unitsMax);
    long number = jobs.number(job);
    long[] hashes = request.hashes;
    events.jobSubmitted(
        number,
        lease,
        request.account,
        provider,
        hashes[0],
        hashes[1],
        hashes[2],
        hashes[3],
        hashes[4],
        hashes[5],
        hashes[6],
        hashes[7],
        hashes[8],
        hashes[9],
        hashes[10],
        hashes[11],
        request.itemCount,
        request.tier.code(),
        request.validators,
        request.inputPolicy,
        request.unitsMax,
        priceMicros,
        price,
        fee,
        checking,
        deposit,
        bond);
    int escrow =
        escrows.open(number, request.account, provider, price, fee, checking, deposit, bond);
    int panel = request.tier == Tier.NONE ? Slab.NONE : panel(request, number, provider, price);
    jobs.setLease(job, provider, priceMicros, escrow, panel);
  }

  private int panel(JobRequest request, long number, int provider, long priceHeld) {
    long dutyBond = JobAmounts.dutyBondRoundedUp(parameters, priceHeld);
    int panel = panels.open(number, request.account, provider, request.validators, dutyBond);
    long[] hashes = request.hashes;
    panels.setSecretHash(panel, hashes[8], hashes[9], hashes[10], hashes[11]);
    return panel;
  }
}
