package ai.ubc.provider.node;

import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobBundle;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.JobSpec;
import ai.ubc.codec.job.MalformedBundleException;
import ai.ubc.domain.Hash32;
import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.Seed;
import ai.ubc.sdk.UbcException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs what a job asks for: the same for provider and validator, so that both find the same result.
 * A bundle or program that nobody can run is a result too. From any thread.
 */
final class Execution {
  private final BodyCache bodies;
  private final JobRuntime runtime;
  private final Hash32 genesis;
  private final NodeLimits limits;
  private final Path workDirectory;

  /** Works below {@code workDirectory}, which exists. */
  Execution(
      BodyCache bodies, JobRuntime runtime, Hash32 genesis, NodeLimits limits, Path workDirectory) {
    this.bodies = bodies;
    this.runtime = runtime;
    this.genesis = genesis;
    this.limits = limits;
    this.workDirectory = workDirectory;
  }

  /**
   * What the job's items give.
   *
   * @throws BodyUnavailable when a body is not to be had, or larger than this node takes
   * @throws ProviderFault when this machine did not finish the run
   * @throws UbcException when the gateway failed
   * @throws IOException when this machine's disk failed
   */
  List<ItemOutput> run(Terms terms)
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
      Optional<RunRequest> request = request(terms, program, input, directory.resolve("input"));
      return request.isPresent()
          ? ResultForm.of(runtime.run(request.get()))
          : ResultForm.invalid(terms.items());
    } finally {
      Trees.delete(directory);
    }
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

  // Empty when the bundle is not one that anybody can run.
  private Optional<RunRequest> request(Terms terms, Path program, Path input, Path unpacked)
      throws IOException {
    Files.createDirectory(unpacked);
    try (InputStream archive = new BufferedInputStream(Files.newInputStream(input))) {
      JobBundle bundle = JobBundle.extract(archive, unpacked);
      if (bundle.spec().items().size() != terms.items()) {
        return Optional.empty();
      }
      List<Item> items = items(bundle);
      JobSpec spec = bundle.spec();
      Hash32 seed = JobHashes.randomSeed(genesis, terms.job());
      return Optional.of(
          new RunRequest(
              Content.of(program),
              items,
              bundle.inputDirectory(),
              new Limits(terms.maxUnits(), spec.memoryPages(), spec.outputBytes()),
              new Seed(seed.word0(), seed.word1(), seed.word2(), seed.word3())));
    } catch (MalformedBundleException | IllegalArgumentException e) {
      return Optional.empty(); // the same everywhere: rules of the bundle and of the runtime
    }
  }

  private static List<Item> items(JobBundle bundle) {
    List<Item> items = new ArrayList<>();
    for (JobSpec.ItemSpec item : bundle.spec().items()) {
      SortedMap<String, String> env = new TreeMap<>(item.env());
      Content stdin = bundle.stdin(items.size()).map(Content::of).orElse(Content.EMPTY);
      items.add(new Item(item.args(), env, stdin));
    }
    return items;
  }
}
