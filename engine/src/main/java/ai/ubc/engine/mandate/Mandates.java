package ai.ubc.engine.mandate;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.Refusal;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.flat.SlabHeap;
import ai.ubc.engine.flat.SlabIndex;
import ai.ubc.engine.flat.SlabList;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/**
 * The mandates, one flat record each, found by number and by key and account. A mandate is named by
 * its slot inside the engine and by its number, which is never used again, outside; {@link
 * Slab#NONE} stands for the owner, whom no mandate limits. Dead mandates stay, so that their keys
 * hear why they are refused, until their place is needed.
 *
 * <p>What counts against a mandate is at most its amount: more is added only where {@link #isOver}
 * denied it, and no job returns more than was counted for it.
 */
public final class Mandates {
  /** Most mandates of an account, dead ones included. */
  public static final int MANDATES_PER_ACCOUNT_MAX = 64;

  /** Most payees of a mandate. */
  public static final int PAYEES_MAX = 8;

  private static final int KEY = 0;
  private static final int ACCOUNT = 3;
  // Log time from which on it is dead: when it expires or was revoked. With the number behind it
  // the order in which mandates die.
  private static final int ENDS = 4;
  private static final int NUMBER = 5;
  // Always 0: mandates have one level so far.
  private static final int PARENT = 6;
  private static final int AMOUNT = 7;
  private static final int SPENT = 8;
  private static final int CLASSES = 9;
  private static final int IS_REVOKED = 10;
  private static final int PAYEE_COUNT = 11;
  private static final int PAYEE = 12;
  private static final int STORED_WORDS = PAYEE + PAYEES_MAX;
  private static final int PREVIOUS = STORED_WORDS;
  private static final int NEXT = STORED_WORDS + 1;
  private static final int NEXT_OF_ACCOUNT = STORED_WORDS + 2;
  private static final int PLACE = STORED_WORDS + 3;
  private static final int WORDS = STORED_WORDS + 4;

  private static final int HOLDER = 0;
  private static final int NEWEST = 1;
  private static final int COUNT = 2;
  private static final int HOLDER_WORDS = 3;

  private final Slab slab;
  private final SlabIndex byKey;
  private final SlabIndex byNumber;
  private final SlabList inOrder;
  private final SlabHeap byEnd;
  // Accounts that have mandates.
  private final Slab holders;
  private final SlabIndex byHolder;
  private final EventSink events;
  private long lastNumber;

  /** No mandates, at most {@code mandatesMax} later. */
  public Mandates(int mandatesMax, long indexSeed, EventSink events) {
    slab = new Slab(WORDS, mandatesMax);
    byKey = new SlabIndex(slab, KEY, 4, indexSeed);
    byNumber = new SlabIndex(slab, NUMBER, 1, indexSeed);
    inOrder = new SlabList(slab, PREVIOUS, NEXT);
    byEnd = new SlabHeap(slab, ENDS, PLACE);
    holders = new Slab(HOLDER_WORDS, mandatesMax);
    byHolder = new SlabIndex(holders, HOLDER, 1, indexSeed);
    this.events = events;
  }

  /** The mandate of a key for an account, live or dead, or {@link Slab#NONE}. */
  public int find(int account, long key0, long key1, int key2) {
    return byKey.find(key0, key1, key2, account);
  }

  /** {@link Refusal#DONE} for a live mandate, else the refusal that says why it is dead. */
  public int endOf(int mandate, long nowMs) {
    if (slab.get(mandate, IS_REVOKED) != 0) {
      return Refusal.MANDATE_REVOKED.number();
    }
    return nowMs >= slab.get(mandate, ENDS) ? Refusal.MANDATE_EXPIRED.number() : Refusal.DONE;
  }

  /** The mandate's number; 0 for the owner. */
  public long number(int mandate) {
    return slab.get(mandate, NUMBER);
  }

  /** Whether jobs of a class may be submitted under the mandate. */
  public boolean isClassAllowed(int mandate, int resourceClass) {
    boolean isBit = resourceClass >>> 6 == 0;
    return mandate == Slab.NONE
        || (isBit && (slab.get(mandate, CLASSES) >>> resourceClass & 1) == 1);
  }

  /** Whether the amount is more than what is left of the mandate. */
  public boolean isOver(int mandate, long amountMicros) {
    return mandate != Slab.NONE
        && amountMicros > slab.get(mandate, AMOUNT) - slab.get(mandate, SPENT);
  }

  /** Counts what a key spends, which is not over its mandate; nothing happens for the owner. */
  public void count(int mandate, long job, long amountMicros) {
    if (mandate != Slab.NONE) {
      change(mandate, job, amountMicros);
    }
  }

  /** A job did not use all that was counted for it; nothing happens for a mandate forgotten. */
  public void giveBack(long number, long job, long unusedMicros) {
    int mandate = byNumber.find(number);
    if (mandate != Slab.NONE && unusedMicros != 0) {
      change(mandate, job, -unusedMicros);
    }
  }

  private void change(int mandate, long job, long changeMicros) {
    slab.add(mandate, SPENT, changeMicros);
    events.mandateSpent(number(mandate), job, changeMicros, slab.get(mandate, SPENT));
  }

  /** Whether a job by this mandate may begin now: it is live, or there is none for number 0. */
  public boolean allowsBegin(long number, long nowMs) {
    int mandate = byNumber.find(number);
    return number == 0 || (mandate != Slab.NONE && endOf(mandate, nowMs) == Refusal.DONE);
  }

  /** The account's mandate with this number, or {@link Slab#NONE}. */
  int findOf(int account, long number) {
    int mandate = byNumber.find(number);
    return slab.getInt(mandate, ACCOUNT) == account ? mandate : Slab.NONE;
  }

