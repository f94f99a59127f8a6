package ai.ubc.engine.ledger;

import ai.ubc.engine.flat.IntTable;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.flat.SlabHeap;
import java.util.Arrays;

/**
 * The accounts whose free validator bond is large enough to be drawn at all: in order of account
 * number, and in a heap with the largest bond on top. Bonds cross that line seldom, so joining and
 * leaving may move the rest of the array.
 *
 * <p>The heap is there because every submission and every waiting job that is looked at asks
 * whether enough of them have a bond of some size, and there may be a million. Under an account in
 * the heap nobody has more than it. So whoever goes down from the top and turns back at each bond
 * that is too small meets no more than what is asked for, with at most two that are too small below
 * each: the answer takes as long whether there are ten accounts or a million.
 */
public final class ValidatorList {
  private static final int FIRST_CAPACITY = 64;

  // The least comes first in a heap, the largest bond here. The account makes keys differ.
  private static final int MINUS_BOND = 0;
  private static final int ACCOUNT = 1;
  private static final int PLACE = 2;
  private static final int WORDS = 3;

  private final Slab bonds;
  private final SlabHeap byBond;
  private final IntTable slotByAccount = new IntTable();
  private int[] accounts = new int[FIRST_CAPACITY];
  private int count;

  /** Nobody is listed, at most {@code accountsMax} later. */
  ValidatorList(int accountsMax) {
    bonds = new Slab(WORDS, accountsMax);
    byBond = new SlabHeap(bonds, MINUS_BOND, PLACE);
  }

  /** Number of these accounts. */
  public int count() {
    return count;
  }

  /** The account at {@code index}, 0 to {@link #count()} − 1, in ascending order. */
  public int account(int index) {
    return accounts[index];
  }

  /**
   * Whether at least so many of these accounts, but for two, have this free bond or more. Visits
   * places in proportion to {@code number}, whoever is listed.
   */
  public boolean hasOthers(int number, long bondMicros, int oneAccount, int otherAccount) {
    return missing(byBond.first(), number, bondMicros, oneAccount, otherAccount) <= 0;
  }

  // How many of those still missing are not found at this place or below it; as deep as the heap.
  private int missing(int slot, int before, long bondMicros, int oneAccount, int otherAccount) {
    if (before <= 0 || slot == Slab.NONE || -bonds.get(slot, MINUS_BOND) < bondMicros) {
      return before;
    }
    int account = bonds.getInt(slot, ACCOUNT);
    int missing = account == oneAccount || account == otherAccount ? before : before - 1;
    missing = missing(byBond.left(slot), missing, bondMicros, oneAccount, otherAccount);
    return missing(byBond.right(slot), missing, bondMicros, oneAccount, otherAccount);
  }

  void join(int account, long bondMicros) {
    if (count == accounts.length) {
      accounts = Arrays.copyOf(accounts, 2 * count);
    }
    int at = -1 - Arrays.binarySearch(accounts, 0, count, account);
    System.arraycopy(accounts, at, accounts, at + 1, count - at);
    accounts[at] = account;
    count++;
    int slot = bonds.take();
    slotByAccount.set(account, slot);
    bonds.set(slot, ACCOUNT, account);
    rank(slot, bondMicros);
  }

  /** An account that stays on the list has another free bond. */
  void change(int account, long bondMicros) {
    int slot = slotByAccount.require(account);
    byBond.remove(slot);
    rank(slot, bondMicros);
  }

  private void rank(int slot, long bondMicros) {
    bonds.set(slot, MINUS_BOND, -bondMicros);
    byBond.add(slot);
  }

  void leave(int account) {
    int slot = slotByAccount.require(account);
    int at = Arrays.binarySearch(accounts, 0, count, account);
    count--;
    System.arraycopy(accounts, at + 1, accounts, at, count - at);
    byBond.remove(slot);
    bonds.release(slot);
    slotByAccount.set(account, Slab.NONE);
  }
}
