package ai.ubc.cli.client;

import ai.ubc.api.AccountView;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.text.Amounts;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** Shows the caller's balances and holds. */
@Command(
    name = "account",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Show your account: free balances, bonds, and what running jobs hold.",
    footerHeading = "%nExamples:%n",
    footer = {"  ubc account", "  ubc account --json -"})
public final class AccountCommand extends ClientCommand {
  @Override
  protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
    try (UbcClient client = settings().connect()) {
      int number = Funding.present(client, settings().wallet()).account();
      AccountView account = client.account(number, 0).map(Read::value).orElseThrow();
      return Answer.done(Map.of("account", account), out -> show(account, out));
    }
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