  /**
   * Makes room for another mandate of the account: where it has as many as it may, its oldest dead
   * one is forgotten; where the ledger is full, the one of all accounts that died first.
   *
   * @return whether there is room
   */
  boolean makeRoom(int account, long nowMs) {
    int holder = byHolder.find(account);
    if (holders.get(holder, COUNT) == MANDATES_PER_ACCOUNT_MAX) {
      return forgetDead(oldestDeadOf(holder, nowMs), nowMs);
    }
    return !slab.isFull() || forgetDead(byEnd.first(), nowMs);
  }

  private boolean forgetDead(int mandate, long nowMs) {
    boolean isDead = mandate != Slab.NONE && endOf(mandate, nowMs) != Refusal.DONE;
    if (isDead) {
      forget(mandate);
    }
    return isDead;
  }

  private int oldestDeadOf(int holder, long nowMs) {
    int dead = Slab.NONE;
    int mandate = holders.getInt(holder, NEWEST);
    while (mandate != Slab.NONE) {
      if (endOf(mandate, nowMs) != Refusal.DONE) {
        dead = mandate;
      }
      mandate = slab.getInt(mandate, NEXT_OF_ACCOUNT);
    }
    return dead;
  }

  void grant(
      int account,
      long key0,
      long key1,
      int key2,
      long amountMicros,
      long expiresMs,
      long classes) {
    int mandate = slab.take();
    slab.set(mandate, KEY, key0);
    slab.set(mandate, KEY + 1, key1);
    slab.set(mandate, KEY + 2, key2);
    slab.set(mandate, ACCOUNT, account);
    slab.set(mandate, NUMBER, ++lastNumber);
    slab.set(mandate, AMOUNT, amountMicros);
    slab.set(mandate, ENDS, expiresMs);
    slab.set(mandate, CLASSES, classes);
    add(mandate);
    events.mandateGranted(
        lastNumber,
        account,
        slab.get(mandate, PARENT),
        key0,
        key1,
        key2,
        amountMicros,
        expiresMs,
        classes);
  }

  void forget(int mandate) {
    int holder = byHolder.find(slab.get(mandate, ACCOUNT));
    int next = slab.getInt(mandate, NEXT_OF_ACCOUNT);
    int before = holders.getInt(holder, NEWEST);
    if (before == mandate) {
      holders.set(holder, NEWEST, next);
    } else {
      while (slab.getInt(before, NEXT_OF_ACCOUNT) != mandate) {
        before = slab.getInt(before, NEXT_OF_ACCOUNT);
      }
      slab.set(before, NEXT_OF_ACCOUNT, next);
    }
    holders.add(holder, COUNT, -1);
    if (holders.get(holder, COUNT) == 0) {
      byHolder.remove(holder);
      holders.release(holder);
    }
    byEnd.remove(mandate);
    byKey.remove(mandate);
    byNumber.remove(mandate);
    inOrder.remove(mandate);
    slab.release(mandate);
  }

  void revoke(int mandate, long nowMs) {
    slab.set(mandate, IS_REVOKED, 1);
    byEnd.remove(mandate);
    slab.set(mandate, ENDS, nowMs);
    byEnd.add(mandate);
    events.mandateRevoked(number(mandate));
  }

  /** Ends the account's live mandates, the youngest first. */
  void revokeAll(int account, long nowMs) {
    int mandate = holders.getInt(byHolder.find(account), NEWEST);
    while (mandate != Slab.NONE) {
      if (endOf(mandate, nowMs) == Refusal.DONE) {
        revoke(mandate, nowMs);
      }
      mandate = slab.getInt(mandate, NEXT_OF_ACCOUNT);
    }
  }

  boolean isPayeeAllowed(int mandate, int payee) {
    for (int i = 0; i < payees(mandate); i++) {
      if (slab.getInt(mandate, PAYEE + i) == payee) {
        return true;
      }
    }
    return false;
  }

  int payees(int mandate) {
    return slab.getInt(mandate, PAYEE_COUNT);
  }

  void allowPayee(int mandate, int payee) {
    slab.set(mandate, PAYEE + payees(mandate), payee);
    slab.add(mandate, PAYEE_COUNT, 1);
    events.payeeAllowed(number(mandate), payee);
  }

  // Newest first within its account; mandates come in order of their numbers.
  private void add(int mandate) {
    byKey.add(mandate);
    byNumber.add(mandate);
    byEnd.add(mandate);
    inOrder.append(mandate);
    long account = slab.get(mandate, ACCOUNT);
    int holder = byHolder.find(account);
    if (holder == Slab.NONE) {
      holder = holders.take();
      holders.set(holder, HOLDER, account);
      byHolder.add(holder);
    }
    slab.set(mandate, NEXT_OF_ACCOUNT, holders.get(holder, NEWEST));
    holders.set(holder, NEWEST, mandate);
    holders.add(holder, COUNT, 1);
  }

  /** Writes the mandates by number. */
  public void snapshotTo(SnapshotSink sink) {
    sink.putLong(lastNumber);
    sink.putInt(inOrder.size());
    for (int mandate = inOrder.first(); mandate != Slab.NONE; mandate = inOrder.next(mandate)) {
      for (int field = 0; field < STORED_WORDS; field++) {
        sink.putLong(slab.get(mandate, field));
      }
    }
  }

  /** Reads back what {@link #snapshotTo} wrote, where there are no mandates yet. */
  public void restoreFrom(SnapshotSource source) {
    lastNumber = source.getLong();
    int count = source.getInt();
    for (int i = 0; i < count; i++) {
      int mandate = slab.take();
      for (int field = 0; field < STORED_WORDS; field++) {
        slab.set(mandate, field, source.getLong());
      }
      add(mandate);
    }
  }
}
