package ai.ubc.engine.job;

import ai.ubc.domain.Asset;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.domain.rules.JobWindows;
import ai.ubc.domain.rules.Wide;
import ai.ubc.engine.escrow.Escrows;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.ledger.Accounts;
import ai.ubc.engine.mandate.Mandates;
import ai.ubc.engine.market.Offers;
import ai.ubc.engine.market.OrderBook;
import ai.ubc.engine.verify.Draw;
import ai.ubc.engine.verify.Panels;

/** {@code submitJob}: rules JOB-001 to JOB-005, and MAN-007 for a session key. */
public final class JobSubmission {
  private static final int NONE = Tier.NONE.code();
  private static final int QUORUM = Tier.QUORUM.code();
  private static final int PARTIES = InputPolicy.PARTIES.code();

  private final GenesisParameters parameters;
  private final Accounts accounts;
  private final Mandates mandates;
  private final Offers offers;
  private final Escrows escrows;
  private final Panels panels;
  private final Draw draw;
  private final Jobs jobs;
  private final JobCourse course;
  private final EventSink events;
  // Program, input and secret hash of the job being submitted: too many to hand on one by one.
  private final long[] hashes = new long[12];
  // By which the job being submitted is; NONE for the owner.
  private int mandate;

  /** Submits to these jobs. */
  public JobSubmission(
      GenesisParameters parameters,
      Accounts accounts,
      Mandates mandates,
      Offers offers,
      Escrows escrows,
      Panels panels,
      Draw draw,
      Jobs jobs,
      JobCourse course,
      EventSink events) {
    this.parameters = parameters;
    this.accounts = accounts;
    this.mandates = mandates;
    this.offers = offers;
    this.escrows = escrows;
    this.panels = panels;
    this.draw = draw;
    this.jobs = jobs;
    this.course = course;
    this.events = events;
  }

  /**
   * See {@link ai.ubc.domain.Commands#submitJob}; the account exists.
   *
   * @param byMandate the mandate by which the signer acts, or {@link Slab#NONE} for the owner
   */
  public int submitJob(
      int account,
      int byMandate,
      long program0,
      long program1,
      long program2,
      long program3,
      long input0,
      long input1,
      long input2,
      long input3,
      long secretHash0,
      long secretHash1,
      long secretHash2,
      long secretHash3,
      int resourceClass,
      int itemCount,
      int tier,
      int validators,
      int inputPolicy,
      long maxUnits,
      long limitPriceMicros,
      long maxCostMicros,
      long runWindowMs) {
    mandate = byMandate;
    if (!mandates.isClassAllowed(mandate, resourceClass)) {
      return Refusal.CLASS_NOT_ALLOWED.number();
    }
    int code = checkAmounts(resourceClass, maxUnits, limitPriceMicros, maxCostMicros);
    if (code == Refusal.DONE) {
      code = checkForm(tier, validators, itemCount, inputPolicy, maxUnits, runWindowMs);
    }
    if (code != Refusal.DONE) {
      return code;
    }
    if ((program0 | program1 | program2 | program3) == 0
        || (input0 | input1 | input2 | input3) == 0
        || (secretHash0 | secretHash1 | secretHash2 | secretHash3) == 0) {
      return Refusal.INVALID_HASH.number();
    }
    hashes[0] = program0;
    hashes[1] = program1;
    hashes[2] = program2;
    hashes[3] = program3;
    hashes[4] = input0;
    hashes[5] = input1;
    hashes[6] = input2;
    hashes[7] = input3;
    hashes[8] = secretHash0;
    hashes[9] = secretHash1;
    hashes[10] = secretHash2;
    hashes[11] = secretHash3;
    return buy(
        account,
        itemCount,
        tier == QUORUM ? Tier.QUORUM : Tier.NONE,
        validators,
        inputPolicy,
        maxUnits,
        limitPriceMicros,
        maxCostMicros,
        runWindowMs);
  }

  // JOB-002 and JOB-003, then the submission; the fields are valid.
  private int buy(
      int account,
      int itemCount,
      Tier tier,
      int validators,
      int inputPolicy,
      long maxUnits,
      long limitPriceMicros,
      long maxCostMicros,
      long runWindowMs) {
    if (jobs.isFull()) {
      return Refusal.LIMIT_REACHED.number();
    }
    int offer = offers.select(account, tier, validators, maxUnits, limitPriceMicros);
    if (offer == OrderBook.NONE) {
      return Refusal.NO_OFFER.number();
    }
    int provider = offers.provider(offer);
    long priceMicros = offers.priceMicros(offer);
    long priceHeld = JobAmounts.priceHeldRoundedUp(parameters, maxUnits, priceMicros);
    int code = checkMeans(account, provider, priceHeld, validators, maxCostMicros);
    if (code != Refusal.DONE) {
      return code;
    }
    long lease = offers.take(offer, account, maxUnits);
    int job =
        open(
            account,
            provider,
            lease,
            tier,
            validators,
            itemCount,
            inputPolicy,
            maxUnits,
            priceMicros,
            runWindowMs);
    course.fire(job, JobInput.SUBMITTED);
    long mostPayable = JobAmounts.mostPayable(parameters, priceHeld, validators);
    mandates.count(mandate, jobs.number(job), mostPayable);
    return Refusal.DONE;
  }

