package ai.ubc.testkit.twin;

import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Tier;
import java.math.BigInteger;

/**
 * What a job locks and pays, in micro-COMPUTE, without bound; see NUM-006 for the cap. And how long
 * its work takes.
 */
record NaiveAmounts(GenesisParameters parameters) {
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private static BigInteger roundedUp(BigInteger product) {
    return product.add(MILLION).subtract(BigInteger.ONE).divide(MILLION);
  }

  private static BigInteger roundedDown(BigInteger product) {
    return product.divide(MILLION);
  }

  private static BigInteger capped(BigInteger amount) {
    return amount.min(MOST);
  }

  private static BigInteger times(BigInteger amount, long factor) {
    return amount.multiply(BigInteger.valueOf(factor));
  }

  /** Milliseconds (JOB-006). */
  BigInteger workMs(long units) {
    BigInteger perSecond = BigInteger.valueOf(parameters.unitsPerSecondMin());
    BigInteger product = times(BigInteger.valueOf(units), 1_000);
    return product.add(perSecond).subtract(BigInteger.ONE).divide(perSecond);
  }

  BigInteger minimumPrice() {
    return BigInteger.valueOf(parameters.minimumPriceMicros());
  }

  BigInteger price(long units, long priceMicros) {
    BigInteger product = times(BigInteger.valueOf(units), priceMicros);
    return capped(roundedUp(product).max(minimumPrice()));
  }

  BigInteger fee(BigInteger amount) {
    return capped(roundedUp(times(amount, parameters.feePpm())));
  }

  BigInteger deposit(BigInteger price) {
    return capped(roundedUp(times(price, parameters.depositPpm())));
  }

  BigInteger checkingHeld(BigInteger price, int validators) {
    return capped(roundedUp(times(times(price, parameters.checkingPpm()), validators)));
  }

  BigInteger providerBond(Tier tier, BigInteger price, int validators) {
    BigInteger bond = roundedUp(times(price, parameters.bondPpm()));
    return switch (tier) {
      case NONE -> capped(bond);
      case QUORUM -> capped(bond.add(fee(price)).add(checkingHeld(price, validators)));
    };
  }

  BigInteger dutyBond(BigInteger price) {
    return capped(roundedUp(times(price, parameters.dutyBondPpm())));
  }

  BigInteger mostPayable(BigInteger price, int validators) {
    return capped(price.add(fee(price)).add(checkingHeld(price, validators)));
  }

  BigInteger pay(long units, long priceMicros) {
    return roundedDown(times(BigInteger.valueOf(units), priceMicros)).max(minimumPrice());
  }

  BigInteger burn(BigInteger pay) {
    return roundedDown(times(pay, parameters.burnPpm()));
  }

  BigInteger checkingPaid(BigInteger pay, int validators) {
    return roundedDown(times(times(pay, parameters.checkingPpm()), validators));
  }
}
