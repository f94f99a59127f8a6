package ai.ubc.provider.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Mark;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.wasi.WasiProgram.Execution;
import ai.ubc.provider.worker.WorkerPool;
import ai.ubc.provider.worker.WorkerSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Marks on the way of a run, and re-running an item alone or to a mark. */
class MarksTest {

  private static final long STEP = Runs.MARKS.stepMin();

  private static List<Mark> marks(RunResult result) {
    return result.items().getFirst().marks();
  }

  /** Counts up a word of its memory for ever. */
  private static byte[] counting() {
    return ModuleBuilder.ofStart(
        0x03, 0x40, 0x41, 0, 0x41, 0, 0x28, 0, 0, 0x41, 1, 0x6A, 0x36, 0, 0, 0x0C, 0, 0x0B);
  }

  private static RunRequest counts(long units) {
    byte[] module = counting();
    return Runs.request(module, Runs.unitsForItems(module, units), Item.of()).withMarks();
  }

  private static RunResult count(Execution execution, long units) {
    return Runs.run(execution, counts(units));
  }

  @Test
  void compiledAndInterpretedCodeHaveTheSameMarks() throws Exception {
    RunRequest request = counts(12 * STEP);
    RunResult compiled = Runs.run(Execution.COMPILED, request);
    assertThat(marks(compiled)).hasSize(12);
    assertThat(Runs.run(Execution.INTERPRETED, request)).isEqualTo(compiled);
  }

  @Test
  void aWorkerHasTheSameMarks() throws Exception {
    RunRequest request = counts(3 * MarkRule.STANDARD.stepMin());
    RunResult compiled = new WasiRuntime().run(request);
    assertThat(marks(compiled)).hasSize(3);
    try (WorkerPool workers = new WorkerPool(WorkerSettings.of(1))) {
      assertThat(workers.run(request)).isEqualTo(compiled);
    }
  }

  @Test
  void marksChangeNothingElse() {
    RunRequest marked = counts(STEP);
    RunRequest plain =
        new RunRequest(
            marked.program(), marked.items(), Optional.empty(), marked.limits(), marked.seed());
    RunResult result = Runs.run(Execution.COMPILED, plain);
    ItemResult with = Runs.run(Execution.COMPILED, marked).items().getFirst();
    ItemResult without = result.items().getFirst();
    assertThat(marks(result)).isEmpty();
    assertThat(with)
        .isEqualTo(
            new ItemResult(
                without.outcome(),
                without.units(),
                without.stdout(),
                without.stderr(),
                without.files(),
                without.detail(),
                with.marks()));
  }

  @Test
  void aMarkIsTakenWhereTheUnitsDrawnPassEachMultipleOfTheStep() {
    long units = 5 * STEP + 1;
    List<Mark> marks = marks(count(Execution.COMPILED, units));
    assertThat(marks).hasSize(5);
    for (int i = 0; i < marks.size(); i++) {
      assertThat(marks.get(i).units() - (i + 1) * STEP).isBetween(0L, (long) Meter.QUANTUM);
    }
    assertThat(new HashSet<>(marks.stream().map(Mark::digest).toList())).hasSize(5);
  }

  @Test
  void aLongRunKeepsBetweenHalfAndAllOfTheMarksThatItMayHave() {
    long units = STEP * (4L * Runs.MARKS.marksMax() + 100);
    List<Mark> marks = marks(count(Execution.COMPILED, units));
    assertThat(marks).hasSizeBetween(Runs.MARKS.marksMax() / 2, Runs.MARKS.marksMax());
    // The step has become eightfold.
    for (int i = 0; i < marks.size(); i++) {
      assertThat(marks.get(i).units() / (8 * STEP)).isEqualTo(i + 1);
    }
  }

  @Test
  void aRunUpToAMarkComesToThatMark() {
    RunRequest request = counts(9 * STEP);
    RunResult claimed = Runs.run(Execution.COMPILED, request);
    assertThat(marks(claimed)).hasSize(9);
    for (Mark mark : marks(claimed)) {
      ItemResult again =
          Runs.run(Execution.COMPILED, request.upTo(0, claimed, mark)).items().getFirst();
      assertThat(again.outcome()).isEqualTo(new Outcome.OutOfUnits());
      assertThat(again.marks().getLast()).isEqualTo(mark);
      assertThat(again.marks()).isEqualTo(marks(claimed).subList(0, again.marks().size()));
    }
  }

