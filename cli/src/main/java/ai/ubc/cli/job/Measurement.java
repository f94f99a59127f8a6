package ai.ubc.cli.job;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Amounts;
import ai.ubc.codec.job.JobSpec;
import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.Seed;
import ai.ubc.provider.wasi.WasiRuntime;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What a program used on this machine, by the meter that providers use. A job draws its random
 * numbers from another seed; a program that uses them may differ.
 *
 * @param units metered units
 * @param seconds how long it took here, with compiling
 * @param ended how it ended
 */
record Measurement(long units, double seconds, String ended) {

  /** Runs a program to its end, or to the most units of a job. */
  static Measurement of(Launch launch, InputOptions input, StandardInput standardInput)
      throws CommandFailure, InterruptedException {
    Item item =
        new Item(
            launch.args(),
            new TreeMap<>(input.env()),
            standardInput.file().map(Content::of).orElse(Content.EMPTY));
    RunRequest request =
        new RunRequest(
            Content.of(launch.module()),
            List.of(item),
            input.directory(),
            new Limits(
                OrderMapper.UNITS_MAX, JobSpec.MEMORY_PAGES_DEFAULT, JobSpec.OUTPUT_BYTES_DEFAULT),
            Seed.ZERO);
    long start = System.nanoTime();
    RunResult result;
    try {
      result = new WasiRuntime().run(request);
    } catch (ProviderFault e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "the program can not be run here: " + e.getMessage(), e);
    }
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    return new Measurement(result.units(), seconds, ended(result.items().getFirst().outcome()));
  }

  private static String ended(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Exit exit -> "exit code " + Integer.toUnsignedString(exit.code());
      case Outcome.Trap trap -> "trap " + trap.kind();
      case Outcome.OutOfUnits() -> "out of instructions";
      case Outcome.OutputLimit() -> "output limit";
    };
  }

  /** In words. */
  String text() {
    return Amounts.units(units)
        + " instructions, "
        + Amounts.seconds(seconds)
        + " on this machine, "
        + ended;
  }
}
