package ai.ubc.provider.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.TrapKind;
import ai.ubc.provider.wasi.WasiProgram.Execution;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.Parser;
import run.endive.wasm.types.OpCode;

class MeteringTest {

  /** What an item with one page of memory pays before its first instruction. */
  private static final long START = Meter.ITEM + Meter.PAGE;

  private static final Outcome SUCCESS = new Outcome.Exit(0);

  /**
   * Counts down a local from {@code n}: two instructions before, and each time round five, all of
   * weight 1.
   */
  private static byte[] countdown(int n) {
    ByteWriter code = ModuleBuilder.bytes(Instruction.I32_CONST).writeSigned(n);
    code.write(
        ModuleBuilder.bytes(
            0x21, 0, // local.set
            0x03, 0x40, // loop
            0x20, 0, // local.get
            0x41, 1, // i32.const
            0x6B, // i32.sub
            0x22, 0, // local.tee
            0x0D, 0, // br_if
            0x0B)); // end
    int[] bytes = new int[code.length()];
    byte[] array = code.toArray();
    Arrays.setAll(bytes, i -> array[i]);
    return ModuleBuilder.command().function(0, "i", bytes).build();
  }

  @Test
  void straightCodePaysTheSumOfItsWeights() {
    // i32.const 7, i32.const 2, i32.mul, drop
    ItemResult result = Runs.item(ModuleBuilder.ofStart(0x41, 7, 0x41, 2, 0x6C, 0x1A));
    assertThat(result.outcome()).isEqualTo(SUCCESS);
    assertThat(result.units()).isEqualTo(START + 1 + 1 + 2 + 1);
  }

  @Test
  void aLoopPaysEachTimeRound() {
    for (int n : new int[] {1, 2, 1_000, 20_000}) {
      assertThat(Runs.item(countdown(n)).units()).isEqualTo(START + 2 + 5L * n);
    }
  }

  @Test
  void onlyTheBranchTakenIsPaid() {
    // i32.const c; if; nop; nop; else; nop; end
    int[] code = {0x41, 0, 0x04, 0x40, 0x01, 0x01, 0x05, 0x01, 0x0B};
    assertThat(Runs.item(ModuleBuilder.ofStart(code)).units()).isEqualTo(START + 2 + 1);
    code[1] = 1;
    assertThat(Runs.item(ModuleBuilder.ofStart(code)).units()).isEqualTo(START + 2 + 2);
  }

  @Test
  void codeThatIsSkippedIsNotPaid() {
    // block; i32.const c; br_if 0; nop; nop; nop; end; nop
    int[] code = {0x02, 0x40, 0x41, 0, 0x0D, 0, 0x01, 0x01, 0x01, 0x0B, 0x01};
    assertThat(Runs.item(ModuleBuilder.ofStart(code)).units()).isEqualTo(START + 2 + 3 + 1);
    code[3] = 1;
    assertThat(Runs.item(ModuleBuilder.ofStart(code)).units()).isEqualTo(START + 2 + 1);
  }

  @Test
  void deadCodeIsNotPaid() {
    // block; br 0; nop; block; nop; end; loop; nop; br 0; end; end; return; nop
    byte[] module =
        ModuleBuilder.ofStart(
            0x02, 0x40, 0x0C, 0, 0x01, 0x02, 0x40, 0x01, 0x0B, 0x03, 0x40, 0x01, 0x0C, 0, 0x0B,
            0x0B, 0x0F, 0x01);
    assertThat(Runs.item(module).units()).isEqualTo(START + 1 + 1);
  }

  @Test
  void everyWayOutOfAFunctionHandsOverWhatIsLeft() {
    // 0: calls the others with 1; 1: return; 2: br out; 3: br_if out; 4: br_table out; 5: falls out
    byte[] module =
        ModuleBuilder.command()
            .type("i", "")
            .function(
                0, "", 0x41, 1, 0x10, 1, 0x41, 1, 0x10, 2, 0x41, 1, 0x10, 3, 0x41, 1, 0x10, 4, 0x41,
                1, 0x10, 5)
            .function(1, "", 0x01, 0x0F)
            .function(1, "", 0x01, 0x0C, 0)
            .function(1, "", 0x20, 0, 0x0D, 0, 0x01, 0x01)
            .function(1, "", 0x02, 0x40, 0x20, 0, 0x0E, 1, 0, 1, 0x0B, 0x01, 0x01)
            .function(1, "", 0x01)
            .build();
    assertThat(Runs.item(module).units())
        .isEqualTo(START + 5 * (1 + 10) + (1 + 1) + (1 + 1) + (1 + 1) + (1 + 4) + 1);
  }

