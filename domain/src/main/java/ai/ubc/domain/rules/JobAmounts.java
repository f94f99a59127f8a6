package ai.ubc.domain.rules;

import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Tier;

/**
 * What a job locks and pays, in micro-COMPUTE. Pure functions of the genesis parameters: engine and
 * quote call the same. What is locked is rounded up, what is paid out is rounded down, so payments
 * never exceed locks. An amount that does not fit a long is {@link Long#MAX_VALUE}, which nobody
 * holds.
 *
 * <p>Checking follows the sampling formula V = 1.25·P·a·m·r/K; a quorum of k re-runs everything, so
 * a·m/K = 1, r = k.
 */
public final class JobAmounts {
  private static final int MILLION = 1_000_000;

  private JobAmounts() {}

  /**
   * Price P to hold for {@code units} at {@code priceMicros} for 1,000,000 units; at least the
   * network's minimum.
   */
  public static long priceHeldRoundedUp(GenesisParameters p, long units, long priceMicros) {
    return Math.max(
        p.minimumPriceMicros(), Wide.multiplyDivideRoundedUp(units, priceMicros, MILLION));
  }

  /** Pay for {@code units} delivered; at least the network's minimum, so that no job is free. */
  public static long payRoundedDown(GenesisParameters p, long units, long priceMicros) {
    return Math.max(
        p.minimumPriceMicros(), Wide.multiplyDivideRoundedDown(units, priceMicros, MILLION));
  }

  /** The requester's fee on a price or pay. */
  public static long feeRoundedUp(GenesisParameters p, long amountMicros) {
    return Wide.multiplyDivideRoundedUp(amountMicros, p.feePpm(), MILLION);
  }

  /**
   * The part of the fee that is burned, for a settled pay. Never above the fee, since burnPpm ≤
   * feePpm.
   */
  public static long burnRoundedDown(GenesisParameters p, long payMicros) {
    return Wide.multiplyDivideRoundedDown(payMicros, p.burnPpm(), MILLION);
  }

  /** The requester's deposit on a price. */
  public static long depositRoundedUp(GenesisParameters p, long priceHeldMicros) {
    return Wide.multiplyDivideRoundedUp(priceHeldMicros, p.depositPpm(), MILLION);
  }

  /** V to hold: the reward of {@code validators} full re-runs of a price; 0 without validators. */
  public static long checkingRoundedUp(GenesisParameters p, long priceHeldMicros, int validators) {
    return Wide.multiplyDivideRoundedUp(
        priceHeldMicros, (long) p.checkingPpm() * validators, MILLION);
  }

  /** V as paid: the reward of {@code validators} re-runs of what was settled. */
  public static long checkingRoundedDown(GenesisParameters p, long payMicros, int validators) {
    return Wide.multiplyDivideRoundedDown(payMicros, (long) p.checkingPpm() * validators, MILLION);
  }

  /**
   * The provider's bond S: a rate on the price and, where the job is re-run by a quorum, what the
   * check and the fee cost, so that a proven fraud never costs the buyer.
   */
  public static long providerBondRoundedUp(
      GenesisParameters p, Tier tier, long priceHeldMicros, int validators) {
    long bond = Wide.multiplyDivideRoundedUp(priceHeldMicros, p.bondPpm(), MILLION);
    return switch (tier) {
      case NONE -> bond;
      case QUORUM ->
          Wide.add(
              bond,
              Wide.add(
                  feeRoundedUp(p, priceHeldMicros),
                  checkingRoundedUp(p, priceHeldMicros, validators)));
    };
  }

  /** A drawn validator's bond for one duty. */
  public static long dutyBondRoundedUp(GenesisParameters p, long priceHeldMicros) {
    return Wide.multiplyDivideRoundedUp(priceHeldMicros, p.dutyBondPpm(), MILLION);
  }

  /**
   * The most a requester can pay: price, fee and checking; the deposit is held on top and returns.
   */
  public static long mostPayable(GenesisParameters p, long priceHeldMicros, int validators) {
    return Wide.add(
        priceHeldMicros,
        Wide.add(
            feeRoundedUp(p, priceHeldMicros), checkingRoundedUp(p, priceHeldMicros, validators)));
  }

  /** What a requester's balance must cover: the most payable and the deposit. */
  public static long heldOfRequester(GenesisParameters p, long priceHeldMicros, int validators) {
    return Wide.add(
        mostPayable(p, priceHeldMicros, validators), depositRoundedUp(p, priceHeldMicros));
  }

  /**
   * The highest price for 1,000,000 units at which {@code units} surely cost at most {@code
   * budgetMicros}; 0 when not even a price of 1 does. Bisection, at most 30 steps.
   */
  public static long priceWithin(
      GenesisParameters p, long budgetMicros, long units, int validators) {
    long low = 0;
    long high = p.priceMicrosMax();
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      long most = mostPayable(p, priceHeldRoundedUp(p, units, middle), validators);
      if (most <= budgetMicros && most < Long.MAX_VALUE) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * The most units that {@code budgetMicros} surely pays for: the largest u with {@code
   * mostPayable(priceHeld(u)) ≤ budget} that fits a run window; 0 when not even the minimum price
   * fits. Bisection, at most 50 steps.
   */
  public static long unitsWithin(
      GenesisParameters p, long budgetMicros, long priceMicros, int validators) {
    long low = 0;
    long high = JobWindows.unitsMax(p);
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      long most = mostPayable(p, priceHeldRoundedUp(p, middle, priceMicros), validators);
      if (most <= budgetMicros && most < Long.MAX_VALUE) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
