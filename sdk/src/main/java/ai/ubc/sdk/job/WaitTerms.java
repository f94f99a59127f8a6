package ai.ubc.sdk.job;

import ai.ubc.domain.Refusal;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a job waits for an offer with, where none can carry it now.
 *
 * <p>Where no limit price is asked for, it is {@link #HEADROOM} times the <em>reference price</em>:
 * everybody sees what a job waits with, so a provider may ask just that. The reference price is the
 * cheapest offer of another account, else the price of the last lease, else {@link
 * #REFERENCE_PRICE_MICROS}. No limit price is higher than what the budget surely pays for. Where
 * the budget alone is given, it buys the units that it pays for at the limit price: who waits wants
 * an offer to come more than the most units.
 *
 * @param units units to buy, at most
 * @param limitPriceMicros the highest price of 1,000,000 units, micro-COMPUTE
 * @param mostPayableMicros the most that it can cost: price, fee and checking at that price,
 *     micro-COMPUTE
 * @param heldMicros what is held while it waits: that and the deposit, micro-COMPUTE
 */
public record WaitTerms(
    long units, long limitPriceMicros, long mostPayableMicros, long heldMicros) {

  /**
   * Price of 1,000,000 units that counts where nobody offers and no lease was given yet: what a
   * provider asks that says nothing else, micro-COMPUTE.
   */
  public static final long REFERENCE_PRICE_MICROS = 10;

  /** How many times the reference price a job takes that waits without a limit price of its own. */
  public static final long HEADROOM = 2;

  /** Refusals that another offer or validator may cure. */
  private static final Set<Refusal> MARKET =
      Set.of(Refusal.NO_OFFER, Refusal.COST_LIMIT, Refusal.NO_VALIDATORS);

  /** Whether to wait may cure what was refused, since another offer or validator may come. */
  public static boolean mayCure(Refusal refusal) {
    return MARKET.contains(refusal);
  }

  /**
   * What is asked for.
   *
   * @param account who buys, whose own offers do not count; 0 for nobody yet
   * @param validators validators to draw; 0 without a check
   * @param maxCostMicros the most to spend: price, fee and checking, micro-COMPUTE
   * @param maxUnits units to pay for; absent: what the budget pays for
   * @param limitPriceMicros the highest price of 1,000,000 units; absent: the best offer's, and
   *     {@link #HEADROOM} times the reference price while it waits
   */
  public record Ask(
      int account,
      int validators,
      long maxCostMicros,
      OptionalLong maxUnits,
      OptionalLong limitPriceMicros) {}
}
