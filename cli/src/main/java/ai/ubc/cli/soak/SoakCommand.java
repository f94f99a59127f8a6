package ai.ubc.cli.soak;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.files.Examples;
import ai.ubc.cli.files.TemporaryDirectory;
import ai.ubc.cli.network.Parts;
import ai.ubc.cli.text.Progress;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills a network of real processes again and again, and checks that nothing is lost. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Kill a network again and again, under load, and check that nothing is lost.",
      "Starts a sequencer, a gateway with PostgreSQL, providers and validators as processes of their own, has clients transfer and buy jobs, and kills (SIGKILL) the whole network, or one part, or a child process, in each round. At the end everything that clients were told is compared with the log."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:everything that was checked holds",
      "1:a check failed",
      "125:the network did not work again, or could not be run"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ubc soak", "  ubc soak --rounds 1000 --seed 7 --data /tmp/soak"})
public final class SoakCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often something is killed. Default: ${DEFAULT-VALUE}.")
  private int rounds = 10;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "What follows from it: what is killed and when. Default: a random one, printed.")
  private @Nullable Long seed;

  @Option(
      names = "--providers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Providers. Default: ${DEFAULT-VALUE}.")
  private int providers = 2;

  @Option(
      names = "--validators",
      paramLabel = "N",
      defaultValue = "3",
      description = "Validators, 3 or more. Default: ${DEFAULT-VALUE}.")
  private int validators = 3;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "An empty directory for the network and its logs, which is kept. Default: a temporary one, deleted unless something fails.")
  private @Nullable Path data;

  @Override
  public Integer call() throws CommandFailure, UbcException, InterruptedException {
    if (rounds < 1 || providers < 1 || validators < 3) {
      throw new CommandFailure(
          ExitCode.USAGE, "--rounds and --providers must be 1 or more, --validators 3 or more");
    }
    long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
    Path directory =
        data == null ? TemporaryDirectory.create("ubc-soak") : data.toAbsolutePath().normalize();
    requireVacant(directory);
    PrintWriter out = spec.commandLine().getOut();
    out.println("seed " + chosen + ", files in " + directory);
    try (Progress progress = Progress.onStandardError()) {
      int failed = soak(directory, chosen, out, progress);
      out.println(failed == 0 ? "Everything holds." : failed + " checks FAILED.");
      if (failed == 0 && data == null) {
        TemporaryDirectory.delete(directory);
      }
      return failed == 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, e.getMessage() + " (files are kept in " + directory + ")", e);
    }
  }

  private static void requireVacant(Path directory) throws CommandFailure {
    String[] names = directory.toFile().list();
    if (names != null && names.length > 0) {
      throw new CommandFailure(
          ExitCode.USAGE, "--data: " + directory + " is not empty; name another, or a new one");
    }
  }

  private int soak(Path directory, long chosen, PrintWriter out, Progress progress)
      throws IOException, UbcException, InterruptedException {
    // Whatever ends this command ends what it has started.
    try (Parts parts = new Parts(() -> {})) {
      ProcessNetwork network =
          parts.start(() ->
              ProcessNetwork.start(
                  spec.root().userObject().getClass(),
                  directory,
                  providers,
                  validators,
                  progress::say));
      Examples examples = Examples.unpack(directory.resolve("examples"));
      try (SoakLoad load = SoakLoad.start(network.url(), directory, examples.program("primes"))) {
        SoakRounds soaking = new SoakRounds(network, load, chosen, progress::say);
        for (int i = 1; i <= rounds; i++) {
          String told = soaking.round();
          progress.clear();
          out.println("round " + i + ": " + told);
          out.flush();
        }
        progress.say("finishing what was begun …");
        load.finish();
        progress.clear();
        SoakChecks checks = new SoakChecks(load, network.network(), out);
        checks.whileItRuns(soaking);
        progress.say("stopping …");
        checks.afterTheStop(network.stop());
        return checks.failed();
      }
    }
  }
}
