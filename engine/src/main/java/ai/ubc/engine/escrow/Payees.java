package ai.ubc.engine.escrow;

import java.util.Arrays;

/** The validators who share the reward for checking, in order of drawing. Reused for each job. */
public final class Payees {
  private final int[] accounts;
  private int count;

  /** Nobody, at most {@code payeesMax} later. */
  public Payees(int payeesMax) {
    accounts = new int[payeesMax];
  }

  /** Number of validators. */
  public int count() {
    return count;
  }

  /** The validator at {@code index}, 0 to {@link #count()} − 1. */
  public int account(int index) {
    return accounts[index];
  }

  /** Forgets everybody. */
  public void clear() {
    Arrays.fill(accounts, 0, count, 0);
    count = 0;
  }

  /** Adds the next in order of drawing. */
  public void add(int account) {
    accounts[count] = account;
    count++;
  }
}
