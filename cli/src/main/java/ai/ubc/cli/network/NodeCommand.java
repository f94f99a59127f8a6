package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.GatewayOption;
import ai.ubc.cli.command.Surroundings;
import ai.ubc.cli.command.UbcHome;
import ai.ubc.cli.text.Amounts;
import ai.ubc.provider.worker.WorkerPool;
import ai.ubc.provider.worker.WorkerSettings;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A node that dials a gateway: what providers and validators have in common. */
abstract class NodeCommand extends PartCommand {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the node keeps its key and its work. Default: a directory of its role in $UBC_HOME or ~/.ubc.")
  private @Nullable Path data;

  @Option(
      names = "--bond",
      paramLabel = "COMPUTE",
      defaultValue = "100",
      description = {
        "What it answers with for its work; it is bonded at the start. Default: ${DEFAULT-VALUE}. On a development network the faucet gives it."
      })
  private String bond = "100";

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Programs that run at a time. Default: ${DEFAULT-VALUE}.")
  private int workers = 1;

  /** What to run, with this bond. */
  abstract NetworkPlan.Node plan(long bondMicros) throws CommandFailure;

  /** The role's word for files and messages. */
  abstract String role();

  @Override
  final CompletableFuture<Throwable> start(Parts parts)
      throws IOException, UbcException, CommandFailure, InterruptedException {
    if (workers < 1) {
      throw new CommandFailure(ExitCode.USAGE, "--workers must be 1 or more, not " + workers);
    }
    NetworkPlan.Node plan = plan(amount("--bond", bond));
    Path directory =
        (data == null ? UbcHome.directory().resolve(role()) : data).toAbsolutePath().normalize();
    Files.createDirectories(directory);
    Wallet wallet = Wallet.loadOrCreate(directory.resolve("node.key"), RANDOM);
    UbcClient connected = gateway.connect(Surroundings.ofProcess());
    UbcClient client = parts.start(() -> connected);
    WorkerPool pool = parts.start(() -> new WorkerPool(WorkerSettings.of(workers)));
    RunningNode node =
        new NodeStart(parts, client, gateway.url(Surroundings.ofProcess()), workers)
            .start(plan, wallet, directory.resolve("work"), pool);
    say("ready account " + node.account() + ", " + node.describe());
    return new CompletableFuture<>();
  }

  /** Reads an amount of COMPUTE. */
  static long amount(String option, String text) throws CommandFailure {
    try {
      return Amounts.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, option + ": " + e.getMessage(), e);
    }
  }
}
