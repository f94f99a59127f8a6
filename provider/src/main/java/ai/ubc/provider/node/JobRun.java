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
 * Runs a job from its two bodies: what providers, validators and whoever checks a receipt do alike,
 * so that all find the same result. A bundle or program that nobody can run is a result too. From
 * any thread.
 */
public final class JobRun {
  private final JobRuntime runtime;
  private final Hash32 genesis;

  /** Runs jobs of the network with this genesis hash. */
  public JobRun(JobRuntime runtime, Hash32 genesis) {
    this.runtime = runtime;
    this.genesis = genesis;
  }

  /**
   * What the job's items give.
   *
   * @param program the program's file
   * @param input the input bundle's file
   * @param unpacked where the bundle is unpacked; is not there yet
   * @throws ProviderFault when this machine did not finish the run
   * @throws IOException when this machine's disk failed
   */
  public List<ItemOutput> of(Terms terms, Path program, Path input, Path unpacked)
      throws ProviderFault, IOException, InterruptedException {
    Optional<RunRequest> request = request(terms, program, input, unpacked);
    return request.isPresent()
        ? ResultForm.of(runtime.run(request.get()))
        : ResultForm.invalid(terms.items());
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
