package ai.ubc.cli.evidence;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The evidence for a job. */
@Command(
    name = "receipt",
    mixinStandardHelpOptions = true,
    description = {
      "The evidence for a job: one file that anybody can verify without the network.",
      "An auditor needs no more than the file and ubc-verify.jar."
    },
    subcommands = {ReceiptShowCommand.class, ReceiptVerifyCommand.class})
public final class ReceiptCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a subcommand: what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
