package ai.ubc.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The book of a resource class.
 *
 * @param resourceClass {@code wasi}
 * @param offers open offers in the order in which they are taken: by price, then by number
 * @param depth the same offers, summed by price
 * @param demand jobs that wait for an offer, summed by limit price, in the order in which they are
 *     matched: the highest first
 * @param lastPriceMicros price of 1,000,000 units of the lease that was given last, micro-COMPUTE;
 *     absent where there was none
 */
public record MarketView(
    String resourceClass,
    List<Offer> offers,
    List<Level> depth,
    List<Bid> demand,
    @Nullable Long lastPriceMicros) {
  /** Copies the lists. */
  public MarketView {
    offers = List.copyOf(offers);
    depth = List.copyOf(depth);
    demand = List.copyOf(demand);
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

  /**
   * What waits at a limit price.
   *
   * @param limitPriceMicros the highest price of 1,000,000 units that these jobs take,
   *     micro-COMPUTE
   * @param units units that they ask for, together
   * @param jobs how many they are
   */
  public record Bid(long limitPriceMicros, long units, int jobs) {}
}
