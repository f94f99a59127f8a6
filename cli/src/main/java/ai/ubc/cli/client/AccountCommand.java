package ai.ubc.cli.client;

import ai.ubc.api.AccountView;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.GatewayOption;
import ai.ubc.cli.text.Amounts;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the caller's balances and holds. */
@Command(
    name = "account",
    mixinStandardHelpOptions = true,
    description = "Show your account: free balances, bonds, and what running jobs hold.")
public final class AccountCommand implements Callable<Integer> {
  @Mixin private GatewayOption gateway = new GatewayOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws CommandFailure, UbcException, InterruptedException {
    Wallet wallet = Funding.wallet();
    try (UbcClient client = gateway.connect()) {
      int number =
          Session.open(client, wallet)
              .map(Session::account)
              .orElseThrow(() ->
                  new CommandFailure(
                      ExitCode.FAILURE,
                      "your key has no account on this network yet. \"ubc wallet faucet\" opens one and, on a development network, fills it."));
      AccountView account = client.account(number, 0).map(Read::value).orElseThrow();
      show(account, spec.commandLine().getOut());
    }
    return ExitCode.OK;
  }

  private static void show(AccountView account, PrintWriter out) {
    out.println("account " + account.account() + "  " + account.owner());
    for (AccountView.Balance balance : account.balances()) {
      line(out, "free", balance.freeMicros(), balance.symbol());
    }
    if (account.providerBondMicros() > 0) {
      line(out, "provider bond", account.providerBondMicros(), "COMPUTE");
    }
    if (account.validatorBondMicros() > 0) {
      line(out, "validator bond", account.validatorBondMicros(), "COMPUTE");
    }
    line(out, "held by jobs", account.heldMicros(), "COMPUTE");
    for (AccountView.Hold hold : account.holds()) {
      line(
          out,
          "  job " + hold.job() + " " + hold.kind().toLowerCase(Locale.ROOT).replace('_', ' '),
          hold.amountMicros(),
          "COMPUTE");
    }
  }

  private static void line(PrintWriter out, String what, long micros, String symbol) {
    out.println(String.format(Locale.ROOT, "  %-24s %18s %s", what, Amounts.plain(micros), symbol));
  }
}
