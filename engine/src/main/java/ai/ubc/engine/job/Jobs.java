package ai.ubc.engine.job;

import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.engine.escrow.Escrows;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.flat.SlabHeap;
import ai.ubc.engine.flat.SlabIndex;
import ai.ubc.engine.flat.SlabList;
import ai.ubc.engine.market.OrderBook;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;
import ai.ubc.engine.verify.Panels;

/**
 * The open jobs, one flat record each, found by number, by deadline, and, while they await the
 * beacon, in the order in which they began to. A job is named by its slot inside the engine and by
 * its number outside.
 */
public final class Jobs {
  private static final int DEADLINE = 0;
  private static final int NUMBER = 1;
  private static final int STATE = 2;
  private static final int REQUESTER = 3;
  private static final int PROVIDER = 4;
  private static final int VALIDATORS = 5;
  private static final int UNITS_MAX = 6;
  private static final int PRICE = 7;
  private static final int RUN_WINDOW = 8;
  private static final int SALTED = 9;
  private static final int IS_OPENED = 13;
  private static final int ROOT = 14;
  private static final int UNITS = 18;
  private static final int ENDING = 19;
  private static final int UNITS_JUDGED = 20;
  private static final int MANDATE = 21;
  private static final int WAIT = 22;
  private static final int STORED_WORDS = 23;
  private static final int ESCROW = 23;
  private static final int PANEL = 24;
  private static final int ORDER = 25;
  private static final int PLACE = 26;
  private static final int PREVIOUS = 27;
  private static final int NEXT = 28;
  private static final int PREVIOUS_DRAWN = 29;
  private static final int NEXT_DRAWN = 30;
  private static final int WORDS = 31;

  private static final int WAITING = JobState.WAITING.code();
  private static final int AWAITING_BEACON = JobState.AWAITING_BEACON.code();
  private static final int UNCHECKED = JobEnding.UNCHECKED.code();

  private final Slab slab;
  private final SlabIndex byNumber;
  private final SlabHeap byDeadline;
  private final SlabList inOrder;
  private final SlabList awaitingBeacon;
  private final WaitingJobs waiting;
  private final Escrows escrows;
  private final Panels panels;
  private long lastNumber;

  /** No jobs, at most {@code jobsMax} open ones later. */
  public Jobs(int jobsMax, long indexSeed, WaitingJobs waiting, Escrows escrows, Panels panels) {
    slab = new Slab(WORDS, jobsMax);
    byNumber = new SlabIndex(slab, NUMBER, 1, indexSeed);
    byDeadline = new SlabHeap(slab, DEADLINE, PLACE);
    inOrder = new SlabList(slab, PREVIOUS, NEXT);
    awaitingBeacon = new SlabList(slab, PREVIOUS_DRAWN, NEXT_DRAWN);
    this.waiting = waiting;
    this.escrows = escrows;
    this.panels = panels;
  }

  /** Number of open jobs. */
  public int count() {
    return slab.size();
  }

  /** Whether a job waits for the beacon. */
  public boolean isBeaconWanted() {
    return awaitingBeacon.size() != 0;
  }

  /** The earliest deadline, log time in milliseconds; {@link Long#MAX_VALUE} without jobs. */
  public long nextDeadlineMs() {
    int job = byDeadline.first();
    return job == Slab.NONE ? Long.MAX_VALUE : deadlineMs(job);
  }

  boolean isFull() {
    return slab.isFull();
  }

  /** The jobs that wait for an offer. */
  WaitingJobs waiting() {
    return waiting;
  }

  /** A new job that is neither leased nor waits yet. */
  int open(
      int requester, int validators, long unitsMax, long runWindowMs, long waitMs, long mandate) {
    int job = slab.take();
    slab.set(job, NUMBER, ++lastNumber);
    slab.set(job, REQUESTER, requester);
    slab.set(job, VALIDATORS, validators);
    slab.set(job, UNITS_MAX, unitsMax);
    slab.set(job, RUN_WINDOW, runWindowMs);
    slab.set(job, WAIT, waitMs);
    slab.set(job, MANDATE, mandate);
    byNumber.add(job);
    inOrder.append(job);
    return job;
  }

  /** Gives the job its lease: who runs it, at which price, and what is held for it. */
  void setLease(int job, int provider, long priceMicros, int escrow, int panel) {
    slab.set(job, PROVIDER, provider);
    slab.set(job, PRICE, priceMicros);
    slab.set(job, ESCROW, escrow);
    slab.set(job, PANEL, panel);
  }

  /** Enters the job among those that wait. */
  void joinQueue(int job, JobRequest request, int lock) {
    slab.set(job, ORDER, waiting.add(request, number(job), lock));
  }

  /** Takes the job from among those that wait, and returns what it holds. */
  void leaveQueue(int job) {
    waiting.leave(slab.getInt(job, ORDER), requester(job));
    slab.set(job, ORDER, OrderBook.NONE);
  }

  /** Reads what a waiting job asked for; the mandate stays as it is. */
  void read(int job, JobRequest request) {
    request.account = requester(job);
    request.validators = validators(job);
    request.runWindowMs = runWindowMs(job);
    request.waitMs = waitMs(job);
    waiting.read(slab.getInt(job, ORDER), request);
  }

  void close(int job) {
    panels.close(panel(job));
    byNumber.remove(job);
    inOrder.remove(job);
    slab.release(job);
  }

  /** Changes state and deadline; 0 is no deadline. */
  void enter(int job, int state, long deadlineMs) {
    if (state(job) == AWAITING_BEACON) {
      awaitingBeacon.remove(job);
    }
    byDeadline.remove(job);
    slab.set(job, STATE, state);
    slab.set(job, DEADLINE, deadlineMs);
    if (deadlineMs != 0) {
      byDeadline.add(job);
    }
    if (state == AWAITING_BEACON) {
      awaitingBeacon.append(job);
    }
  }

