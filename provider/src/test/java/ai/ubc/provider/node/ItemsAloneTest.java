package ai.ubc.provider.node;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Hash32;
import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.Seed;
import ai.ubc.provider.wasi.WasiRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Items run again alone lead to the result root that the provider committed to. */
class ItemsAloneTest {

  private static final WasiRuntime RUNTIME = new WasiRuntime();

  @Test
  void theDigestsOfItemsRunAloneAreTheLeavesOfTheResultRoot() throws Exception {
    RunRequest job =
        new RunRequest(
            Content.of(Path.of("../examples/primes.wasm")),
            List.of(Item.of("1000"), Item.of("none"), Item.of("2000"), Item.of("3")),
            Optional.empty(),
            new Limits(1L << 40, 64, 1 << 16),
            new Seed(1, 2, 3, 4));
    RunResult whole = RUNTIME.run(job);
    Hash32 root = JobHashes.resultRoot(ResultForm.of(whole));
    List<Hash32> leaves = new ArrayList<>();
    for (int item = 0; item < 4; item++) {
      RunResult alone = RUNTIME.run(job.alone(item, whole));
      // Admission is charged once, with the first item.
      long units = item == 0 ? alone.units() : alone.items().getFirst().units();
      leaves.add(JobHashes.item(item, withUnits(ResultForm.of(alone).getFirst(), units)));
    }
    assertThat(JobHashes.merkleRoot(leaves)).isEqualTo(root);
  }

  private static ItemOutput withUnits(ItemOutput output, long units) {
    return new ItemOutput(
        output.outcome(), output.detail(), units, output.stdout(), output.stderr(), output.files());
  }
}
