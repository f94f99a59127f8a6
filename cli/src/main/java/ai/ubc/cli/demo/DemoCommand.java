package ai.ubc.cli.demo;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.files.Examples;
import ai.ubc.cli.files.TemporaryDirectory;
import ai.ubc.cli.network.LocalNetwork;
import ai.ubc.cli.text.Progress;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the main job on a network that exists for this one time. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Watch the whole story in under a minute.",
      "Starts a network in this process (real sockets, real log on disk, in a temporary directory): sequencer, gateway, PostgreSQL, three honest providers and one that lies, five validators. An agent buys jobs over real files; the liar is found and slashed, the honest are paid. Then the agent is hijacked with a session key in its hands, and the ledger refuses what its owner did not allow. Everything is added up again by code that shares nothing with the ledger."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:everything that was checked holds",
      "1:a check failed",
      "125:the network could not be run"
    })
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws CommandFailure, UbcException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Path directory = TemporaryDirectory.create("ubc-demo");
    try (Progress progress = Progress.onStandardError()) {
      int failed;
      try (LocalNetwork network =
          LocalNetwork.start(
              DemoCast.plan(directory.resolve("network")),
              progress::say,
              () -> TemporaryDirectory.deleteAtTheEnd(directory))) {
        Examples examples = Examples.unpack(directory.resolve("examples"));
        failed = new DemoStory(network, examples, out, progress).tell();
        progress.say("stopping …");
      }
      TemporaryDirectory.delete(directory);
      return failed == 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "the demonstration's files can not be used: " + e.getMessage(), e);
    }
  }
}
