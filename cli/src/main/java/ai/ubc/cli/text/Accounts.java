package ai.ubc.cli.text;

import ai.ubc.api.AccountView;

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
}
