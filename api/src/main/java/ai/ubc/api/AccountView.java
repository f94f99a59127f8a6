package ai.ubc.api;

import java.util.List;

/**
 * An account and what it owns.
 *
 * @param account its number
 * @param owner the address whose key acts for it
 * @param balances free balances, by asset number; an asset it never held is absent
 * @param providerBondMicros bond as a provider that no job reserves, micro-COMPUTE
 * @param validatorBondMicros bond as a validator that no duty reserves, micro-COMPUTE
 * @param heldMicros sum of the holds that this account paid for, micro-COMPUTE
 * @param holds locks that this account paid for or would get, by job and lock
 * @param registeredSeq log entry that opened it
 */
public record AccountView(
    int account,
    String owner,
    List<Balance> balances,
    long providerBondMicros,
    long validatorBondMicros,
    long heldMicros,
    List<Hold> holds,
    long registeredSeq) {

  /** Copies the lists. */
  public AccountView {
    balances = List.copyOf(balances);
    holds = List.copyOf(holds);
  }

  /**
   * A free balance.
   *
   * @param asset the asset's number
   * @param symbol the asset's name
   * @param freeMicros what can be spent now, micro-units
   */
  public record Balance(int asset, String symbol, long freeMicros) {}

  /**
   * Money in a lock of a job's escrow.
   *
   * @param job the job
   * @param lock the lock's number
   * @param kind {@code PRICE}, {@code FEE}, {@code CHECKING}, {@code DEPOSIT}, {@code
   *     PROVIDER_BOND} or {@code DUTY_BOND}; {@code ORDER} for a job that waits for an offer
   * @param amountMicros what it holds, micro-COMPUTE
   * @param payer the account that paid it in
   * @param beneficiary the account that would get it if everything stopped here
   */
  public record Hold(
      long job, long lock, String kind, long amountMicros, int payer, int beneficiary) {}
}
