package ai.ubc.provider.programs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.Seed;
import ai.ubc.provider.wasi.WasiRuntime;
import ai.ubc.provider.worker.WorkerPool;
import ai.ubc.provider.worker.WorkerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Runs programs here and in a worker, and finds that it makes no difference. */
final class Both implements AutoCloseable {

  static final Limits WIDE = new Limits(1L << 40, Limits.MEMORY_PAGES_CEILING, 1 << 20);
  private static final Seed SEED = new Seed(4, 3, 2, 1);

  private final WasiRuntime here = new WasiRuntime();
  private final WorkerPool workers =
      new WorkerPool(new WorkerSettings(1, Duration.ofMinutes(5), Duration.ofMinutes(5), 768, 200));

  static byte[] resource(String name) {
    try (InputStream in = Objects.requireNonNull(Both.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Item item(String stdin, Map<String, String> env, String... args) {
    return new Item(List.of(args), new TreeMap<>(env), Content.of(stdin.getBytes(UTF_8)));
  }

  /** The results of these items, the same from a worker as from here. */
  List<ItemResult> run(byte[] module, Optional<Path> input, Limits limits, Item... items)
      throws ProviderFault, InterruptedException {
    RunRequest request = new RunRequest(Content.of(module), List.of(items), input, limits, SEED);
    RunResult result = workers.run(request);
    assertThat(here.run(request)).isEqualTo(result);
    return result.items();
  }

  ItemResult run(byte[] module, Item item) throws ProviderFault, InterruptedException {
    return run(module, Optional.empty(), WIDE, item).getFirst();
  }

  @Override
  public void close() {
    workers.close();
  }
}
