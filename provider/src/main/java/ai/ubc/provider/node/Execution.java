package ai.ubc.provider.node;

import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.seal.Blinding;
import ai.ubc.codec.seal.JobKey;
import ai.ubc.domain.Hash32;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs what a job asks for: the same for provider and validator, so that both find the same result.
 * A bundle or program that nobody can run is a result too. From any thread.
 */
final class Execution {
  private final BodyCache bodies;
  private final Unsealing unsealing;
  private final JobRun run;
  private final NodeLimits limits;
  private final Path workDirectory;

  /**
   * What a run gave.
   *
   * @param items what the job's items gave, as it is digested
   * @param key what their bundle is sealed with; empty when it is not
   */
  record Ran(List<ItemOutput> items, Optional<JobKey> key) {
    Ran {
      items = List.copyOf(items);
    }
  }

  /** Works below {@code workDirectory}, which exists. */
  Execution(
      BodyCache bodies,
      Unsealing unsealing,
      JobRuntime runtime,
      Hash32 genesis,
      NodeLimits limits,
      Path workDirectory) {
    this.bodies = bodies;
    this.unsealing = unsealing;
    this.run = new JobRun(runtime, genesis);
    this.limits = limits;
    this.workDirectory = workDirectory;
  }

  /**
   * What the job's items give.
   *
   * @throws BodyUnavailable when a body or its key is not to be had, or larger than this node takes
   * @throws ProviderFault when this machine did not finish the run
   * @throws UbcException when the gateway failed
   * @throws IOException when this machine's disk failed
   */
  Ran run(Terms terms)
      throws BodyUnavailable, ProviderFault, UbcException, IOException, InterruptedException {
    if (Files.getFileStore(workDirectory).getUsableSpace() < limits.freeBytesMin()) {
      throw new IOException(
          "the disk of "
              + workDirectory
              + " has less than "
              + limits.freeBytesMin()
              + " bytes free");
    }
    Path directory = Files.createTempDirectory(workDirectory, "job-" + terms.job() + "-");
    try {
      Path program = directory.resolve("program.wasm");
      Path input = directory.resolve("input.zip");
      bodies.place(terms.program(), program);
      bodies.place(terms.input(), input);
      return switch (unsealing.open(terms.job(), program, input)) {
        case Unsealing.Found.Open _ ->
            new Ran(items(terms, program, input, directory), Optional.empty());
        case Unsealing.Found.Opened opened ->
            new Ran(
                Blinding.add(opened.key(), items(terms, program, input, directory)),
                Optional.of(opened.key()));
        case Unsealing.Found.Invalid _ ->
            new Ran(ResultForm.invalid(terms.items()), Optional.empty());
      };
    } finally {
      Trees.delete(directory);
    }
  }

  private List<ItemOutput> items(Terms terms, Path program, Path input, Path directory)
      throws ProviderFault, IOException, InterruptedException {
    return run.of(terms, program, input, directory.resolve("input"));
  }

  /**
   * How a duty ends after a fault: tried again while there is time, unless the runtime is closed.
   */
  static Ending after(ProviderFault fault) {
    String reason = fault.kind() + ": " + fault.getMessage();
    return fault.kind() == ProviderFault.Kind.CLOSED
        ? new Ending.Never(reason)
        : new Ending.Again(reason);
  }
}
