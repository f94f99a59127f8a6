package ai.ubc.engine.verify;

import ai.ubc.domain.Cause;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Role;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.ledger.Ledger;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/**
 * The panel of each open job that a quorum checks: what its draw hashes, the duties of all rounds
 * in order of drawing, and how far the current round has come. {@link Slab#NONE} stands for the
 * panel of a job that nobody checks: it has no duties.
 */
public final class Panels {
  private static final int JOB = 0;
  private static final int REQUESTER = 1;
  private static final int PROVIDER = 2;
  private static final int VALIDATORS = 3;
  private static final int DUTY_BOND = 4;
  private static final int SECRET_HASH = 5;
  private static final int ITEMS_ROOT = 9;
  private static final int SECRET = 13;
  private static final int IS_SECRET_KNOWN = 17;
  private static final int ROUND = 18;
  private static final int SEALED = 19;
  private static final int OPENED = 20;
  private static final int STORED_WORDS = 21;
  // What follows is found again from the duties.
  private static final int FIRST = 21;
  private static final int LAST = 22;
  private static final int ROUND_FIRST = 23;
  private static final int DRAWN = 24;
  private static final int DRAWN_WEIGHT = 25;
  private static final int WORDS = 26;

  private final Slab slab;
  private final Duties duties;
  private final Ledger ledger;
  private final EventSink events;

  /** No panels; at most so many panels and duties at a time later. */
  public Panels(int panelsMax, int dutiesMax, Ledger ledger, EventSink events) {
    slab = new Slab(WORDS, panelsMax);
    duties = new Duties(dutiesMax);
    this.ledger = ledger;
    this.events = events;
  }

  /**
   * Opens the panel of a job.
   *
   * @param validators how many are drawn in a round
   * @param dutyBondMicros what each of them bonds
   */
  public int open(long job, int requester, int provider, int validators, long dutyBondMicros) {
    int panel = slab.take();
    slab.set(panel, JOB, job);
    slab.set(panel, REQUESTER, requester);
    slab.set(panel, PROVIDER, provider);
    slab.set(panel, VALIDATORS, validators);
    slab.set(panel, DUTY_BOND, dutyBondMicros);
    return panel;
  }

  /** Keeps the hash of the requester's secret. */
  public void setSecretHash(int panel, long word0, long word1, long word2, long word3) {
    slab.setHash(panel, SECRET_HASH, word0, word1, word2, word3);
  }

  /** Whether this is the hash of the requester's secret. */
  public boolean isSecretHash(int panel, Commitments hashed) {
    return slab.isHash(
        panel, SECRET_HASH, hashed.word(0), hashed.word(1), hashed.word(2), hashed.word(3));
  }

  /** Keeps the committed root over the items. */
  public void setItemsRoot(int panel, long word0, long word1, long word2, long word3) {
    slab.setHash(panel, ITEMS_ROOT, word0, word1, word2, word3);
  }

  /** Keeps the revealed secret, which from now on is known. */
  public void setSecret(int panel, long word0, long word1, long word2, long word3) {
    slab.setHash(panel, SECRET, word0, word1, word2, word3);
    slab.set(panel, IS_SECRET_KNOWN, 1);
  }

  /** The current round, from 0. */
  public int round(int panel) {
    return slab.getInt(panel, ROUND);
  }

  /** How many validators are drawn in a round. */
  int validators(int panel) {
    return slab.getInt(panel, VALIDATORS);
  }

  long job(int panel) {
    return slab.get(panel, JOB);
  }

  int requester(int panel) {
    return slab.getInt(panel, REQUESTER);
  }

  int provider(int panel) {
    return slab.getInt(panel, PROVIDER);
  }

  long dutyBondMicros(int panel) {
    return slab.get(panel, DUTY_BOND);
  }

  boolean isSecretKnown(int panel) {
    return slab.get(panel, IS_SECRET_KNOWN) != 0;
  }

  long itemsRoot(int panel, int index) {
    return slab.get(panel, ITEMS_ROOT + index);
  }

  long secret(int panel, int index) {
    return slab.get(panel, SECRET + index);
  }

