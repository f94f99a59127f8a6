package ai.ubc.cli.text;

import ai.ubc.api.AccountView;
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
}
