package ai.ubc.engine.ledger;

import ai.ubc.domain.LockKind;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/**
 * The open locks. A lock is named by its slot inside the engine and by its number, which is never
 * used again, outside. {@link Slab#NONE} stands for a lock of nothing, which is never opened. Only
 * {@link Ledger} changes what a lock holds.
 */
public final class Locks {
  private static final int NUMBER = 0;
  private static final int JOB = 1;
  private static final int KIND = 2;
  private static final int PAYER = 3;
  private static final int BENEFICIARY = 4;
  private static final int AMOUNT = 5;
  private static final int WORDS = 6;

  private final Slab slab;
  private long lastNumber;

  /** No locks, at most {@code locksMax} at a time later. */
  public Locks(int locksMax) {
    slab = new Slab(WORDS, locksMax);
  }

  /** The lock's number for events. */
  public long number(int lock) {
    return slab.get(lock, NUMBER);
  }

  /** The job whose escrow the lock is part of. */
  public long job(int lock) {
    return slab.get(lock, JOB);
  }

  /** A {@link LockKind} code. */
  public int kind(int lock) {
    return slab.getInt(lock, KIND);
  }

  /** The account whose money it was. */
  public int payer(int lock) {
    return slab.getInt(lock, PAYER);
  }

  /** The account that would get the money if everything stopped here. */
  public int beneficiary(int lock) {
    return slab.getInt(lock, BENEFICIARY);
  }

  /** What the lock holds, micro-COMPUTE; 0 for {@link Slab#NONE}. */
  public long amountMicros(int lock) {
    return slab.get(lock, AMOUNT);
  }

  /** What the open lock with this number holds, or 0. Searches all, for the cold path. */
  long amountOfNumber(long number) {
    for (int lock = 1; lock <= slab.highestSlot(); lock++) {
      if (slab.get(lock, NUMBER) == number) {
        return slab.get(lock, AMOUNT);
      }
    }
    return 0;
  }

  /** Number of open locks. */
  int count() {
    return slab.size();
  }

  int open(long job, LockKind kind, int payer, int beneficiary) {
    int lock = slab.take();
    slab.set(lock, NUMBER, ++lastNumber);
    slab.set(lock, JOB, job);
    slab.set(lock, KIND, kind.code());
    slab.set(lock, PAYER, payer);
    slab.set(lock, BENEFICIARY, beneficiary);
    return lock;
  }

  void add(int lock, long delta) {
    slab.add(lock, AMOUNT, delta);
  }

  void reassign(int lock, int beneficiary) {
    slab.set(lock, BENEFICIARY, beneficiary);
  }

  void close(int lock) {
    slab.release(lock);
  }

  /** Writes one lock, {@link Slab#NONE} included; its owner decides the order. */
  public void snapshotTo(SnapshotSink sink, int lock) {
    for (int field = 0; field < WORDS; field++) {
      sink.putLong(slab.get(lock, field));
    }
  }

  /** Reads one lock back and returns where it is now. */
  public int restoreFrom(SnapshotSource source) {
    long number = source.getLong();
    int lock = number == 0 ? Slab.NONE : slab.take();
    slab.set(lock, NUMBER, number);
    for (int field = NUMBER + 1; field < WORDS; field++) {
      slab.set(lock, field, source.getLong());
    }
    return lock;
  }

  void snapshotTo(SnapshotSink sink) {
    sink.putLong(lastNumber);
  }

  void restoreNumberFrom(SnapshotSource source) {
    lastNumber = source.getLong();
  }
}
