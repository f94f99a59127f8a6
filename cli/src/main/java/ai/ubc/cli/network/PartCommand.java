package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that runs one part of a network until it is told to stop. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class PartCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Starts the part and says when it is ready.
   *
   * @return completes with the reason when the part can not go on, and with nothing when it has
   *     ended as it was asked to
   */
  abstract CompletableFuture<Optional<Throwable>> start(Parts parts)
      throws IOException, UbcException, CommandFailure, InterruptedException;

  @Override
  public final Integer call() throws CommandFailure, InterruptedException {
    // A stop that was asked for is a success.
    try (Parts parts = new Parts(() -> Runtime.getRuntime().halt(ExitCode.OK))) {
      Optional<Throwable> fault = start(parts).join();
      if (fault.isPresent()) {
        throw failure("it stops because of a fault", fault.get());
      }
      return ExitCode.OK;
    } catch (IOException | UbcException | IllegalArgumentException | IllegalStateException e) {
      throw failure("it can not be started", e);
    }
  }

  private CommandFailure failure(String what, Throwable cause) {
    return new CommandFailure(
        ExitCode.FAILURE, spec.name() + ": " + what + ": " + cause.getMessage(), cause);
  }

  /** Tells a line on standard output at once. */
  final void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