  private int open(
      int account,
      int provider,
      long lease,
      Tier tier,
      int validators,
      int itemCount,
      int inputPolicy,
      long maxUnits,
      long priceMicros,
      long runWindowMs) {
    long priceHeld = JobAmounts.priceHeldRoundedUp(parameters, maxUnits, priceMicros);
    long fee = JobAmounts.feeRoundedUp(parameters, priceHeld);
    long checking = JobAmounts.checkingRoundedUp(parameters, priceHeld, validators);
    long deposit = JobAmounts.depositRoundedUp(parameters, priceHeld);
    long bond = JobAmounts.providerBondRoundedUp(parameters, tier, priceHeld, validators);
    long number = jobs.nextNumber();
    events.jobSubmitted(
        number,
        lease,
        account,
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
        itemCount,
        tier.code(),
        validators,
        inputPolicy,
        maxUnits,
        priceMicros,
        priceHeld,
        fee,
        checking,
        deposit,
        bond);
    int escrow = escrows.open(number, account, provider, priceHeld, fee, checking, deposit, bond);
    int panel = tier == Tier.NONE ? Slab.NONE : openPanel(account, provider, validators, priceHeld);
    return jobs.open(
        account,
        provider,
        validators,
        maxUnits,
        priceMicros,
        runWindowMs,
        mandates.number(mandate),
        escrow,
        panel);
  }

  private int openPanel(int account, int provider, int validators, long priceHeld) {
    long dutyBond = JobAmounts.dutyBondRoundedUp(parameters, priceHeld);
    int panel = panels.open(jobs.nextNumber(), account, provider, validators, dutyBond);
    panels.setSecretHash(panel, hashes[8], hashes[9], hashes[10], hashes[11]);
    return panel;
  }

  private int checkAmounts(
      int resourceClass, long maxUnits, long limitPriceMicros, long maxCostMicros) {
    if (maxCostMicros < 1) {
      return Refusal.INVALID_AMOUNT.number();
    }
    if (resourceClass != Genesis.CLASS_WASI) {
      return Refusal.INVALID_CLASS.number();
    }
    if (limitPriceMicros < 1 || limitPriceMicros > parameters.priceMicrosMax()) {
      return Refusal.INVALID_PRICE.number();
    }
    if (maxUnits < 1 || maxUnits > parameters.unitsMax()) {
      return Refusal.INVALID_QUANTITY.number();
    }
    return Refusal.DONE;
  }

  private int checkForm(
      int tier, int validators, int itemCount, int inputPolicy, long maxUnits, long runWindowMs) {
    if (tier != NONE && tier != QUORUM) {
      return Refusal.INVALID_TIER.number();
    }
    boolean fits =
        tier == NONE
            ? validators == 0
            : validators >= parameters.validatorsMin() && validators <= parameters.validatorsMax();
    if (!fits) {
      return Refusal.INVALID_VALIDATORS.number();
    }
    if (itemCount < 1 || itemCount > parameters.itemsMax()) {
      return Refusal.INVALID_ITEMS.number();
    }
    if (inputPolicy < 0 || inputPolicy > PARTIES || (inputPolicy == PARTIES && tier == QUORUM)) {
      return Refusal.INVALID_POLICY.number();
    }
    if (runWindowMs < JobWindows.runWindowLeastMs(parameters, maxUnits)
        || runWindowMs > parameters.runWindowMaxMs()) {
      return Refusal.INVALID_WINDOW.number();
    }
    return Refusal.DONE;
  }

  /** JOB-003. */
  private int checkMeans(
      int requester, int provider, long priceHeld, int validators, long maxCostMicros) {
    long most = JobAmounts.mostPayable(parameters, priceHeld, validators);
    if (most > maxCostMicros) {
      return Refusal.COST_LIMIT.number();
    }
    if (mandates.isOver(mandate, most)) {
      return Refusal.OVER_BUDGET.number();
    }
    long dutyBond = JobAmounts.dutyBondRoundedUp(parameters, priceHeld);
    if (!draw.hasEligible(requester, provider, dutyBond, validators)) {
      return Refusal.NO_VALIDATORS.number();
    }
    long held = Wide.add(most, JobAmounts.depositRoundedUp(parameters, priceHeld));
    if (accounts.freeMicros(requester, Asset.COMPUTE) < held) {
      return Refusal.INSUFFICIENT_FUNDS.number();
    }
    return Refusal.DONE;
  }
}
