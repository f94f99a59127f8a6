package ai.ubc.cli.network;

import picocli.CommandLine.Command;

/** Runs a validator. */
@Command(
    name = "validator",
    description = {
      "Check others' work: re-run jobs for which this node is drawn, and share the reward.",
      "Draws go by bond. Ctrl-C lets it open what it has sealed, then stops it; what is opened too late costs the bond for that job."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ubc validator", "  ubc validator --cpus 1 --bond 50"})
public final class ValidatorCommand extends NodeCommand {
  @Override
  NetworkPlan.Node plan(long bondMicros) {
    return NetworkPlan.Node.validator(role(), bondMicros);
  }

  @Override
  String remark() {
    return "";
  }

  @Override
  String role() {
    return "validator";
  }
}
