package ai.ubc.cli.network;

import ai.ubc.cli.CommandFailure;
import ai.ubc.cli.ExitCode;
import ai.ubc.cli.client.ClientHome;
import ai.ubc.cli.text.Progress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a network of one's own until it is told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Start a development network on this machine: sequencer, gateway, PostgreSQL, two providers, four validators.",
      "Says \"ready URL\" when it takes jobs. Ctrl-C or SIGTERM stops it; the next start goes on with the same state.",
      "Its windows are seconds and its faucet is open to everybody: it is for trying things out."
    })
public final class UpCommand implements Callable<Integer> {
  private static final long START_LIMIT_SECONDS = 60;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Where the gateway listens, on the loopback address. Default: ${DEFAULT-VALUE}; 0 takes any free one.")
  private int port = 8080;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the network keeps its state. Default: network in $UBC_HOME or ~/.ubc.")
  private @Nullable Path data;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new CommandFailure(ExitCode.USAGE, "--port must be 0 to 65535, not " + port);
    }
    Path directory = (data == null ? ClientHome.network() : data).toAbsolutePath();
    CompletableFuture<LocalNetwork> started = new CompletableFuture<>();
    Thread stop = new Thread(() -> stop(started), "ubc-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try (Progress progress = Progress.onStandardError()) {
      started.complete(LocalNetwork.start(NetworkPlan.development(directory, port), progress::say));
    } catch (CommandFailure | RuntimeException e) {
      started.completeExceptionally(e);
      throw e;
    }
    spec.commandLine().getOut().println("ready " + started.join().url());
    spec.commandLine().getOut().flush();
    Throwable fault = started.join().failed().join();
    throw new CommandFailure(
        ExitCode.FAILURE,
        "the network stops because of a fault: " + fault.getMessage() + ". Its log is kept in " + directory + ".",
        fault);
  }

  // Runs when the process is told to end, by a signal or by a fault; a stop that was asked for is a success.
  private static void stop(CompletableFuture<LocalNetwork> started) {
    try {
      LocalNetwork network = started.get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
      boolean asked = !network.failed().isDone();
      network.close();
      if (asked) {
        Runtime.getRuntime().halt(ExitCode.OK);
      }
    } catch (ExecutionException e) {
      // It did not start, which the command has said; nothing is left to stop.
    } catch (TimeoutException | InterruptedException e) {
      Runtime.getRuntime().halt(ExitCode.FAILURE);
    }
  }
}