  long drawnWeight(int panel) {
    return slab.get(panel, DRAWN_WEIGHT);
  }

  Duties duties() {
    return duties;
  }

  int firstOfRound(int panel) {
    return slab.getInt(panel, ROUND_FIRST);
  }

  /** Whether the account was drawn in any round of the job. */
  boolean wasDrawn(int panel, int account) {
    for (int duty = slab.getInt(panel, FIRST); duty != Slab.NONE; duty = duties.next(duty)) {
      if (duties.validator(duty) == account) {
        return true;
      }
    }
    return false;
  }

  /** Draws a validator into the current round and locks its duty bond. */
  void draw(int panel, int validator, long weightMicros) {
    int duty = duties.slab.take();
    duties.slab.set(duty, Duties.VALIDATOR, validator);
    duties.slab.set(duty, Duties.ROUND, round(panel));
    duties.slab.set(duty, Duties.WEIGHT, weightMicros);
    chain(panel, duty);
    events.validatorDrawn(job(panel), round(panel), validator, weightMicros);
    int lock =
        ledger.lock(
            job(panel), LockKind.DUTY_BOND, validator, validator, slab.get(panel, DUTY_BOND));
    duties.slab.set(duty, Duties.LOCK, lock);
  }

  private void chain(int panel, int duty) {
    int last = slab.getInt(panel, LAST);
    if (last == Slab.NONE) {
      slab.set(panel, FIRST, duty);
    } else {
      duties.slab.set(last, Duties.NEXT, duty);
    }
    slab.set(panel, LAST, duty);
    if (duties.round(duty) == round(panel)) {
      if (firstOfRound(panel) == Slab.NONE) {
        slab.set(panel, ROUND_FIRST, duty);
      }
      slab.add(panel, DRAWN, 1);
      slab.add(panel, DRAWN_WEIGHT, duties.weight(duty));
    }
  }

  /** The account's duty in the current round, or {@link Slab#NONE}. */
  public int dutyOf(int panel, int account) {
    int duty = firstOfRound(panel);
    while (duty != Slab.NONE && duties.validator(duty) != account) {
      duty = duties.next(duty);
    }
    return duty;
  }

  /** Whether the duty's verdict is sealed. */
  public boolean isSealed(int duty) {
    return duties.isSealed(duty);
  }

  /** Whether the duty's verdict is opened. */
  public boolean isOpened(int duty) {
    return duties.isOpened(duty);
  }

  /** Takes a duty's sealed verdict. */
  public void seal(int panel, int duty, long seal0, long seal1, long seal2, long seal3) {
    duties.slab.setHash(duty, Duties.SEAL, seal0, seal1, seal2, seal3);
    duties.slab.set(duty, Duties.IS_SEALED, 1);
    slab.add(panel, SEALED, 1);
    events.verdictSealed(
        job(panel), round(panel), duties.validator(duty), seal0, seal1, seal2, seal3);
  }

  /** Whether this is what the duty's validator sealed. */
  public boolean isSeal(int duty, Commitments hashed) {
    return duties.slab.isHash(
        duty, Duties.SEAL, hashed.word(0), hashed.word(1), hashed.word(2), hashed.word(3));
  }

  /** Takes a duty's opened verdict, which has been found to match its seal. */
  public void openVerdict(
      int panel,
      int duty,
      int verdict,
      long root0,
      long root1,
      long root2,
      long root3,
      long units) {
    duties.slab.set(duty, Duties.VERDICT, verdict);
    duties.slab.setHash(duty, Duties.ROOT, root0, root1, root2, root3);
    duties.slab.set(duty, Duties.UNITS, units);
    slab.add(panel, OPENED, 1);
    events.verdictOpened(
        job(panel),
        round(panel),
        duties.validator(duty),
        verdict,
        root0,
        root1,
        root2,
        root3,
        units);
  }

  /** Whether every validator of the round has sealed. */
  public boolean isAllSealed(int panel) {
    return slab.get(panel, SEALED) == slab.get(panel, DRAWN);
  }

