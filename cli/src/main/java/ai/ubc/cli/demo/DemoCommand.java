package ai.ubc.cli.demo;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.files.Examples;
import ai.ubc.cli.files.TemporaryDirectory;
import ai.ubc.cli.network.LocalNetwork;
import ai.ubc.cli.text.Progress;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the main job on a network that exists for this one time. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Watch the whole story in under a minute.",
      "Starts a network in this process (real sockets, real log on disk, in a temporary directory): sequencer, gateway, PostgreSQL, three honest providers, one that lies, one that stays silent and one that keeps its result, five validators and one that copies. An agent buys jobs over real files; who does not do its duty is found and slashed, the honest are paid. Then the agent is hijacked with a session key in its hands, and the ledger refuses what its owner did not allow. Everything is added up again by code that shares nothing with the ledger."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ubc demo", "  ubc demo --json demo.json", "  ubc demo --seed 7"},
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:everything that was checked holds",
      "1:a check failed",
      "125:the network could not be run"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Write what happened as JSON too: jobs, refusals, balances, checks, state hash; - for standard output, in place of the story.")
  private @Nullable Path json;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = {
        "What keys, addresses, genesis, beacon, secrets, salts and nonces follow from, so that a run can be repeated. Default: a random one, printed.",
        "It fixes what is drawn, not when: log times, which beacon slot draws for which job, and the order of what happens side by side differ from run to run, and with them hashes of commands and states. Whoever knows it knows the keys."
      })
  private @Nullable Long seed;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws CommandFailure, UbcException, InterruptedException {
    boolean isPrinted = STANDARD_OUTPUT.equals(json);
    PrintWriter out =
        isPrinted ? new PrintWriter(Writer.nullWriter()) : spec.commandLine().getOut();
    DemoFacts facts = new DemoFacts();
    DemoSeed drawn =
        new DemoSeed(seed == null ? new SecureRandom().nextLong(Long.MAX_VALUE) : seed);
    AtomicReference<@Nullable LedgerRefused> caught = new AtomicReference<>();
    Path directory = TemporaryDirectory.create("ubc-demo");
    try (Progress progress = Progress.onOwnStandardError()) {
      int failed;
      try (LocalNetwork network =
          LocalNetwork.start(
              DemoCast.plan(directory.resolve("network"), drawn, caught::set),
              progress::say,
              () -> TemporaryDirectory.deleteAtTheEnd(directory))) {
        Examples examples = Examples.unpack(directory.resolve("examples"));
        failed =
            new DemoStory(
                    network,
                    examples,
                    out,
                    progress,
                    facts,
                    drawn,
                    () -> Optional.ofNullable(caught.get()).map(Denial::of))
                .tell();
        progress.say("stopping …");
      }
      TemporaryDirectory.delete(directory);
      if (json != null) {
        write(facts.json(), json);
      }
      return failed == 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "the demonstration's files can not be used: " + e.getMessage(), e);
    }
  }

  private void write(String text, Path to) throws IOException {
    if (to.equals(STANDARD_OUTPUT)) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
    } else {
      Files.writeString(to, text);
    }
  }
}
