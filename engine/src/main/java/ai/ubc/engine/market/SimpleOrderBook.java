package ai.ubc.engine.market;

import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.flat.SlabIndex;

/**
 * The plain order book: orders in a slab, the prices of a side in a sorted array with the first and
 * the last order at each. The orders of a side are linked in book order across prices, since they
 * are walked far more often than they come and go. Finding a price is a binary search; a new price
 * moves those better than it.
 */
public final class SimpleOrderBook implements OrderBook {
  private static final int NUMBER = 0;
  private static final int SIDE = 1;
  private static final int PRICE = 2;
  private static final int QUANTITY = 3;
  private static final int PREVIOUS = 4;
  private static final int NEXT = 5;
  private static final int WORDS = 6;

  private final Slab slab;
  private final SlabIndex byNumber;
  private final Ladder bids = new Ladder(true);
  private final Ladder asks = new Ladder(false);
  private final Trades trades;

  /** An empty book in which at most {@code ordersMax} orders rest. */
  public SimpleOrderBook(int ordersMax, long indexSeed, Trades trades) {
    slab = new Slab(WORDS, ordersMax);
    byNumber = new SlabIndex(slab, NUMBER, 1, indexSeed);
    this.trades = trades;
  }

  @Override
  public int size() {
    return slab.size();
  }

  @Override
  public boolean isFull() {
    return slab.isFull();
  }

  @Override
  public int place(long order, int side, long price, long quantity) {
    long rest = take(order, side, price, quantity);
    return rest == 0 ? NONE : rest(order, side, price, rest);
  }

  @Override
  public long take(long order, int side, long price, long quantity) {
    Ladder makers = side == BUY ? asks : bids;
    long left = quantity;
    while (left > 0 && makers.count() > 0) {
      int best = makers.count() - 1;
      long makerPrice = makers.price(best);
      if (!makers.crosses(makerPrice, price)) {
        break;
      }
      int maker = makers.first(best);
      long traded = Math.min(left, quantity(maker));
      left -= traded;
      long makerRemaining = quantity(maker) - traded;
      slab.set(maker, QUANTITY, makerRemaining);
      trades.traded(maker, order(maker), order, makerPrice, traded, makerRemaining);
      if (makerRemaining == 0) {
        remove(maker);
      }
    }
    return left;
  }

  @Override
  public long cancel(int handle) {
    long left = quantity(handle);
    remove(handle);
    return left;
  }

  @Override
  public void reduce(int handle, long by) {
    slab.add(handle, QUANTITY, -by);
  }

  @Override
  public int modify(int handle, int side, long price, long quantity) {
    long order = order(handle);
    remove(handle);
    return place(order, side, price, quantity);
  }

  @Override
  public long fill(int handle, long quantity) {
    long left = quantity(handle) - quantity;
    if (left == 0) {
      remove(handle);
    } else {
      slab.set(handle, QUANTITY, left);
    }
    return left;
  }

  @Override
  public int find(long order) {
    return byNumber.find(order);
  }

  @Override
  public long order(int handle) {
    return slab.get(handle, NUMBER);
  }

  @Override
  public int side(int handle) {
    return slab.getInt(handle, SIDE);
  }

  @Override
  public long price(int handle) {
    return slab.get(handle, PRICE);
  }

  @Override
  public long quantity(int handle) {
    return slab.get(handle, QUANTITY);
  }

  @Override
  public int first(int side) {
    Ladder ladder = ladder(side);
    return ladder.count() == 0 ? NONE : ladder.first(ladder.count() - 1);
  }

  @Override
  public int next(int handle) {
    return slab.getInt(handle, NEXT);
  }

  private int rest(long order, int side, long price, long quantity) {
    int handle = slab.take();
    slab.set(handle, NUMBER, order);
    slab.set(handle, SIDE, side);
    slab.set(handle, PRICE, price);
    slab.set(handle, QUANTITY, quantity);
    byNumber.add(handle);
    Ladder ladder = ladder(side);
    int found = ladder.find(price);
    int level = found < 0 ? -1 - found : found;
    if (found < 0) {
      ladder.insert(level, price, handle);
      link(level + 1 < ladder.count() ? ladder.last(level + 1) : NONE, handle);
    } else {
      link(ladder.last(level), handle);
      ladder.setLast(level, handle);
    }
    link(handle, level == 0 ? NONE : ladder.first(level - 1));
    return handle;
  }

  private void remove(int handle) {
    Ladder ladder = ladder(side(handle));
    int level = ladder.find(price(handle));
    int previous = slab.getInt(handle, PREVIOUS);
    int next = slab.getInt(handle, NEXT);
    boolean isFirst = ladder.first(level) == handle;
    boolean isLast = ladder.last(level) == handle;
    if (isFirst && isLast) {
      ladder.remove(level);
    } else if (isFirst) {
      ladder.setFirst(level, next);
    } else if (isLast) {
      ladder.setLast(level, previous);
    }
    link(previous, next);
    byNumber.remove(handle);
    slab.release(handle);
  }

  private void link(int previous, int next) {
    if (previous != NONE) {
      slab.set(previous, NEXT, next);
    }
    if (next != NONE) {
      slab.set(next, PREVIOUS, previous);
    }
  }

  private Ladder ladder(int side) {
    return side == BUY ? bids : asks;
  }
}
