package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.Context;
import ai.ubc.cli.command.Contexts;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.UbcHome;
import ai.ubc.cli.text.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a network of one's own until it is told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Start a development network on this machine: sequencer, gateway, PostgreSQL, two providers, four validators.",
      "Says what it starts, and \"ready URL\" when it takes jobs. Ctrl-C or SIGTERM stops it; the next start goes on with the same state.",
      "Its windows are seconds and its faucet is open to everybody: it is for trying things out."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ubc up",
      "  ubc up --listen 0.0.0.0   others may take part, encrypted; then: ubc invite"
    })
public final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ListenOptions listen = new ListenOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Where the network keeps its state.",
        "Default: network in $UBC_HOME or ~/.ubc."
      })
  private @Nullable Path data;

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description =
          "Where old segments of the journal go. Default: sequencer/journal-archive in the network's directory.")
  private @Nullable Path archive;

  private volatile boolean isStopping;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Path directory = (data == null ? UbcHome.network() : data).toAbsolutePath().normalize();
    NetworkPlan plan = plan(directory);
    say("a development network in " + directory);
    try (LocalNetwork network = start(plan)) {
      offerContext(network);
      if (network.isOpen()) {
        say("other machines can take part: ubc invite");
      }
      say("ready " + network.url());
      Throwable fault = network.failed().join();
      throw new CommandFailure(
          ExitCode.FAILURE,
          "the network stops because of a fault: "
              + fault.getMessage()
              + ". Its log is kept in "
              + directory
              + ".",
          fault);
    }
  }

  // Other commands of this user find the network by it.
  private void offerContext(LocalNetwork network) throws CommandFailure {
    Path home = UbcHome.directory();
    Contexts contexts = new Contexts(home);
    contexts.offer(
        new Context(
            Contexts.LOCAL,
            URI.create(network.url()),
            UbcHome.wallet(home),
            network.genesisHash()));
    String used = contexts.current().map(Context::name).orElse("");
    if (!used.equals(Contexts.LOCAL)) {
      say(
          "your commands use the context \""
              + used
              + "\"; for this network: ubc context use "
              + Contexts.LOCAL);
    }
  }

  private LocalNetwork start(NetworkPlan plan) throws CommandFailure, InterruptedException {
    try (Progress progress = Progress.onStandardError()) {
      boolean isTerminal = progress.isShown();
      return LocalNetwork.start(
          plan,
          text -> waitFor(progress, text),
          () -> stops(isTerminal),
          () -> stopped(plan.dataDirectory()));
    } catch (InterruptedException e) {
      if (isStopping) {
        new CountDownLatch(1).await(); // the process ends in a moment, and says so
      }
      throw e;
    }
  }

  private void stops(boolean isTerminal) {
    isStopping = true;
    PrintWriter err = spec.commandLine().getErr();
    if (isTerminal) {
      err.println(); // behind the ^C
    }
    err.println("ubc: stopping …");
    err.flush();
  }

  private void stopped(Path directory) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        "ubc: stopped. The network is kept in "
            + directory
            + "; the same command starts it again.");
    err.flush();
    // A stop that was asked for is a success.
    Runtime.getRuntime().halt(ExitCode.OK);
  }

  private NetworkPlan plan(Path directory) throws CommandFailure {
    NetworkPlan plan;
    try {
      plan = NetworkPlan.development(directory, listen.listen(NetworkFiles.in(directory).tls()));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "the gateway can not have a certificate: " + e.getMessage(), e);
    }
    return archive == null ? plan : plan.withJournalArchive(archive.toAbsolutePath().normalize());
  }

  // Without a terminal, as under a service manager, what is waited for is said in lines of its own.
  private void waitFor(Progress progress, String text) {
    if (progress.isShown()) {
      progress.say(text);
    } else {
      say(text);
    }
  }

  private void say(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }
}
