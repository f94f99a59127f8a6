package ai.ubc.cli.key;

import ai.ubc.api.MandateView;
import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.client.Funding;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.text.Mandates;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the session keys of the user's account. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Show your session keys: what is left of each, until when, and whom it may pay.",
    footerHeading = "%nExamples:%n",
    footer = {"  ubc key list", "  ubc key list --all --json -"})
final class KeyListCommand extends ClientCommand {
  @Option(names = "--all", description = "Also those that have expired or were revoked.")
  private boolean all;

  @Override
  protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
    try (UbcClient client = settings().connect()) {
      int account = Funding.present(client, settings().wallet()).account();
      List<MandateView> mandates =
          Mandates.all(client, account).stream()
              .filter(mandate -> all || mandate.state().equals("LIVE"))
              .toList();
      long nowMs = client.logTimeMs();
      return Answer.done(Map.of("mandates", mandates), out -> show(mandates, nowMs, out));
    }
  }

  private static void show(List<MandateView> mandates, long nowMs, PrintWriter out) {
    if (mandates.isEmpty()) {
      out.println("No session keys. \"ubc key new --budget 5 --expires 1h\" makes one.");
      return;
    }
    for (MandateView mandate : mandates) {
      out.println(
          String.format(
                  Locale.ROOT,
                  "%-4d %s  %-28s %-16s %s",
                  mandate.mandate(),
                  mandate.key(),
                  Mandates.left(mandate),
                  Mandates.state(mandate, nowMs),
                  mandate.payees().isEmpty() ? "" : "pays " + mandate.payees())
              .stripTrailing());
    }
  }
}
