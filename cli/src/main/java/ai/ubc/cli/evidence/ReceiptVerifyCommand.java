package ai.ubc.cli.evidence;

import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.evidence.MapReceiptFile;
import ai.ubc.codec.evidence.Supplied;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies a receipt without the network. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Verify a receipt without the network: every signature, proof, hash and amount in it.",
      "It says what was shown, what was not, and which link is broken."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:verified",
      "1:a link is broken",
      "2:the arguments are wrong",
      "3:consistent, but its issuer is not the network that you trust",
      "4:consistent, but the job had not ended"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ubc receipt show 1 --out job-1.receipt.json --bodies job-1",
      "  ubc receipt verify job-1.receipt.json",
      "  ubc receipt verify job-1.receipt.json --rerun --bodies job-1"
    })
final class ReceiptVerifyCommand extends ClientCommand {
  @Parameters(paramLabel = "FILE", description = "The receipt, of a job or of a map.")
  private Path receipt = Path.of("");

  @Option(
      names = "--trust",
      paramLabel = "FINGERPRINT",
      description =
          "The network you trust: the hash of its genesis, 64 hexadecimal digits. Default: that of the context in use (\"ubc context\"); without either the issuer is unknown.")
  private @Nullable String trust;

  @Option(
      names = "--rerun",
      description =
          "Run the job again on this machine and compare result and units; needs --bodies, or --program and --input.")
  private boolean rerun;

  @Option(
      names = "--bodies",
      paramLabel = "DIR",
      description =
          "A directory that \"ubc receipt show JOB --bodies DIR\" wrote: the program, input and result in it are compared with what was ordered and delivered.")
  private @Nullable Path bodies;

  @Option(
      names = "--program",
      paramLabel = "FILE",
      description = "The job's program, to be compared with what was ordered.")
  private @Nullable Path program;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "The job's input bundle, as the store has it, to be compared as well.")
  private @Nullable Path input;

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description = "The job's result bundle, as the store has it, to be compared as well.")
  private @Nullable Path result;

  @Override
  protected Answer answer() throws CommandFailure, InterruptedException {
    byte[] file = ReceiptFiles.read(receipt);
    Supplied trusting =
        trust == null
            ? KeptReceipt.trusting(settings())
            : Supplied.nothing().trusting(ReceiptFiles.fingerprint(trust));
    return MapReceiptFile.isOne(file) ? ofMap(file, trusting) : ofJob(file, trusting);
  }

  private Answer ofMap(byte[] file, Supplied supplied) throws CommandFailure {
    if (rerun || bodies != null || input != null || result != null) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "the receipt of a map has many inputs and results; give them with the receipt of a job");
    }
    return Findings.of(
            file, program == null ? supplied : supplied.withProgram(ReceiptFiles.read(program)))
        .verdict();
  }

  private Answer ofJob(byte[] file, Supplied known) throws CommandFailure, InterruptedException {
    KeptBodies given = KeptBodies.of(bodies, program, input, result);
    Supplied supplied = given.addedTo(known);
    if (rerun) {
      Optional<Supplied.Rerun> outcome = Rerun.of(file, given);
      if (outcome.isPresent()) {
        supplied = supplied.withRerun(outcome.get());
      }
    }
    return Findings.of(file, supplied).verdict();
  }
}
