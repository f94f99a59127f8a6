package ai.ubc.engine.job;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.domain.rules.JobWindows;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.ledger.Accounts;
import ai.ubc.engine.mandate.Mandates;
import ai.ubc.engine.market.OrderBook;

/** {@code submitJob}: rules JOB-001 to JOB-005, and MAN-007 for a session key. */
public final class JobSubmission {
  private static final int NONE = Tier.NONE.code();
  private static final int QUORUM = Tier.QUORUM.code();
  private static final int PARTIES = InputPolicy.PARTIES.code();

  private final GenesisParameters parameters;
  private final Accounts accounts;
  private final Mandates mandates;
  private final Jobs jobs;
  private final Purchase purchase;
  private final JobQueue queue;
  private final JobCourse course;
  private final JobRequest request = new JobRequest();

  /** Submits to these jobs; what no offer can carry waits in the queue. */
  public JobSubmission(
      GenesisParameters parameters,
      Accounts accounts,
      Mandates mandates,
      Jobs jobs,
      Purchase purchase,
      JobQueue queue,
      JobCourse course) {
    this.parameters = parameters;
    this.accounts = accounts;
    this.mandates = mandates;
    this.jobs = jobs;
    this.purchase = purchase;
    this.queue = queue;
    this.course = course;
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
      long runWindowMs,
      long waitMs) {
    if (!mandates.isClassAllowed(byMandate, resourceClass)) {
      return Refusal.CLASS_NOT_ALLOWED.number();
    }
    int code = checkAmounts(resourceClass, maxUnits, limitPriceMicros, maxCostMicros);
    if (code == Refusal.DONE) {
      code = checkForm(tier, validators, itemCount, inputPolicy, maxUnits, runWindowMs);
    }
    if (code != Refusal.DONE) {
      return code;
    }
    if (waitMs < 0 || waitMs > JobWindows.WAIT_MAX_MS) {
      return Refusal.INVALID_WAIT.number();
    }
    if ((program0 | program1 | program2 | program3) == 0
        || (input0 | input1 | input2 | input3) == 0
        || (secretHash0 | secretHash1 | secretHash2 | secretHash3) == 0) {
      return Refusal.INVALID_HASH.number();
    }
    request.setHash(0, program0, program1, program2, program3);
    request.setHash(4, input0, input1, input2, input3);
    request.setHash(8, secretHash0, secretHash1, secretHash2, secretHash3);
    request.account = account;
    request.mandate = byMandate;
    request.itemCount = itemCount;
    request.tier = tier == QUORUM ? Tier.QUORUM : Tier.NONE;
    request.validators = validators;
    request.inputPolicy = inputPolicy;
    request.unitsMax = maxUnits;
    request.limitPriceMicros = limitPriceMicros;
    request.maxCostMicros = maxCostMicros;
    request.runWindowMs = runWindowMs;
    request.waitMs = waitMs;
    return submit();
  }

  // JOB-002 and JOB-003, then the submission; the fields are valid.
  private int submit() {
    if (jobs.isFull()) {
      return Refusal.LIMIT_REACHED.number();
    }
    int offer = purchase.offerFor(request);
    int code = offer == OrderBook.NONE ? Refusal.NO_OFFER.number() : checkMeans(offer);
    boolean isForLater =
        code == Refusal.NO_OFFER.number() || code == Refusal.NO_VALIDATORS.number();
    if (isForLater && request.waitMs != 0) {
      return queue.queue(request);
    }
    if (code != Refusal.DONE) {
      return code;
    }
    int job = purchase.buy(request, offer);
    course.fire(job, JobInput.SUBMITTED);
    long priceHeld =
        JobAmounts.priceHeldRoundedUp(parameters, request.unitsMax, jobs.priceMicros(job));
    long mostPayable = JobAmounts.mostPayable(parameters, priceHeld, request.validators);
    mandates.count(request.mandate, jobs.number(job), mostPayable);
    return Refusal.DONE;
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
  private int checkMeans(int offer) {
    long priceHeld = purchase.priceHeld(request, offer);
    long most = JobAmounts.mostPayable(parameters, priceHeld, request.validators);
    if (most > request.maxCostMicros) {
      return Refusal.COST_LIMIT.number();
    }
    if (mandates.isOver(request.mandate, most)) {
      return Refusal.OVER_BUDGET.number();
    }
    if (!purchase.hasValidators(request, offer)) {
      return Refusal.NO_VALIDATORS.number();
    }
    long held = JobAmounts.heldOfRequester(parameters, priceHeld, request.validators);
    if (accounts.freeMicros(request.account, Asset.COMPUTE) < held) {
      return Refusal.INSUFFICIENT_FUNDS.number();
    }
    return Refusal.DONE;
  }
}
