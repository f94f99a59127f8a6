package ai.ubc.provider.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.Seed;
import ai.ubc.provider.worker.WorkerPool;
import ai.ubc.provider.worker.WorkerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job can never touch; the rest of the promise is in the tests that the guide names. */
class IsolationTest {

  private static final Limits LIMITS = new Limits(1_000_000_000, 1_024, 1 << 20);

  @TempDir Path directory;

  private static WorkerPool pool(int workers) {
    return new WorkerPool(
        new WorkerSettings(workers, Duration.ofMinutes(5), Duration.ofMinutes(5), 768, 200));
  }

  private static RunRequest request(String module, Limits limits, Item item) {
    return new RunRequest(
        Content.of(Both.resource(module)), List.of(item), Optional.empty(), limits, Seed.ZERO);
  }

  @Test
  void aJobFindsNothingOfTheOneBefore() throws Exception {
    RunRequest files = request("files.wasm", LIMITS, Item.of());
    RunRequest memory = request("limits.wasm", LIMITS, Item.of("memory"));
    try (WorkerPool pool = pool(1)) {
      RunResult first = pool.run(files);
      pool.run(memory);
      pool.run(request("hostile.wasm", LIMITS, Item.of("output")));
      // In the same worker: the files that the first made are not there for the second.
      assertThat(pool.run(files)).isEqualTo(first);
      assertThat(pool.run(memory)).isEqualTo(pool.run(memory));
    }
  }

  @Test
  void aJobIsTheSameBesideARunawayOne() throws Exception {
    RunRequest friendly = request("limits.wasm", LIMITS, Item.of());
    try (WorkerPool pool = pool(2)) {
      final RunResult alone = pool.run(friendly);
      FutureTask<RunResult> runaway =
          new FutureTask<>(() -> pool.run(request("hostile.wasm", LIMITS, Item.of("loop"))));
      Thread.ofPlatform().start(runaway);
      assertThat(pool.run(friendly)).isEqualTo(alone);
      assertThat(runaway.get().items().getFirst().outcome()).isEqualTo(new Outcome.OutOfUnits());
    }
  }

  @Test
  void aProgramImportsWhatIsOnTheListOnly() throws Exception {
    byte[] module = Both.resource("streams.wasm");
    // The same program, but for one letter of the first function that it imports.
    byte[] name = "wasi_snapshot_preview1".getBytes(US_ASCII);
    int at = indexOf(module, name);
    module[at] = 'W';
    RunRequest request =
        new RunRequest(Content.of(module), List.of(Item.of()), Optional.empty(), LIMITS, Seed.ZERO);
    try (WorkerPool pool = pool(1)) {
      assertThat(pool.run(request).items().getFirst().detail())
          .startsWith("import Wasi_snapshot_preview1.")
          .endsWith(" is not provided");
    }
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void aLinkThatAppearsInTheInputIsNotFollowed() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "the provider's");
    Path link = Files.createSymbolicLink(directory.resolve("stdin"), secret);
    Item item = new Item(List.of(), new TreeMap<>(), Content.of(link));
    try (WorkerPool pool = pool(1)) {
      assertThatExceptionOfType(ProviderFault.class)
          .isThrownBy(() -> pool.run(request("streams.wasm", LIMITS, item)))
          .satisfies(fault -> assertThat(fault.kind()).isEqualTo(ProviderFault.Kind.INPUT));
    }
  }
}
