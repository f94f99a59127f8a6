package ai.ubc.engine.market;

import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.flat.SlabIndex;

/**
 * The plain order book: orders in a slab, a queue a price, the prices of a side in a sorted array.
 * Finding a price is a binary search; a new price moves those better than it.
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
    int next = slab.getInt(handle, NEXT);
    if (next != NONE) {
      return next;
    }
    Ladder ladder = ladder(side(handle));
    int level = ladder.find(price(handle));
    return level == 0 ? NONE : ladder.first(level - 1);
  }

  private int rest(long order, int side, long price, long quantity) {
    int handle = slab.take();
    slab.set(handle, NUMBER, order);
    slab.set(handle, SIDE, side);
    slab.set(handle, PRICE, price);
    slab.set(handle, QUANTITY, quantity);
    byNumber.add(handle);
    Ladder ladder = ladder(side);
    int level = ladder.find(price);
    if (level < 0) {
      ladder.insert(-1 - level, price, handle);
    } else {
      int last = ladder.last(level);
      slab.set(last, NEXT, handle);
      slab.set(handle, PREVIOUS, last);
      ladder.setLast(level, handle);
    }
    return handle;
  }

  private void remove(int handle) {
    Ladder ladder = ladder(side(handle));
    int level = ladder.find(price(handle));
    int previous = slab.getInt(handle, PREVIOUS);
    int next = slab.getInt(handle, NEXT);
    if (previous == NONE && next == NONE) {
      ladder.remove(level);
    } else if (previous == NONE) {
      ladder.setFirst(level, next);
      slab.set(next, PREVIOUS, NONE);
    } else if (next == NONE) {
      ladder.setLast(level, previous);
      slab.set(previous, NEXT, NONE);
    } else {
      slab.set(previous, NEXT, next);
      slab.set(next, PREVIOUS, previous);
    }
    byNumber.remove(handle);
    slab.release(handle);
  }

  private Ladder ladder(int side) {
    return side == BUY ? bids : asks;
  }
}