  @Test
  void aMarkOfAThinnedListIsFoundByAShorterRun() {
    RunRequest request = counts(STEP * (Runs.MARKS.marksMax() + 10L));
    RunResult claimed = Runs.run(Execution.COMPILED, request);
    Mark third = marks(claimed).get(2);
    RunResult again = Runs.run(Execution.COMPILED, request.upTo(0, claimed, third));
    assertThat(marks(again)).hasSizeGreaterThan(3);
    assertThat(marks(again).getLast()).isEqualTo(third);
  }

  @Test
  void moreMemoryMeansFewerMarks() {
    // Grows to 40 pages first: the step is then the next of the series above 40 pages' worth.
    byte[] module = ModuleBuilder.ofStart(0x41, 39, 0x40, 0, 0x1A, 0x03, 0x40, 0x0C, 0, 0x0B);
    long units = 1L << 24;
    RunRequest request =
        Runs.request(module, Runs.unitsForItems(module, units), Item.of()).withMarks();
    List<Mark> marks = marks(Runs.run(Execution.COMPILED, request));
    long step = Long.highestOneBit(40 * Runs.MARKS.stepPage() - 1) * 2;
    assertThat(marks).hasSize((int) (units / step));
    assertThat(marks.getFirst().units() / step).isEqualTo(1);
  }

  @Test
  void outputAndGlobalsArePartOfADigest() {
    List<Mark> marks = new ArrayList<>();
    for (byte[] module : List.of(leaving(1, "a"), leaving(1, "c"), leaving(2, "a"))) {
      Limits limits = Runs.unitsForItems(module, STEP + Meter.QUANTUM);
      RunRequest request = Runs.request(module, limits, Item.of()).withMarks();
      marks.addAll(marks(Runs.run(Execution.COMPILED, request)));
    }
    assertThat(marks).hasSize(3);
    assertThat(new HashSet<>(marks)).hasSize(3);
  }

  /** Writes a text, clears its memory, sets a global, and loops for ever. */
  private static byte[] leaving(int global, String text) {
    return new ModuleBuilder()
        .type("", "")
        .type("iiii", "i")
        .importFunction(SystemCalls.MODULE, "fd_write", 1)
        .memory(0, 1)
        .global(0)
        .export("_start", 0, 1)
        .export("memory", 2, 0)
        .data(0, "\10\0\0\0\1\0\0\0" + text)
        .function(
            0, "", 0x41, 1, 0x41, 0, 0x41, 1, 0x41, 16, 0x10, 0, 0x1A, // fd_write, drop
            0x41, 0, 0x41, 0, 0x41, 32, 0xFC, 11, 0, // memory.fill
            0x41, global, 0x24, 0, 0x03, 0x40, 0x0C, 0, 0x0B)
        .build();
  }

  @Test
  void anItemRunAloneComesToTheSameAsAmongOthers() {
    Item calls =
        new Item(
            List.of(),
            new TreeMap<>(),
            Content.of("random 40\nopen 4 a 5 66 0\nwrite 5 x".getBytes(UTF_8)));
    byte[] module = Runs.resource("probe.wasm");
    RunRequest wide = Runs.request(module, Runs.WIDE, calls, calls, calls);
    RunResult all = Runs.run(Execution.COMPILED, wide);
    assertThat(all.items().get(0).stdout()).isNotEqualTo(all.items().get(1).stdout());
    // With units for two items and a half, the last ones depend on what was left.
    Limits scarce = Runs.unitsForItems(module, 5 * all.items().getFirst().units() / 2);
    for (Limits limits : List.of(Runs.WIDE, scarce)) {
      RunRequest request = Runs.request(module, limits, calls, calls, calls);
      RunResult claimed = Runs.run(Execution.COMPILED, request);
      for (int item = 0; item < 3; item++) {
        RunResult alone = Runs.run(Execution.COMPILED, request.alone(item, claimed));
        assertThat(alone.items()).containsExactly(claimed.items().get(item));
        assertThat(alone.admissionUnits()).isEqualTo(claimed.admissionUnits());
      }
    }
  }
}