  @Test
  void theUnitsOfCompiledCodeAreTheSumOfTheWeightsThatAnInterpreterSees() {
    byte[] module = Runs.resource("compute.wasm");
    AtomicLong units = new AtomicLong();
    Memory[] memory = new Memory[1];
    Instance unmetered =
        Instance.builder(Parser.parse(module))
            .withStart(false)
            .withMemoryFactory(limits -> memory[0] = new ByteArrayMemory(limits))
            .withUnsafeExecutionListener((instruction, stack) -> {
              units.addAndGet(weightOf(instruction.opcode()));
              switch (instruction.opcode()) {
                case MEMORY_FILL, MEMORY_COPY ->
                    units.addAndGet((stack.peek() & 0xFFFF_FFFFL) >>> Meter.BULK_SHIFT);
                case MEMORY_GROW -> units.addAndGet(stack.peek() * Meter.PAGE);
                default -> {}
              }
            })
            .build();
    unmetered.export("_start").apply();

    ItemResult result = Runs.item(module);
    assertThat(result.outcome()).isEqualTo(SUCCESS);
    // One page of 64 KiB more or less is a matter of the toolchain: the module says how many it
    // starts with.
    int pages = memory[0].initialPages();
    long elements = 4;
    assertThat(result.units())
        .isEqualTo(Meter.ITEM + (long) Meter.PAGE * pages + elements + units.get());
  }

  static int weightOf(OpCode opcode) {
    int number = opcode.opcode();
    Instruction instruction =
        number > 0xFF ? Instruction.prefixed(number & 0xFF) : Instruction.plain(number);
    if (instruction == null) {
      throw new AssertionError(opcode);
    }
    return instruction.weight();
  }

  @Test
  void compiledInterpretedAndUnmeteredCodeLeaveTheSameMemory() throws InvalidProgram {
    byte[] module = Runs.resource("compute.wasm");
    Instance unmetered = Instance.builder(Parser.parse(module)).withStart(false).build();
    unmetered.export("_start").apply();
    byte[] expected = contentOf(unmetered);
    for (Execution execution : Execution.values()) {
      WasiProgram program = Runs.admit(module, execution);
      Instance metered = program.instantiate(new SystemCalls.Binding(), 4_096);
      new UnitMeter(metered, program.meterIndices(), 1L << 40);
      program.start(metered);
      assertThat(contentOf(metered)).isEqualTo(expected);
    }
  }

  private static byte[] contentOf(Instance instance) {
    return instance.memory().readBytes(0, instance.memory().pages() * Memory.PAGE_SIZE);
  }

  @Test
  void outOfUnitsStopsAtTheBoundAndChargesExactlyIt() {
    byte[] module = countdown(20_000);
    long need = Runs.item(module).units();
    assertThat(need).isGreaterThan(Meter.QUANTUM);
    for (long units : new long[] {0, 1, START - 1, START, START + 1, need / 2, need - 1}) {
      RunResult result =
          Runs.run(
              Execution.COMPILED,
              Runs.request(module, Runs.unitsForItems(module, units), Item.of(), Item.of()));
      assertThat(result.items())
          .extracting(ItemResult::outcome)
          .containsExactly(new Outcome.OutOfUnits(), new Outcome.OutOfUnits());
      assertThat(result.items()).extracting(ItemResult::units).containsExactly(units, 0L);
      assertThat(result.units()).isEqualTo(Runs.admissionUnits(module) + units);
    }
    assertThat(Runs.item(module, Runs.unitsForItems(module, need)).outcome()).isEqualTo(SUCCESS);
  }

  @Test
  void anEndlessLoopEndsByItsUnits() {
    byte[] module = ModuleBuilder.ofStart(0x03, 0x40, 0x0C, 0, 0x0B);
    ItemResult result = Runs.item(module, Runs.unitsForItems(module, 300_000));
    assertThat(result.outcome()).isEqualTo(new Outcome.OutOfUnits());
    assertThat(result.units()).isEqualTo(300_000);
  }

  @Test
  void aModuleThatCanNotBePaidForIsNotLookedAt() {
    byte[] module = {1, 2, 3};
    assertOutOfUnits(module, Meter.jobUnits(3) - 1);
  }

  @Test
  void aModuleWhoseCompilationCanNotBePaidForIsNotCompiled() {
    byte[] module = ModuleBuilder.ofStart();
    assertOutOfUnits(module, Runs.admissionUnits(module) - 1);
    assertThat(Runs.item(module, Runs.unitsForItems(module, START)).outcome()).isEqualTo(SUCCESS);
  }

  private static void assertOutOfUnits(byte[] module, long units) {
    Limits limits = new Limits(units, 1, 0);
    RunResult result = Runs.run(Execution.COMPILED, Runs.request(module, limits, Item.of()));
    assertThat(result.items().getFirst().outcome()).isEqualTo(new Outcome.OutOfUnits());
    assertThat(result.items().getFirst().units()).isZero();
    assertThat(result.units()).isEqualTo(units);
  }

  @Test
  void aTrapIsChargedToTheEndOfItsQuantum() {
    ItemResult result = Runs.item(ModuleBuilder.ofStart(0x01, 0x00));
    assertThat(result.outcome()).isEqualTo(new Outcome.Trap(TrapKind.UNREACHABLE));
    assertThat(result.units()).isEqualTo(START + Meter.QUANTUM);
    assertThat(result.detail()).isEqualTo("UNREACHABLE");
  }

