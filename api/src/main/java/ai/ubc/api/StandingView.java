package ai.ubc.api;

import java.util.List;

/**
 * What a provider had on the book, and behind it, before an entry of the log.
 *
 * @param account the provider
 * @param before the entry; later ones and itself do not count
 * @param providerBondMicros its free provider bond, micro-COMPUTE
 * @param offers its open offers, by number
 */
public record StandingView(int account, long before, long providerBondMicros, List<Offer> offers) {
  /** Copies the offers. */
  public StandingView {
    offers = List.copyOf(offers);
  }

  /**
   * An offer that was open.
   *
   * @param order its number
   * @param priceMicros price of 1,000,000 units, micro-COMPUTE
   * @param remainingUnits units that were left
   * @param placedSeq log entry that placed it
   */
  public record Offer(long order, long priceMicros, long remainingUnits, long placedSeq) {}
}
