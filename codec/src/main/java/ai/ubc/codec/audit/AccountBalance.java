package ai.ubc.codec.audit;

/**
 * What an account has of an asset. Amounts are micro-units.
 *
 * @param account the account's number
 * @param asset the asset's number
 * @param freeMicros the free balance
 * @param providerBondMicros provider bond that no job reserves
 * @param validatorBondMicros validator bond that no duty reserves
 * @param lockedMicros what stands in open locks that this account paid
 */
public record AccountBalance(
    int account,
    int asset,
    long freeMicros,
    long providerBondMicros,
    long validatorBondMicros,
    long lockedMicros) {}
