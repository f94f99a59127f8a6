package ai.ubc.cli.evidence;

import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.client.OutcomeMapper;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a receipt, from a file or from the network, and what it shows. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show a receipt, link by link: a file, or that of a job of yours, fetched from the gateway and kept.",
      "The links are checked, and the same network is trusted, as \"ubc receipt verify\" does it; but the exit code is 0 whatever they say, so a script that is to rely on a receipt verifies it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ubc receipt show 1",
      "  ubc receipt show 1 --out job-1.receipt.json --bodies job-1"
    })
final class ReceiptShowCommand extends ClientCommand {
  private static final Pattern JOB = Pattern.compile("[0-9]{1,18}");

  @Parameters(paramLabel = "FILE|JOB", description = "A receipt's file, or the number of a job.")
  private String receipt = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the receipt to this file as well.")
  private @Nullable Path out;

  @Option(
      names = "--bodies",
      paramLabel = "DIR",
      description =
          "Of a job: write its program, its input and, once there is one, its result into this directory as well; without one, that of another job is deleted there. \"ubc receipt verify --rerun\" runs the job again with them.")
  private @Nullable Path bodies;

  @Override
  protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
    requireNamed("--out", out);
    requireNamed("--bodies", bodies);
    if (JOB.matcher(receipt).matches()) {
      return ofJob(Long.parseLong(receipt));
    }
    if (bodies != null) {
      throw new CommandFailure(
          ExitCode.USAGE, "--bodies needs the number of a job; a receipt's file has none of them");
    }
    Path file = Path.of(receipt);
    byte[] content = ReceiptFiles.read(file);
    note("receipt", file.toString());
    return shown(content, written(content));
  }

  private static void requireNamed(String option, @Nullable Path place) throws CommandFailure {
    if (place != null && place.toString().isBlank()) {
      throw new CommandFailure(ExitCode.USAGE, option + ": the place has no name");
    }
  }

  private Answer shown(byte[] content, List<String> places) throws CommandFailure {
    return Findings.of(content, KeptReceipt.trusting(settings())).shown(places);
  }

  // Writes it to where it is asked for as well; where that is, in a line.
  private List<String> written(byte[] content) throws CommandFailure {
    if (out == null) {
      return List.of();
    }
    ReceiptFiles.write(out, content);
    note("writtenTo", out.toString());
    return List.of("written to " + out);
  }

  private Answer ofJob(long job) throws CommandFailure, UbcException, InterruptedException {
    Path keyFile = settings().walletFile();
    if (!Files.exists(keyFile)) {
      throw new CommandFailure(
          ExitCode.FAILURE, "there is no key " + keyFile + ", so no job is yours");
    }
    try (UbcClient client = settings().connect()) {
      Session session =
          Session.open(client, Wallet.load(keyFile))
              .orElseThrow(() ->
                  new CommandFailure(
                      ExitCode.FAILURE,
                      "your key has no account on this network, so no job is yours"));
      Path kept = ReceiptFiles.keep(session, job, 0, surroundings().home());
      byte[] content = ReceiptFiles.read(kept);
      note("receipt", kept.toString());
      List<String> places = new ArrayList<>(List.of("kept in " + kept));
      spread(session, content, places);
      return shown(content, places);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  // The receipt comes first: it is there whatever becomes of what it names.
  private void spread(Session session, byte[] content, List<String> places)
      throws CommandFailure, InterruptedException {
    try {
      places.addAll(written(content));
      if (bodies != null) {
        places.add(KeptBodies.fetch(session, content, bodies).in(bodies));
        note("bodies", bodies.toString());
      }
    } catch (CommandFailure | UbcException e) {
      throw OutcomeMapper.failure(e).saying("its receipt is " + String.join(" and ", places));
    }
  }
}
