package ai.ubc.api;

import java.util.List;

/**
 * The book of a resource class.
 *
 * @param resourceClass {@code wasi}
 * @param offers open offers in the order in which they are taken: by price, then by number
 * @param depth the same offers, summed by price
 */
public record MarketView(String resourceClass, List<Offer> offers, List<Level> depth) {
  /** Copies the lists. */
  public MarketView {
    offers = List.copyOf(offers);
    depth = List.copyOf(depth);
  }

  /**
   * An open offer.
   *
   * @param order its number
   * @param account the provider
   * @param priceMicros price of 1,000,000 units, micro-COMPUTE
   * @param quantityUnits units it was placed with
   * @param remainingUnits units that are left
   * @param placedSeq log entry that placed it
   */
  public record Offer(
      long order,
      int account,
      long priceMicros,
      long quantityUnits,
      long remainingUnits,
      long placedSeq) {}

  /**
   * A price of the book.
   *
   * @param priceMicros price of 1,000,000 units, micro-COMPUTE
   * @param units units that are left at this price
   * @param offers offers at this price
   */
  public record Level(long priceMicros, long units, int offers) {}
}
