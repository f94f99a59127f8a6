package ai.ubc.cli.text;

import ai.ubc.api.AccountView;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.audit.AccountBalance;
import ai.ubc.codec.audit.AuditReport;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What people want to know of an account. */
public final class Accounts {
  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private Accounts() {}

  /** Free micro-COMPUTE. */
  public static long freeCompute(AccountView account) {
    return account.balances().stream()
        .filter(b -> b.symbol().equals("COMPUTE"))
        .mapToLong(AccountView.Balance::freeMicros)
        .sum();
  }

  /**
   * The number of an account that a person named by its number or its owner's address.
   *
   * @throws CommandFailure when there is none
   */
  public static int number(UbcClient client, String text)
      throws CommandFailure, UbcException, InterruptedException {
    Optional<Read<AccountView>> found = Optional.empty();
    if (ADDRESS.matcher(text).matches()) {
      found = client.accountOf(text, 0);
    } else if (NUMBER.matcher(text).matches()) {
      found = client.account(Integer.parseInt(text), 0);
    } else {
      throw new CommandFailure(
          ExitCode.USAGE,
          "\"" + text + "\" names no account: write its number, or its owner's address 0x…");
    }
    return found
        .orElseThrow(() ->
            CommandFailure.of(
                ExitCode.FAILURE, "UNKNOWN_PAYEE", "there is no account " + text, null))
        .value()
        .account();
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