  @Test
  void growingPaysForThePagesAskedFor() {
    for (int[] growth : new int[][] {{0, 0}, {1, 1}, {60, 60}}) {
      byte[] module = ModuleBuilder.ofStart(0x41, growth[0], 0x40, 0, 0x1A);
      assertThat(Runs.item(module).units())
          .isEqualTo(START + 1 + 100 + 1 + (long) Meter.PAGE * growth[1]);
    }
  }

  @Test
  void growthBeyondTheLimitFailsAndThatBeyondAllLimitsCostsNothing() {
    // memory.grow(pages) must return -1: else unreachable.
    for (int pages : new int[] {40, -1}) {
      byte[] module =
          ModuleBuilder.ofStart(0x41, pages & 0x7F, 0x40, 0, 0x41, 0x7F, 0x47, 0x04, 0x40, 0, 0x0B);
      Limits limits = new Limits(1 << 30, 40, 0);
      ItemResult result = Runs.item(module, limits);
      assertThat(result.outcome()).isEqualTo(SUCCESS);
      assertThat(result.units()).isEqualTo(START + 104 + (pages == 40 ? 40L * Meter.PAGE : 0));
    }
  }

  @Test
  void bulkInstructionsPayByLength() {
    // memory.fill(0, 1, 4096); memory.copy(0, 8, 800); data: memory.init(0, 0, 16)
    byte[] module =
        ModuleBuilder.command()
            .function(
                0, "", 0x41, 0, 0x41, 1, 0x41, 0x80, 0x20, 0xFC, 11, 0, // fill
                0x41, 0, 0x41, 8, 0x41, 0xA0, 0x06, 0xFC, 10, 0, 0, // copy
                0x41, 0, 0x41, 0, 0x41, 16, 0xFC, 8, 0, 0, 0xFC, 9, 0) // init, drop
            .passiveData("0123456789abcdef")
            .build();
    assertThat(Runs.item(module).units()).isEqualTo(START + 13 + 512 + 13 + 100 + 13 + 2 + 10);
  }

  @Test
  void tableInstructionsPayByLengthAndTablesStayWithTheirInstance() {
    // Grows the table by 100 with null: the result must be 10, in every item.
    byte[] module =
        ModuleBuilder.command()
            .table(10, 200)
            .passiveElements(0, 0, 0)
            .function(
                0, "", 0xD0, 0x70, 0x41, 0xE4, 0, 0xFC, 15, 0, // table.grow
                0x41, 10, 0x47, 0x04, 0x40, 0x00, 0x0B, // unless 10 trap
                0x41, 0, 0x41, 0, 0x41, 3, 0xFC, 12, 0, 0, 0xFC, 13, 0, // init, elem.drop
                0x41, 9, 0x41, 0, 0x41, 3, 0xFC, 14, 0, 0, // copy
                0x41, 0, 0xD0, 0x70, 0x41, 16, 0xFC, 17, 0, // fill
                0xFC, 16, 0, 0x1A, 0x41, 0, 0x25, 0, 0xD1, 0x1A) // size; get, is_null
            .build();
    RunResult result =
        Runs.run(
            Execution.COMPILED, Runs.request(module, Runs.WIDE, Item.of(), Item.of(), Item.of()));
    assertThat(result.items()).extracting(ItemResult::outcome).containsOnly(SUCCESS);
    long units = START + 10 + 2 + 50_000 + 12 + 3 + 13 + 10 + 13 + 13 + 2 + 2 + 1 + 1 + 4 + 1 + 1;
    assertThat(result.items()).extracting(ItemResult::units).containsOnly(units);
  }

  @Test
  void aLargeFunctionPaysTheSame() {
    // 9,000 times nop; then counts a local down from 1,000.
    int[] code = new int[9_000 + 14];
    Arrays.fill(code, 0, 9_000, 0x01);
    int[] loop = {0x41, 0xE8, 7, 0x21, 0, 0x03, 0x40, 0x20, 0, 0x41, 1, 0x6B, 0x22, 0};
    System.arraycopy(loop, 0, code, 9_000, loop.length);
    int[] whole = Arrays.copyOf(code, code.length + 3);
    whole[code.length] = 0x0D;
    whole[code.length + 2] = 0x0B;
    byte[] module = ModuleBuilder.command().function(0, "i", whole).build();
    long need = START + 9_000 + 2 + 5 * 1_000;
    assertThat(Runs.item(module).units()).isEqualTo(need);
    ItemResult cut = Runs.item(module, Runs.unitsForItems(module, need - 1));
    assertThat(cut.outcome()).isEqualTo(new Outcome.OutOfUnits());
    assertThat(cut.units()).isEqualTo(need - 1);
  }

  @Test
  void aHeavySegmentIsPaidInParts() {
    // 60 times table.grow by 0, with a weight of 50,000 each, without a branch between.
    int[] code = new int[60 * 8];
    for (int i = 0; i < 60; i++) {
      int[] one = {0xD0, 0x70, 0x41, 0, 0xFC, 15, 0, 0x1A};
      System.arraycopy(one, 0, code, 8 * i, 8);
    }
    byte[] module = ModuleBuilder.command().table(0, 1).function(0, "", code).build();
    assertThat(Runs.item(module).units()).isEqualTo(START + 60L * 50_003);
  }
}
