package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.GatewayOption;
import ai.ubc.cli.command.NodeHome;
import ai.ubc.cli.command.Surroundings;
import ai.ubc.cli.command.Written;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Sizes;
import ai.ubc.provider.worker.WorkerPool;
import ai.ubc.provider.worker.WorkerSettings;
import ai.ubc.sdk.Randomness;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A node that dials a gateway: what providers and validators have in common. */
abstract class NodeCommand extends PartCommand {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int DRAIN_SECONDS_MAX = 86_400;

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Where the node keeps its key and its work. Default: a directory of its role",
        "in $UBC_HOME or ~/.ubc."
      })
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
      names = "--cpus",
      paramLabel = "N",
      description =
          "Programs that run at a time. Default: as many as this machine, or the container, has processors and memory for.")
  private @Nullable Integer cpus;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "What all running programs together may take, such as 4G; 1G for each. Default: what this machine, or the container, has.")
  private @Nullable String memory;

  @Option(
      names = "--drain-seconds",
      paramLabel = "N",
      defaultValue = "60",
      description =
          "How long it ends what it has begun when a service manager stops it (SIGTERM). Default: ${DEFAULT-VALUE}. On Ctrl-C it takes the time that it needs; a second Ctrl-C stops it at once.")
  private int drainSeconds = 60;

  @Mixin private NodeListenOption listen = new NodeListenOption();

  /** What to run, with this bond. */
  abstract NetworkPlan.Node plan(long bondMicros) throws CommandFailure;

  /** What people should know of it beside its role, price and bond; may be empty. */
  abstract String remark() throws CommandFailure;

  /** The role's word for files and messages. */
  abstract String role();

  @Override
  final CompletableFuture<Optional<Throwable>> start(Parts parts)
      throws IOException, UbcException, CommandFailure, InterruptedException {
    if (drainSeconds < 0 || drainSeconds > DRAIN_SECONDS_MAX) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--drain-seconds must be 0 to " + DRAIN_SECONDS_MAX + ", not " + drainSeconds);
    }
    int workers = Machine.here().workers(optionalCpus(), optionalMemory());
    NetworkPlan.Node plan = plan(Written.read("--bond", bond, Amounts::parse));
    Surroundings around = Surroundings.ofProcess();
    NodeHome home = NodeHome.of(Optional.ofNullable(data), around, role());
    Files.createDirectories(home.directory());
    // A port that is taken is found before anything is bonded.
    Optional<NodePage> page = page(parts, home.directory().resolve("tls"));
    Wallet wallet = Wallet.loadOrCreate(home.wallet(), RANDOM);
    UbcClient connected = gateway.connect(around);
    UbcClient client = parts.start(() -> connected);
    URI url = gateway.url(around);
    WorkerPool pool = parts.start(() -> new WorkerPool(WorkerSettings.of(workers)));
    RunningNode node =
        new NodeStart(parts, client, url, workers, Randomness.SYSTEM)
            .start(plan, wallet, home.work(), pool);
    home.remember(url, client.network().genesisHash().toString());
    Leaving leaving =
        new Leaving(
            node.node(), Duration.ofSeconds(drainSeconds), line -> say(role() + " " + line));
    StopSignals.takeOver(leaving::onSignal);
    if (page.isPresent()) {
      page.get()
          .show(
              new NodePage.Subject(
                  role(),
                  node.node()::isInTouch,
                  leaving::isBegun,
                  node.node()::unfinished,
                  node.account(),
                  url,
                  workers,
                  node.describe()));
    }
    say(
        "ready account "
            + node.account()
            + ", "
            + node.describe()
            + "; "
            + (workers == 1 ? "one program" : workers + " programs")
            + " at a time, at most "
            + Sizes.of(workers * Machine.WORKER_BYTES)
            + remark());
    return leaving.done();
  }

  private Optional<NodePage> page(Parts parts, Path certificates)
      throws IOException, UbcException, CommandFailure, InterruptedException {
    Optional<Listen> where = listen.listen(certificates, role());
    if (where.isEmpty()) {
      return Optional.empty();
    }
    NodePage page = parts.start(() -> new NodePage(where.get()));
    say("tells of itself at " + page.url());
    return Optional.of(page);
  }

  private OptionalInt optionalCpus() {
    return cpus == null ? OptionalInt.empty() : OptionalInt.of(cpus);
  }

  private OptionalLong optionalMemory() throws CommandFailure {
    return memory == null
        ? OptionalLong.empty()
        : OptionalLong.of(Written.read("--memory", memory, Sizes::parse));
  }
}
