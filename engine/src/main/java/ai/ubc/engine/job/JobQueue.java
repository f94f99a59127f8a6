package ai.ubc.engine.job;

import ai.ubc.domain.Asset;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.ledger.Ledger;
import ai.ubc.engine.mandate.Mandates;
import ai.ubc.engine.market.Offers;
import ai.ubc.engine.market.OrderBook;

/**
 * The jobs that wait for an offer: JOB-007 to JOB-009. A waiting job holds what it may cost at its
 * limit price, so that nobody can queue in front of others with money that is not there.
 */
public final class JobQueue {
  /** Most waiting jobs that are looked at after a command. */
  public static final int MATCHED_AT_ONCE_MAX = 64;

  private final GenesisParameters parameters;
  private final Ledger ledger;
  private final Mandates mandates;
  private final Offers offers;
  private final Jobs jobs;
  private final Purchase purchase;
  private final JobCourse course;
  private final EventSink events;
  private final JobRequest request = new JobRequest();

  /** The queue of these jobs. */
  public JobQueue(
      GenesisParameters parameters,
      Ledger ledger,
      Mandates mandates,
      Offers offers,
      Jobs jobs,
      Purchase purchase,
      JobCourse course,
      EventSink events) {
    this.parameters = parameters;
    this.ledger = ledger;
    this.mandates = mandates;
    this.offers = offers;
    this.jobs = jobs;
    this.purchase = purchase;
    this.course = course;
    this.events = events;
  }

  /** JOB-007: the request, whose fields are valid, waits. */
  int queue(JobRequest asked) {
    long priceHeld =
        JobAmounts.priceHeldRoundedUp(parameters, asked.unitsMax, asked.limitPriceMicros);
    long most = JobAmounts.mostPayable(parameters, priceHeld, asked.validators);
    if (most > asked.maxCostMicros) {
      return Refusal.COST_LIMIT.number();
    }
    if (mandates.isOver(asked.mandate, most)) {
      return Refusal.OVER_BUDGET.number();
    }
    long held = JobAmounts.heldOfRequester(parameters, priceHeld, asked.validators);
    if (ledger.accounts().freeMicros(asked.account, Asset.COMPUTE) < held) {
      return Refusal.INSUFFICIENT_FUNDS.number();
    }
    if (jobs.waiting().isFull(asked.account)) {
      return Refusal.LIMIT_REACHED.number();
    }
    int job =
        jobs.open(
            asked.account,
            asked.validators,
            asked.unitsMax,
            asked.runWindowMs,
            asked.waitMs,
            mandates.number(asked.mandate));
    long number = jobs.number(job);
    announce(asked, number, held);
    int lock = ledger.lock(number, LockKind.ORDER, asked.account, asked.account, held);
    jobs.joinQueue(job, asked, lock);
    course.fire(job, JobInput.QUEUED);
    mandates.count(asked.mandate, number, most);
    return Refusal.DONE;
  }

  private void announce(JobRequest asked, long number, long heldMicros) {
    long[] hashes = asked.hashes;
    events.jobQueued(
        number,
        asked.account,
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
        asked.itemCount,
        asked.tier.code(),
        asked.validators,
        asked.inputPolicy,
        asked.unitsMax,
        asked.limitPriceMicros,
        heldMicros);
  }

  /** JOB-008: at the end of an entry whose command was carried out. */
  public void match() {
    if (!ledger.isBondGrown() && !offers.isPlaced()) {
      return;
    }
    WaitingJobs waiting = jobs.waiting();
    int handle = waiting.first();
    for (int i = 0; i < MATCHED_AT_ONCE_MAX && handle != OrderBook.NONE; i++) {
      int next = waiting.next(handle);
      match(jobs.find(waiting.number(handle)));
      handle = next;
    }
  }

  private void match(int job) {
    boolean mayBegin = mandates.allowsBegin(jobs.mandate(job), ledger.nowMs());
    if (!mayBegin || !course.takes(job, JobState.WAITING.code())) {
      return;
    }
    jobs.read(job, request);
    int offer = purchase.offerFor(request);
    if (offer == OrderBook.NONE || !purchase.hasValidators(request, offer)) {
      return;
    }
    long counted = jobs.mostPayableOfWaiting(job);
    long most =
        JobAmounts.mostPayable(parameters, purchase.priceHeld(request, offer), request.validators);
    jobs.leaveQueue(job);
    purchase.lease(request, offer, job);
    course.fire(job, JobInput.MATCHED);
    mandates.giveBack(jobs.mandate(job), jobs.number(job), counted - most);
  }

  /**
   * JOB-009.
   *
   * @param mandate the mandate by which the signer acts, or {@link Slab#NONE} for the owner
   */
  public int cancelJob(int account, int mandate, long number) {
    int job = jobs.find(number);
    if (job == Slab.NONE) {
      return Refusal.UNKNOWN_JOB.number();
    }
    boolean isOwn = mandate == Slab.NONE || mandates.number(mandate) == jobs.mandate(job);
    if (jobs.requester(job) != account || !isOwn) {
      return Refusal.NOT_PARTY.number();
    }
    if (!course.takes(job, JobState.WAITING.code())) {
      return Refusal.WRONG_STATE.number();
    }
    jobs.setJudged(job, JobEnding.CANCELLED, 0);
    course.fire(job, JobInput.CANCELLED);
    return Refusal.DONE;
  }
}
