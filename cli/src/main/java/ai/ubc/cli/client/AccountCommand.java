package ai.ubc.cli.client;

import ai.ubc.api.AccountView;
import ai.ubc.api.MandateView;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Mandates;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
      Wallet wallet = settings().wallet();
      int number = Funding.present(client, wallet).account();
      AccountView account =
          client.account(number, 0).map(Read::value).orElseThrow(Funding::noAccount);
      Map<String, Object> facts = new LinkedHashMap<>(Map.of("account", account));
      if (wallet.delegator().isEmpty()) {
        return Answer.done(facts, out -> show(account, out));
      }
      Optional<MandateView> mandate = Mandates.newestOfKey(client, number, wallet.addressText(), 0);
      mandate.ifPresent(view -> facts.put("mandate", view));
      long nowMs = client.logTimeMs();
      return Answer.done(
          facts,
          out -> {
            show(account, out);
            out.println(
                "session key "
                    + wallet.addressText()
                    + ": "
                    + mandate
                        .map(view -> Mandates.left(view) + ", " + Mandates.state(view, nowMs))
                        .orElse("has no mandate here"));
          });
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
