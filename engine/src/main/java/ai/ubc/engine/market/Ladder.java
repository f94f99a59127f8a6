package ai.ubc.engine.market;

import java.util.Arrays;

/**
 * The price levels of one side, sorted so that the best is last: levels come and go mostly there,
 * and then nothing has to move.
 */
final class Ladder {
  private static final int FIRST_CAPACITY = 64;

  private final boolean isBuy;
  private long[] prices = new long[FIRST_CAPACITY];
  private int[] firsts = new int[FIRST_CAPACITY];
  private int[] lasts = new int[FIRST_CAPACITY];
  private int count;

  Ladder(boolean isBuy) {
    this.isBuy = isBuy;
  }

  int count() {
    return count;
  }

  /** The level with this price, or −1 − where it belongs. */
  int find(long price) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (prices[middle] == price) {
        return middle;
      }
      if (isBetter(price, prices[middle])) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /** Makes room for a level with one order. */
  void insert(int level, long price, int handle) {
    if (count == prices.length) {
      prices = Arrays.copyOf(prices, 2 * count);
      firsts = Arrays.copyOf(firsts, 2 * count);
      lasts = Arrays.copyOf(lasts, 2 * count);
    }
    System.arraycopy(prices, level, prices, level + 1, count - level);
    System.arraycopy(firsts, level, firsts, level + 1, count - level);
    System.arraycopy(lasts, level, lasts, level + 1, count - level);
    prices[level] = price;
    firsts[level] = handle;
    lasts[level] = handle;
    count++;
  }

  void remove(int level) {
    count--;
    System.arraycopy(prices, level + 1, prices, level, count - level);
    System.arraycopy(firsts, level + 1, firsts, level, count - level);
    System.arraycopy(lasts, level + 1, lasts, level, count - level);
  }

  long price(int level) {
    return prices[level];
  }

  int first(int level) {
    return firsts[level];
  }

  int last(int level) {
    return lasts[level];
  }

  void setFirst(int level, int handle) {
    firsts[level] = handle;
  }

  void setLast(int level, int handle) {
    lasts[level] = handle;
  }

  /** Whether an order of the other side with this limit trades at {@code price} of this side. */
  boolean crosses(long price, long limit) {
    return isBuy ? price >= limit : price <= limit;
  }

  private boolean isBetter(long price, long than) {
    return isBuy ? price > than : price < than;
  }
}
