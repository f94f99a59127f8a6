package ai.ubc.provider.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.job.BundleLimits;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.TrapKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResultFormTest {
  private static ItemResult item(Outcome outcome, long units, String... files) {
    TreeMap<String, Bytes> tree = new TreeMap<>();
    for (String file : files) {
      tree.put(file, Bytes.copyOf(file.getBytes(UTF_8)));
    }
    return new ItemResult(outcome, units, Bytes.EMPTY, Bytes.EMPTY, tree, "");
  }

  @Test
  void unitsOfAdmissionAreTheFirstItems() {
    RunResult run =
        new RunResult(
            107, List.of(item(new Outcome.Exit(0), 30), item(new Outcome.OutOfUnits(), 70)));
    List<ItemOutput> items = ResultForm.of(run);
    assertThat(items).extracting(ItemOutput::units).containsExactly(37L, 70L);
    assertThat(JobHashes.units(items)).isEqualTo(107);
  }

  @Test
  void everyOutcomeHasItsForm() {
    RunResult run =
        new RunResult(
            4,
            List.of(
                item(new Outcome.Exit(-1), 1),
                item(new Outcome.Trap(TrapKind.DIVIDE_BY_ZERO), 1),
                item(new Outcome.OutOfUnits(), 1),
                item(new Outcome.OutputLimit(), 1)));
    List<ItemOutput> items = ResultForm.of(run);
    assertThat(items)
        .extracting(ItemOutput::outcome)
        .containsExactly(
            ItemOutcome.EXIT, ItemOutcome.TRAP, ItemOutcome.OUT_OF_UNITS, ItemOutcome.OUTPUT_LIMIT);
    assertThat(items).extracting(ItemOutput::detail).containsExactly(-1, 4, 0, 0);
  }

  @Test
  void aFileThatNoBundleHoldsIsLeftOutAndToldByTheOutcome() throws Exception {
    RunResult run =
        new RunResult(
            2,
            List.of(
                item(new Outcome.Exit(0), 1, "good", "bad\nname", "back\\slash"),
                item(new Outcome.Exit(0), 1, "good")));
    List<ItemOutput> items = ResultForm.of(run);
    assertThat(items.get(0).files()).containsOnlyKeys("good");
    assertThat(items)
        .extracting(ItemOutput::outcome)
        .containsExactly(ItemOutcome.OUTPUT_LIMIT, ItemOutcome.EXIT);
    assertReadsBackAsItIs(items);
  }

  @Test
  void moreFilesThanABundleHoldsAreLeftOutTheSameEverywhere() throws Exception {
    String[] names = new String[BundleLimits.ENTRIES_MAX];
    for (int i = 0; i < names.length; i++) {
      names[i] = "f" + i;
    }
    RunResult run = new RunResult(1, List.of(item(new Outcome.Exit(0), 1, names)));
    List<ItemOutput> items = ResultForm.of(run);
    assertThat(items.getFirst().files()).hasSize(BundleLimits.ENTRIES_MAX - 3);
    assertThat(items.getFirst().outcome()).isEqualTo(ItemOutcome.OUTPUT_LIMIT);
    assertReadsBackAsItIs(items);
  }

  private static void assertReadsBackAsItIs(List<ItemOutput> items) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ResultBundle.write(bytes, items);
    List<ItemOutput> read = ResultBundle.read(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(JobHashes.resultRoot(read)).isEqualTo(JobHashes.resultRoot(items));
  }
}
