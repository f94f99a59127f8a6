package ai.ubc.cli.client;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.Written;
import ai.ubc.cli.text.Accounts;
import ai.ubc.cli.text.Amounts;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command.Transfer;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Pays another account. */
@Command(
    name = "pay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Pay COMPUTE to another account, at once and for good.",
    footerHeading = "%nExamples:%n",
    footer = {"  ubc pay 4 0.5"})
public final class PayCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "Whom: an account's number or its owner's address.")
  private String payee = "";

  @Parameters(index = "1", paramLabel = "COMPUTE", description = "How much.")
  private String amount = "";

  @Override
  protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
    long micros = Written.read("COMPUTE", amount, Amounts::parse);
    try (UbcClient client = settings().connect()) {
      Session session = Funding.present(client, settings().wallet());
      int to = Accounts.number(client, payee);
      long seq = session.submit(new Transfer(to, Asset.COMPUTE, micros));
      return Answer.done(
          Map.of("from", session.account(), "to", to, "amountMicros", micros, "seq", seq),
          "account "
              + session.account()
              + " paid "
              + Amounts.compute(micros)
              + " to account "
              + to);
    }
  }
}
