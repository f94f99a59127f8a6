package ai.ubc.engine.job;

import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.engine.escrow.Escrows;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.flat.SlabHeap;
import ai.ubc.engine.flat.SlabIndex;
import ai.ubc.engine.flat.SlabList;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;
import ai.ubc.engine.verify.Panels;

/**
 * The open jobs, one flat record each, found by number, by deadline, and, while they wait for the
 * beacon, in the order in which they began to wait. A job is named by its slot inside the engine
 * and by its number outside.
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
  private static final int STORED_WORDS = 22;
  private static final int ESCROW = 22;
  private static final int PANEL = 23;
  private static final int PLACE = 24;
  private static final int PREVIOUS = 25;
  private static final int NEXT = 26;
  private static final int PREVIOUS_WAITING = 27;
  private static final int NEXT_WAITING = 28;
  private static final int WORDS = 29;

  private static final int AWAITING_BEACON = JobState.AWAITING_BEACON.code();
  private static final int UNCHECKED = JobEnding.UNCHECKED.code();

  private final Slab slab;
  private final SlabIndex byNumber;
  private final SlabHeap byDeadline;
  private final SlabList inOrder;
  private final SlabList waiting;
  private final Escrows escrows;
  private final Panels panels;
  private long lastNumber;

  /** No jobs, at most {@code jobsMax} open ones later. */
  public Jobs(int jobsMax, long indexSeed, Escrows escrows, Panels panels) {
    slab = new Slab(WORDS, jobsMax);
    byNumber = new SlabIndex(slab, NUMBER, 1, indexSeed);
    byDeadline = new SlabHeap(slab, DEADLINE, PLACE);
    inOrder = new SlabList(slab, PREVIOUS, NEXT);
    waiting = new SlabList(slab, PREVIOUS_WAITING, NEXT_WAITING);
    this.escrows = escrows;
    this.panels = panels;
  }

  /** Number of open jobs. */
  public int count() {
    return slab.size();
  }

  /** Whether a job waits for the beacon. */
  public boolean isBeaconWanted() {
    return waiting.size() != 0;
  }

  /** The earliest deadline, log time in milliseconds; {@link Long#MAX_VALUE} without jobs. */
  public long nextDeadlineMs() {
    int job = byDeadline.first();
    return job == Slab.NONE ? Long.MAX_VALUE : deadlineMs(job);
  }

  boolean isFull() {
    return slab.isFull();
  }

  /** The number that the next job gets. */
  long nextNumber() {
    return lastNumber + 1;
  }

  int open(
      int requester,
      int provider,
      int validators,
      long unitsMax,
      long priceMicros,
      long runWindowMs,
      long mandate,
      int escrow,
      int panel) {
    int job = slab.take();
    slab.set(job, NUMBER, ++lastNumber);
    slab.set(job, REQUESTER, requester);
    slab.set(job, PROVIDER, provider);
    slab.set(job, VALIDATORS, validators);
    slab.set(job, UNITS_MAX, unitsMax);
    slab.set(job, PRICE, priceMicros);
    slab.set(job, RUN_WINDOW, runWindowMs);
    slab.set(job, MANDATE, mandate);
    slab.set(job, ESCROW, escrow);
    slab.set(job, PANEL, panel);
    byNumber.add(job);
    inOrder.append(job);
    return job;
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
      waiting.remove(job);
    }
    byDeadline.remove(job);
    slab.set(job, STATE, state);
    slab.set(job, DEADLINE, deadlineMs);
    if (deadlineMs != 0) {
      byDeadline.add(job);
    }
    if (state == AWAITING_BEACON) {
      waiting.append(job);
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
  int firstWaiting() {
    return waiting.first();
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

  /** Writes the open jobs by number, each with its escrow and panel, then who waits, in order. */
  public void snapshotTo(SnapshotSink sink) {
    sink.putLong(lastNumber);
    sink.putInt(inOrder.size());
    for (int job = inOrder.first(); job != Slab.NONE; job = inOrder.next(job)) {
      for (int field = 0; field < STORED_WORDS; field++) {
        sink.putLong(slab.get(job, field));
      }
      escrows.snapshotTo(sink, escrow(job));
      sink.putByte(panel(job) == Slab.NONE ? 0 : 1);
      if (panel(job) != Slab.NONE) {
        panels.snapshotTo(sink, panel(job));
      }
    }
    sink.putInt(waiting.size());
    for (int job = waiting.first(); job != Slab.NONE; job = waiting.next(job)) {
      sink.putLong(number(job));
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
      slab.set(job, ESCROW, escrows.restoreFrom(source));
      slab.set(job, PANEL, source.getByte() == 0 ? Slab.NONE : panels.restoreFrom(source));
      byNumber.add(job);
      inOrder.append(job);
      byDeadline.add(job);
    }
    int waitingCount = source.getInt();
    for (int i = 0; i < waitingCount; i++) {
      waiting.append(find(source.getLong()));
    }
  }
}
