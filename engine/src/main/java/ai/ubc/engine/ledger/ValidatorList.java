package ai.ubc.engine.ledger;

import java.util.Arrays;

/**
 * The accounts whose free validator bond is large enough to be drawn at all, in order of account
 * number. Bonds cross that line seldom, so joining and leaving may move the rest of the array.
 */
public final class ValidatorList {
  private static final int FIRST_CAPACITY = 64;

  private int[] accounts = new int[FIRST_CAPACITY];
  private int count;

  /** Number of these accounts. */
  public int count() {
    return count;
  }

  /** The account at {@code index}, 0 to {@link #count()} − 1, in ascending order. */
  public int account(int index) {
    return accounts[index];
  }

  void join(int account) {
    if (count == accounts.length) {
      accounts = Arrays.copyOf(accounts, 2 * count);
    }
    int at = -1 - Arrays.binarySearch(accounts, 0, count, account);
    System.arraycopy(accounts, at, accounts, at + 1, count - at);
    accounts[at] = account;
    count++;
  }

  void leave(int account) {
    int at = Arrays.binarySearch(accounts, 0, count, account);
    count--;
    System.arraycopy(accounts, at + 1, accounts, at, count - at);
  }
}
