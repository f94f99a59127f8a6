package ai.ubc.cli.key;

import ai.ubc.api.MandateView;
import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.client.Funding;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Mandates;
import ai.ubc.cli.text.WaitingJobs;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a session key. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "End a session key at once. Jobs that it has bought go on; it buys and pays nothing more.",
      "\"ubc key list\" shows the numbers."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ubc key revoke 3"})
final class KeyRevokeCommand extends ClientCommand {
  private static final String HOLD =
      "those that this key bought are not taken any more, but hold their money until their time to wait is over";

  @Parameters(
      paramLabel = "KEY",
      description = "The number of its mandate, its address, or its file.")
  private String key = "";

  @Override
  protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
    try (UbcClient client = settings().connect()) {
      Session owner = Funding.present(client, settings().wallet());
      MandateView mandate = find(client, owner.account());
      long seq = SessionKeys.revoke(owner, mandate.mandate());
      return ended(client, mandate, seq);
    }
  }

  // What can not be read any more does not change that the key is ended.
  private static Answer ended(UbcClient client, MandateView mandate, long seq)
      throws InterruptedException {
    Map<String, Object> facts = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    facts.put("key", mandate.key());
    try {
      MandateView ended = Mandates.ofKey(client, mandate.account(), mandate.key(), seq);
      facts.put("mandate", ended);
      lines.add(
          "key "
              + ended.key()
              + " is ended; it spent "
              + Amounts.plain(ended.spentMicros())
              + " of "
              + Amounts.compute(ended.amountMicros()));
    } catch (UbcException e) {
      lines.add(
          "key " + mandate.key() + " is ended; what it spent could not be read: " + e.getMessage());
    }
    try {
      WaitingJobs waiting = WaitingJobs.of(client, mandate.account(), seq);
      facts.put("waitingJobs", waiting.jobs());
      lines.addAll(told(waiting));
    } catch (UbcException e) {
      lines.add(
          "the jobs of your account that wait for an offer could not be listed: " + e.getMessage());
      lines.add("\"ubc jobs list\" shows them; " + HOLD);
    }
    return Answer.done(facts, lines.toArray(String[]::new));
  }

  private static List<String> told(WaitingJobs waiting) {
    return waiting.jobs().isEmpty()
        ? List.of()
        : List.of(
            "jobs of your account that wait for an offer: " + waiting.text(),
            HOLD,
            "to have it back now: ubc jobs cancel JOB");
  }

  private String wanted() throws CommandFailure {
    Path file = Path.of(key);
    if (!Files.isRegularFile(file)) {
      return key.toLowerCase(Locale.ROOT);
    }
    try {
      return Wallet.load(file).addressText();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  private MandateView find(UbcClient client, int account)
      throws CommandFailure, UbcException, InterruptedException {
    String wanted = wanted();
    return Mandates.all(client, account).stream()
        .filter(mandate ->
            mandate.key().equals(wanted) || Long.toString(mandate.mandate()).equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            CommandFailure.of(
                ExitCode.FAILURE,
                "UNKNOWN_MANDATE",
                "your account "
                    + account
                    + " has given no session key \""
                    + key
                    + "\"; \"ubc key list --all\" shows all",
                null));
  }
}