  /** The open job with this number, or {@link Slab#NONE}. */
  int find(long number) {
    return byNumber.find(number);
  }

  /** The job with the earliest deadline, or {@link Slab#NONE}. */
  int firstDue() {
    return byDeadline.first();
  }

  /** The job that has waited longest for the beacon, or {@link Slab#NONE}. */
  int firstAwaitingBeacon() {
    return awaitingBeacon.first();
  }

  long number(int job) {
    return slab.get(job, NUMBER);
  }

  /** A {@link JobState} code; 0 before submission. */
  int state(int job) {
    return slab.getInt(job, STATE);
  }

  long deadlineMs(int job) {
    return slab.get(job, DEADLINE);
  }

  int requester(int job) {
    return slab.getInt(job, REQUESTER);
  }

  int provider(int job) {
    return slab.getInt(job, PROVIDER);
  }

  int validators(int job) {
    return slab.getInt(job, VALIDATORS);
  }

  long unitsMax(int job) {
    return slab.get(job, UNITS_MAX);
  }

  long priceMicros(int job) {
    return slab.get(job, PRICE);
  }

  long runWindowMs(int job) {
    return slab.get(job, RUN_WINDOW);
  }

  /** How long the requester lets the job wait for an offer, milliseconds. */
  long waitMs(int job) {
    return slab.get(job, WAIT);
  }

  /** The most that a waiting job can cost besides the deposit. */
  long mostPayableOfWaiting(int job) {
    return waiting.mostPayable(slab.getInt(job, ORDER), validators(job));
  }

  /** Number of the mandate by which the job was submitted; 0 for the owner's own. */
  long mandate(int job) {
    return slab.get(job, MANDATE);
  }

  int escrow(int job) {
    return slab.getInt(job, ESCROW);
  }

  /** The panel, or {@link Slab#NONE} for a job that nobody checks. */
  int panel(int job) {
    return slab.getInt(job, PANEL);
  }

  void setSalted(int job, long word0, long word1, long word2, long word3) {
    slab.setHash(job, SALTED, word0, word1, word2, word3);
  }

  long salted(int job, int index) {
    return slab.get(job, SALTED + index);
  }

  void setResult(int job, long root0, long root1, long root2, long root3, long units) {
    slab.set(job, IS_OPENED, 1);
    slab.setHash(job, ROOT, root0, root1, root2, root3);
    slab.set(job, UNITS, units);
  }

  boolean isOpened(int job) {
    return slab.get(job, IS_OPENED) != 0;
  }

  long root(int job, int index) {
    return slab.get(job, ROOT + index);
  }

  long units(int job) {
    return slab.get(job, UNITS);
  }

  void setJudged(int job, JobEnding ending, long units) {
    slab.set(job, ENDING, ending.code());
    slab.set(job, UNITS_JUDGED, units);
  }

  /** A {@link JobEnding} code; 0 before the judgement. */
  int ending(int job) {
    return slab.getInt(job, ENDING);
  }

  boolean isUnchecked(int job) {
    return ending(job) == UNCHECKED;
  }

  long unitsJudged(int job) {
    return slab.get(job, UNITS_JUDGED);
  }

  /**
   * Writes the open jobs by number, each with what it holds, then who awaits the beacon, in order,
   * and whose turn it is among those that wait for an offer.
   */
  public void snapshotTo(SnapshotSink sink) {
    sink.putLong(lastNumber);
    sink.putInt(inOrder.size());
    for (int job = inOrder.first(); job != Slab.NONE; job = inOrder.next(job)) {
      for (int field = 0; field < STORED_WORDS; field++) {
        sink.putLong(slab.get(job, field));
      }
      if (state(job) == WAITING) {
        waiting.snapshotTo(sink, slab.getInt(job, ORDER));
      } else {
        snapshotLeaseTo(sink, job);
      }
    }
    sink.putInt(awaitingBeacon.size());
    int job = awaitingBeacon.first();
    while (job != Slab.NONE) {
      sink.putLong(number(job));
      job = awaitingBeacon.next(job);
    }
    sink.putLong(waiting.turn() == OrderBook.NONE ? 0 : waiting.number(waiting.turn()));
  }

  private void snapshotLeaseTo(SnapshotSink sink, int job) {
    escrows.snapshotTo(sink, escrow(job));
    sink.putByte(panel(job) == Slab.NONE ? 0 : 1);
    if (panel(job) != Slab.NONE) {
      panels.snapshotTo(sink, panel(job));
    }
  }

  /** Reads back what {@link #snapshotTo} wrote, where there are no jobs yet. */
  public void restoreFrom(SnapshotSource source) {
    lastNumber = source.getLong();
    int count = source.getInt();
    for (int i = 0; i < count; i++) {
      int job = slab.take();
      for (int field = 0; field < STORED_WORDS; field++) {
        slab.set(job, field, source.getLong());
      }
      if (state(job) == WAITING) {
        int order = waiting.restoreFrom(source, number(job), requester(job), unitsMax(job));
        slab.set(job, ORDER, order);
      } else {
        slab.set(job, ESCROW, escrows.restoreFrom(source));
        slab.set(job, PANEL, source.getByte() == 0 ? Slab.NONE : panels.restoreFrom(source));
      }
      byNumber.add(job);
      inOrder.append(job);
      byDeadline.add(job);
    }
    int awaiting = source.getInt();
    for (int i = 0; i < awaiting; i++) {
      awaitingBeacon.append(find(source.getLong()));
    }
    long turn = source.getLong();
    waiting.setTurn(turn == 0 ? OrderBook.NONE : slab.getInt(find(turn), ORDER));
  }
}
