package ai.ubc.cli.evidence;

import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.evidence.Supplied;
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
          "Of a job: write its program, its input and, once there is one, its result into this directory as well. \"ubc receipt verify --rerun\" runs the job again with them.")
  private @Nullable Path bodies;

  private boolean areSealed;

  @Override
  protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
    boolean isJob = JOB.matcher(receipt).matches();
    if (bodies != null && !isJob) {
      throw new CommandFailure(
          ExitCode.USAGE, "--bodies needs the number of a job; a receipt's file has none of them");
    }
    Path kept = isJob ? fetch(Long.parseLong(receipt)) : Path.of(receipt);
    byte[] file = ReceiptFiles.read(kept);
    Supplied trusted = KeptReceipt.trusting(settings());
    if (out != null) {
      ReceiptFiles.write(out, file);
    }
    return Findings.of(file, trusted).shown(places(isJob, kept));
  }

  // Where the receipt and its bodies are, a line each; also told to programs.
  private List<String> places(boolean isKept, Path kept) {
    List<String> places = new ArrayList<>();
    note("receipt", kept.toString());
    if (isKept) {
      places.add("kept in " + kept);
    }
    if (out != null) {
      note("writtenTo", out.toString());
      places.add("written to " + out);
    }
    if (bodies != null) {
      note("bodies", bodies.toString());
      places.add(
          "program, input and result in "
              + bodies
              + (areSealed ? ", sealed: the job is private" : ""));
    }
    return places;
  }

  private Path fetch(long job) throws CommandFailure, UbcException, InterruptedException {
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
      if (bodies != null) {
        areSealed = KeptBodies.fetch(session, ReceiptFiles.read(kept), bodies);
      }
      return kept;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }
}
