package ai.ubc.cli.key;

import ai.ubc.api.JobPage;
import ai.ubc.api.MandateView;
import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.client.Funding;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Mandates;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
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
  private static final int PAGE = 100;
  private static final int PAGES_MAX = 10;

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
      MandateView ended = Mandates.ofKey(client, owner.account(), mandate.key(), seq);
      List<Long> waiting = waiting(client, owner.account(), seq);
      List<String> lines = new ArrayList<>();
      lines.add(
          "key "
              + ended.key()
              + " is ended; it spent "
              + Amounts.plain(ended.spentMicros())
              + " of "
              + Amounts.compute(ended.amountMicros()));
      if (!waiting.isEmpty()) {
        lines.add(
            "jobs of your account that wait for an offer: "
                + waiting.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        lines.add(
            "those that this key bought are not taken any more, but hold their money until their time to wait is over");
        lines.add("to have it back now: ubc jobs cancel JOB");
      }
      return Answer.done(
          Map.of("mandate", ended, "waitingJobs", waiting), lines.toArray(String[]::new));
    }
  }

  // Those among the account's newest jobs.
  private static List<Long> waiting(UbcClient client, int account, long after)
      throws UbcException, InterruptedException {
    List<Long> waiting = new ArrayList<>();
    Long before = 0L;
    for (int page = 0; page < PAGES_MAX && before != null; page++) {
      JobPage jobs = client.jobs(OptionalInt.of(account), PAGE, before, after).value();
      jobs.jobs().stream()
          .filter(job -> job.requester() == account && job.waits())
          .forEach(job -> waiting.add(job.job()));
      before = jobs.before();
    }
    return waiting;
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
