package ai.ubc.engine.market;

/**
 * One order book without accounts: price, then time. An order has a number, which the caller gives
 * and which is unique among those that rest, and, while it rests, a <i>handle</i>: a small positive
 * int under which the caller may keep what it knows about the order in arrays of its own.
 * Quantities are positive; prices may be any long. Trades are made at the resting order's price and
 * reported to {@link Trades} as they happen. One thread.
 */
public interface OrderBook {
  /** The side that pays at most its price; the highest price comes first. */
  int BUY = 0;

  /** The side that wants at least its price; the lowest price comes first. */
  int SELL = 1;

  /** No order. */
  int NONE = 0;

  /** Takes the reports of trades. */
  @FunctionalInterface
  interface Trades {
    /**
     * A resting order traded.
     *
     * @param makerHandle the resting order; its handle is free after this report when nothing
     *     remains
     * @param maker its number
     * @param taker number of the arriving order
     * @param price the resting order's price
     * @param quantity what was traded
     * @param makerRemaining what still rests of the resting order
     */
    void traded(
        int makerHandle, long maker, long taker, long price, long quantity, long makerRemaining);
  }

  /** Number of resting orders. */
  int size();

  /** Whether no further order can rest. */
  boolean isFull();

  /**
   * Enters a limit order: it trades with what crosses its price, the rest rests behind its price's
   * other orders.
   *
   * @return the handle, or {@link #NONE} when nothing rests
   * @throws IllegalStateException when it would rest and the book is full
   */
  int place(long order, int side, long price, long quantity);

  /**
   * Trades with what crosses the price, at once; nothing rests.
   *
   * @return the quantity that found no counterpart
   */
  long take(long order, int side, long price, long quantity);

  /** Takes what is left of an order off the book and returns it. */
  long cancel(int handle);

  /** Lowers an order's quantity by {@code by}, less than its quantity; it keeps its priority. */
  void reduce(int handle, long by);

  /**
   * Takes an order off and enters it again under its number, with a new side, price and quantity;
   * it loses its priority and may trade.
   *
   * @return the new handle, or {@link #NONE} when nothing rests
   */
  int modify(int handle, int side, long price, long quantity);

  /**
   * Takes a quantity, at most what it has, from this one order wherever it stands; an order with
   * nothing left leaves the book. Not reported as a trade.
   *
   * @return what remains
   */
  long fill(int handle, long quantity);

  /** The handle of the resting order with this number, or {@link #NONE}. */
  int find(long order);

  /** The order's number. */
  long order(int handle);

  /** The order's side. */
  int side(int handle);

  /** The order's price. */
  long price(int handle);

  /** What is left of the order. */
  long quantity(int handle);

  /** The first order of a side in book order, or {@link #NONE}. */
  int first(int side);

  /** The order after this one in book order, or {@link #NONE}. */
  int next(int handle);
}
