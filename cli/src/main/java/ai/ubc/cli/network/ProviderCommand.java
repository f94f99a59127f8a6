package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.Written;
import ai.ubc.cli.provider.EarningsCommand;
import ai.ubc.cli.provider.StatusCommand;
import ai.ubc.cli.provider.WhyCommand;
import ai.ubc.cli.provider.WithdrawCommand;
import ai.ubc.cli.text.Amounts;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a provider. */
@Command(
    name = "provider",
    description = {
      "Sell this machine's computation: run WASI programs for others, and be paid for the units they use.",
      "It needs no open port: it dials the gateway. What a job can never touch here is written in docs/guides/provider.md.",
      "Ctrl-C takes its offers off the book, ends what it has begun, and stops it."
    },
    subcommands = {
      StatusCommand.class,
      EarningsCommand.class,
      WhyCommand.class,
      WithdrawCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ubc provider                 all of this machine, at the usual price",
      "  ubc provider --cpus 2 --memory 2G --min-price 0.02",
      "  ubc provider --hours 22-7    new work at night only",
      "  ubc provider --listen 9090   tells a watchdog at 127.0.0.1:9090/health"
    })
public final class ProviderCommand extends NodeCommand {
  private static final InstantSource CLOCK = InstantSource.system();

  @Option(
      names = "--min-price",
      paramLabel = "COMPUTE",
      defaultValue = "0.01",
      description =
          "The least that 1 G instructions cost here; what it offers at. Default: ${DEFAULT-VALUE}.")
  private String minPrice = "0.01";

  @Option(
      names = "--hours",
      paramLabel = "FROM-TO",
      description =
          "The part of each day in which new work is taken, such as 22-7 or 22:30-6:15, by this machine's time zone, or 22-7UTC. Outside no offer stands; what runs is ended. Default: always.")
  private @Nullable String hours;

  @Option(
      names = "--units",
      paramLabel = "N",
      defaultValue = "1000000000000",
      description = "Instructions that are on offer or leased at a time, at most. Default: 1000 G.")
  private long units = 1_000_000_000_000L;

  @Override
  NetworkPlan.Node plan(long bondMicros) throws CommandFailure {
    long priceMicros = Written.read("--min-price", minPrice, Amounts::parseUnitPrice);
    if (units < 1) {
      throw new CommandFailure(ExitCode.USAGE, "--units must be 1 or more, not " + units);
    }
    NetworkPlan.Node node = NetworkPlan.Node.provider(role(), bondMicros, priceMicros, units);
    if (hours == null) {
      return node;
    }
    Hours open = hours(hours);
    return node.openWhile(() -> open.include(CLOCK.instant()));
  }

  private static Hours hours(String text) throws CommandFailure {
    return Written.read("--hours", text, written -> Hours.parse(written, ZoneId.systemDefault()));
  }

  @Override
  String remark() throws CommandFailure {
    if (hours == null) {
      return "";
    }
    Hours open = hours(hours);
    return "; new work from "
        + open
        + (open.include(CLOCK.instant()) ? ", now" : ", so no offer stands now");
  }

  @Override
  String role() {
    return "provider";
  }
}
