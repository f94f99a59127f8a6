package ai.ubc.codec.audit;

import java.math.BigInteger;

/**
 * Where all of an asset is. Amounts are micro-units, exact.
 *
 * @param asset the asset's number
 * @param genesis what genesis allocated
 * @param free the free balances of all accounts
 * @param providerBonds provider bonds that no job reserves
 * @param validatorBonds validator bonds that no duty reserves
 * @param locks the locks of open jobs
 * @param burned what is gone for ever
 */
public record AssetTotals(
    int asset,
    BigInteger genesis,
    BigInteger free,
    BigInteger providerBonds,
    BigInteger validatorBonds,
    BigInteger locks,
    BigInteger burned) {

  /** Everything that is held or burned; equals {@link #genesis()} while LAW-001 holds. */
  public BigInteger sum() {
    return free.add(providerBonds).add(validatorBonds).add(locks).add(burned);
  }

  /** Whether LAW-001 holds for this asset. */
  public boolean isConserved() {
    return sum().equals(genesis);
  }
}