  /** Whether every validator of the round who sealed has opened. */
  public boolean isAllOpened(int panel) {
    return slab.get(panel, OPENED) == slab.get(panel, SEALED);
  }

  /** Whether more than a third of the round's validators have not sealed: VER-011. */
  public boolean isTooManyMissing(int panel) {
    long missing = slab.get(panel, DRAWN) - slab.get(panel, SEALED);
    return 3 * missing > slab.get(panel, DRAWN);
  }

  /** Returns the duty bonds of the round's validators who did not seal. */
  public void returnMissing(int panel) {
    for (int duty = firstOfRound(panel); duty != Slab.NONE; duty = duties.next(duty)) {
      if (!duties.isSealed(duty)) {
        returnBond(duty);
      }
    }
  }

  /** Returns all duty bonds of the round. */
  public void returnAll(int panel) {
    for (int duty = firstOfRound(panel); duty != Slab.NONE; duty = duties.next(duty)) {
      returnBond(duty);
    }
  }

  /** Starts the next round, in which nobody is drawn yet. */
  public void countRoundUp(int panel) {
    slab.add(panel, ROUND, 1);
    slab.set(panel, ROUND_FIRST, Slab.NONE);
    slab.set(panel, DRAWN, 0);
    slab.set(panel, DRAWN_WEIGHT, 0);
    slab.set(panel, SEALED, 0);
    slab.set(panel, OPENED, 0);
  }

  /** VER-016: returns the duty bonds of those who opened, burns those of who sealed only. */
  public void settleDuties(int panel) {
    for (int duty = firstOfRound(panel); duty != Slab.NONE; duty = duties.next(duty)) {
      if (duties.isSealed(duty)) {
        if (duties.isOpened(duty)) {
          returnBond(duty);
        } else {
          burnBond(duty);
        }
      }
    }
  }

  private void returnBond(int duty) {
    ledger.returnBond(duties.lock(duty), Role.VALIDATOR);
    ledger.close(duties.lock(duty));
    duties.slab.set(duty, Duties.LOCK, Slab.NONE);
  }

  private void burnBond(int duty) {
    int lock = duties.lock(duty);
    ledger.burn(lock, ledger.locks().amountMicros(lock), Cause.SLASH);
    ledger.close(lock);
    duties.slab.set(duty, Duties.LOCK, Slab.NONE);
  }

  /** Forgets a panel with its duties; nothing happens for {@link Slab#NONE}. */
  public void close(int panel) {
    if (panel == Slab.NONE) {
      return;
    }
    int duty = slab.getInt(panel, FIRST);
    while (duty != Slab.NONE) {
      int next = duties.next(duty);
      duties.slab.release(duty);
      duty = next;
    }
    slab.release(panel);
  }

  /** Writes one panel with its duties; the job decides the order. */
  public void snapshotTo(SnapshotSink sink, int panel) {
    for (int field = 0; field < STORED_WORDS; field++) {
      sink.putLong(slab.get(panel, field));
    }
    for (int duty = slab.getInt(panel, FIRST); duty != Slab.NONE; duty = duties.next(duty)) {
      sink.putByte(1);
      for (int field = 0; field < Duties.NEXT; field++) {
        if (field == Duties.LOCK) {
          ledger.locks().snapshotTo(sink, duties.lock(duty));
        } else {
          sink.putLong(duties.slab.get(duty, field));
        }
      }
    }
    sink.putByte(0);
  }

  /** Reads one panel back and returns where it is now. */
  public int restoreFrom(SnapshotSource source) {
    int panel = slab.take();
    for (int field = 0; field < STORED_WORDS; field++) {
      slab.set(panel, field, source.getLong());
    }
    while (source.getByte() != 0) {
      int duty = duties.slab.take();
      for (int field = 0; field < Duties.NEXT; field++) {
        boolean isLock = field == Duties.LOCK;
        long word = isLock ? ledger.locks().restoreFrom(source) : source.getLong();
        duties.slab.set(duty, field, word);
      }
      chain(panel, duty);
    }
    return panel;
  }
}
