package ai.ubc.cli.evidence;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.evidence.EvidenceReport;
import ai.ubc.codec.evidence.ReceiptVerifier;
import ai.ubc.codec.evidence.Supplied;
import ai.ubc.domain.Hash32;
import ai.ubc.verifier.ReportText;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
      "3:consistent, but its issuer is not the network that --trust names",
      "4:consistent, but the job had not ended"
    })
final class ReceiptVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The receipt.")
  private Path receipt = Path.of("");

  @Option(
      names = "--trust",
      paramLabel = "FINGERPRINT",
      description =
          "The network you trust: the hash of its genesis, 64 hexadecimal digits. Without it the issuer is unknown.")
  private @Nullable String trust;

  @Option(
      names = "--rerun",
      description =
          "Run the job again on this machine and compare result and units; needs --program and --input.")
  private boolean rerun;

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
  public Integer call() throws CommandFailure, InterruptedException {
    byte[] file = ReceiptFiles.read(receipt);
    Supplied supplied = Supplied.nothing();
    if (trust != null) {
      supplied = supplied.trusting(fingerprint(trust));
    }
    if (program != null) {
      supplied = supplied.withProgram(ReceiptFiles.read(program));
    }
    if (input != null) {
      supplied = supplied.withInput(ReceiptFiles.read(input));
    }
    if (result != null) {
      supplied = supplied.withResult(ReceiptFiles.read(result));
    }
    if (rerun) {
      if (program == null || input == null) {
        throw new CommandFailure(ExitCode.USAGE, "--rerun needs --program and --input");
      }
      Optional<Supplied.Rerun> outcome = Rerun.of(file, program, input);
      if (outcome.isPresent()) {
        supplied = supplied.withRerun(outcome.get());
      }
    }
    EvidenceReport report = ReceiptVerifier.verify(file, supplied);
    ReceiptFiles.print(spec.commandLine().getOut(), report);
    return ReportText.exitCode(report);
  }

  private static Hash32 fingerprint(String text) throws CommandFailure {
    try {
      return Hash32.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--trust must be a fingerprint of 64 hexadecimal digits, not \"" + text + "\"",
          e);
    }
  }
}
