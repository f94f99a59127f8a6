package ai.ubc.engine.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimpleOrderBookTest {
  /** A trade as reported. */
  private record Trade(long maker, long taker, long price, long quantity, long makerRemaining) {}

  /** A resting order of the naive book. */
  private static final class Resting {
    final long order;
    final int side;
    final long price;
    long quantity;

    Resting(long order, int side, long price, long quantity) {
      this.order = order;
      this.side = side;
      this.price = price;
      this.quantity = quantity;
    }

    String describe() {
      return order + "/" + side + "/" + price + "/" + quantity;
    }
  }

  /** Lists in order of arrival, sorted by price when needed. */
  private static final class NaiveBook {
    final List<Resting> resting = new ArrayList<>();
    final List<Trade> trades = new ArrayList<>();

    List<Resting> side(int side) {
      Comparator<Resting> byPrice = Comparator.comparingLong(order -> order.price);
      return resting.stream()
          .filter(order -> order.side == side)
          .sorted(side == OrderBook.BUY ? byPrice.reversed() : byPrice)
          .toList();
    }

    long take(long taker, int side, long price, long quantity) {
      long left = quantity;
      for (Resting maker : side(1 - side)) {
        boolean crosses = side == OrderBook.BUY ? maker.price <= price : maker.price >= price;
        if (left > 0 && crosses) {
          long traded = Math.min(left, maker.quantity);
          left -= traded;
          maker.quantity -= traded;
          trades.add(new Trade(maker.order, taker, maker.price, traded, maker.quantity));
        }
      }
      resting.removeIf(order -> order.quantity == 0);
      return left;
    }

    void place(long order, int side, long price, long quantity) {
      long left = take(order, side, price, quantity);
      if (left > 0) {
        resting.add(new Resting(order, side, price, left));
      }
    }
  }

  private final List<Trade> trades = new ArrayList<>();

  private OrderBook book(int ordersMax) {
    return new SimpleOrderBook(
        ordersMax,
        1,
        (handle, maker, taker, price, quantity, remaining) ->
            trades.add(new Trade(maker, taker, price, quantity, remaining)));
  }

  private static List<String> walk(OrderBook book, int side) {
    List<String> orders = new ArrayList<>();
    for (int at = book.first(side); at != OrderBook.NONE; at = book.next(at)) {
      assertThat(book.find(book.order(at))).isEqualTo(at);
      orders.add(
          book.order(at) + "/" + book.side(at) + "/" + book.price(at) + "/" + book.quantity(at));
    }
    return orders;
  }

  @Test
  void theBookTradesAsANaiveOne() {
    for (int seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      OrderBook book = book(10_000);
      NaiveBook naive = new NaiveBook();
      int width = seed % 2 == 0 ? 10 : 300;
      for (long number = 1; number <= 1_000; number++) {
        step(random, width, number, book, naive);
        assertThat(trades).as("seed %s, step %s", seed, number).isEqualTo(naive.trades);
        trades.clear();
        naive.trades.clear();
        for (int side = OrderBook.BUY; side <= OrderBook.SELL; side++) {
          assertThat(walk(book, side))
              .as("seed %s, step %s", seed, number)
              .isEqualTo(naive.side(side).stream().map(Resting::describe).toList());
        }
        assertThat(book.size()).isEqualTo(naive.resting.size());
      }
    }
  }

  private static void step(
      SplittableRandom random, int width, long number, OrderBook book, NaiveBook naive) {
    int side = random.nextInt(2);
    long price = 1_000L + random.nextInt(width) + (side == OrderBook.SELL ? width / 4 : 0);
    long quantity = 1L + random.nextInt(20);
    int what = random.nextInt(10);
    if (what < 4 || naive.resting.isEmpty()) {
      int handle = book.place(number, side, price, quantity);
      naive.place(number, side, price, quantity);
      assertThat(handle).isEqualTo(book.find(number));
    } else if (what == 4) {
      assertThat(book.take(number, side, price, quantity))
          .isEqualTo(naive.take(number, side, price, quantity));
    } else {
      Resting chosen = naive.resting.get(random.nextInt(naive.resting.size()));
      int handle = book.find(chosen.order);
      switch (what) {
        case 5 -> {
          assertThat(book.cancel(handle)).isEqualTo(chosen.quantity);
          naive.resting.remove(chosen);
        }
        case 6 -> {
          long by = random.nextLong(chosen.quantity);
          book.reduce(handle, by);
          chosen.quantity -= by;
        }
        case 7 -> {
          long filled = 1 + random.nextLong(chosen.quantity);
          chosen.quantity -= filled;
          assertThat(book.fill(handle, filled)).isEqualTo(chosen.quantity);
          naive.resting.removeIf(order -> order.quantity == 0);
        }
        default -> {
          int modified = book.modify(handle, side, price, quantity);
          naive.resting.remove(chosen);
          naive.place(chosen.order, side, price, quantity);
          assertThat(modified).isEqualTo(book.find(chosen.order));
        }
      }
    }
  }

  @Test
  void aFullBookRestsNothingButTrades() {
    OrderBook book = book(1);
    book.place(1, OrderBook.SELL, 5, 10);
    assertThat(book.isFull()).isTrue();
    assertThat(book.place(2, OrderBook.BUY, 5, 4)).isEqualTo(OrderBook.NONE);
    assertThat(trades).containsExactly(new Trade(1, 2, 5, 4, 6));
    assertThatIllegalStateException().isThrownBy(() -> book.place(3, OrderBook.SELL, 5, 1));
  }

  @Test
  void aSideHasAnyNumberOfPrices() {
    OrderBook book = book(1_000);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      // 7 and 500 share no factor, so every price from 0 to 499 comes once.
      book.place(i, OrderBook.BUY, 7 * i % 500, 1);
    }
    for (int price = 499; price >= 0; price--) {
      expected.add(143 * price % 500 + "/0/" + price + "/1");
    }
    assertThat(walk(book, OrderBook.BUY)).isEqualTo(expected);
  }

  @Test
  void anUnknownOrderHasNoHandle() {
    assertThat(book(1).find(7)).isEqualTo(OrderBook.NONE);
    assertThat(book(1).first(OrderBook.BUY)).isEqualTo(OrderBook.NONE);
  }
}
