package ai.ubc.cli.network;

import picocli.CommandLine.Command;

/** Runs a validator. */
@Command(
    name = "validator",
    description = {
      "Check others' work: re-run jobs for which this node is drawn, and share the reward.",
      "Draws go by bond. Ctrl-C stops it; what it has sealed must be opened in time, or its bond for that job is burned."
    })
public final class ValidatorCommand extends NodeCommand {
  @Override
  NetworkPlan.Node plan(long bondMicros) {
    return NetworkPlan.Node.validator(role(), bondMicros);
  }

  @Override
  String role() {
    return "validator";
  }
}
