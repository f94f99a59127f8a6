package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a provider. */
@Command(
    name = "provider",
    description = {
      "Sell this machine's computation: run WASI programs for others, and be paid for the units they use.",
      "What a job can never touch here is written in docs/guides/provider.md. Ctrl-C stops it; what it has committed to is opened after the next start."
    })
public final class ProviderCommand extends NodeCommand {
  private static final long GIGA = 1_000;

  @Option(
      names = "--price",
      paramLabel = "COMPUTE",
      defaultValue = "0.01",
      description = "Price of 1 G units. Default: ${DEFAULT-VALUE}.")
  private String price = "0.01";

  @Option(
      names = "--units",
      paramLabel = "N",
      defaultValue = "1000000000000",
      description = "Units that are on offer or leased at a time, at most. Default: 1000 G.")
  private long units = 1_000_000_000_000L;

  @Override
  NetworkPlan.Node plan(long bondMicros) throws CommandFailure {
    long priceMicros = amount("--price", price) / GIGA;
    if (priceMicros < 1 || units < 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "--price must be 0.001 or more for 1 G units, and --units 1 or more");
    }
    return NetworkPlan.Node.provider(role(), bondMicros, priceMicros, units);
  }

  @Override
  String role() {
    return "provider";
  }
}
