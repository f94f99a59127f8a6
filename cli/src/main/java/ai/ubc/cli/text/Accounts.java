package ai.ubc.cli.text;

import ai.ubc.api.AccountView;
import ai.ubc.codec.audit.AccountBalance;
import ai.ubc.codec.audit.AuditReport;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;

/** What people want to know of an account. */
public final class Accounts {
  private Accounts() {}

  /** Free micro-COMPUTE. */
  public static long freeCompute(AccountView account) {
    return account.balances().stream()
        .filter(b -> b.symbol().equals("COMPUTE"))
        .mapToLong(AccountView.Balance::freeMicros)
        .sum();
  }

  /** Whether an account has no COMPUTE at all, neither free nor bonded nor held. */
  public static boolean isPenniless(UbcClient client, int account)
      throws UbcException, InterruptedException {
    return client
        .account(account, 0)
        .map(Read::value)
        .filter(view ->
            freeCompute(view)
                    + view.providerBondMicros()
                    + view.validatorBondMicros()
                    + view.heldMicros()
                > 0)
        .isEmpty();
  }

  /**
   * Whether the gateway shows every free balance and bond as the journal has it.
   *
   * @param seq position of the journal's end
   */
  public static boolean agree(UbcClient client, AuditReport audit, long seq)
      throws UbcException, InterruptedException {
    for (AccountBalance balance : audit.balances()) {
      AccountView view = client.account(balance.account(), seq).map(Read::value).orElseThrow();
      long free =
          view.balances().stream()
              .filter(b -> b.asset() == balance.asset())
              .mapToLong(AccountView.Balance::freeMicros)
              .sum();
      boolean bonds =
          balance.asset() == 1
              || (view.providerBondMicros() == balance.providerBondMicros()
                  && view.validatorBondMicros() == balance.validatorBondMicros());
      if (free != balance.freeMicros() || !bonds) {
        return false;
      }
    }
    return true;
  }
}
