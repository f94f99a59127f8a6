package ai.ubc.provider.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.TrapKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrapTest {

  private static void assertTraps(TrapKind kind, int... code) {
    assertTraps(kind, ModuleBuilder.ofStart(code));
  }

  private static void assertTraps(TrapKind kind, byte[] module) {
    assertThat(Runs.item(module).outcome()).isEqualTo(new Outcome.Trap(kind));
  }

  /**
   * Compiled only: the interpreter's frames on the host's stack are larger than its slots allow.
   */
  private static void assertTooDeep(byte[] module) {
    assertThat(Runs.compiled(module).outcome()).isEqualTo(new Outcome.Trap(TrapKind.CALL_DEPTH));
  }

  @Test
  void eachWayToTrapHasItsKind() {
    assertTraps(TrapKind.UNREACHABLE, 0x00);
    // i32.load at 65,533 and at -1; i64.store8 at 65,536; memory.fill and memory.copy over the end
    assertTraps(TrapKind.MEMORY_BOUNDS, 0x41, 0xFD, 0xFF, 3, 0x28, 0, 0, 0x1A);
    assertTraps(TrapKind.MEMORY_BOUNDS, 0x41, 0x7F, 0x2D, 0, 0, 0x1A);
    assertTraps(TrapKind.MEMORY_BOUNDS, 0x41, 0x80, 0x80, 4, 0x42, 0, 0x3C, 0, 0);
    assertTraps(TrapKind.MEMORY_BOUNDS, 0x41, 1, 0x41, 0, 0x41, 0x80, 0x80, 4, 0xFC, 11, 0);
    assertTraps(TrapKind.MEMORY_BOUNDS, 0x41, 0, 0x41, 1, 0x41, 0x80, 0x80, 4, 0xFC, 10, 0, 0);
    // An address of 1 and an offset of 2^32-1.
    assertTraps(TrapKind.MEMORY_BOUNDS, 0x41, 1, 0x28, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x1A);
    // 1 / 0 and 1 % 0, 32 and 64 bits, signed and unsigned
    for (int operation : new int[] {0x6D, 0x6E, 0x6F, 0x70}) {
      assertTraps(TrapKind.DIVIDE_BY_ZERO, 0x41, 1, 0x41, 0, operation, 0x1A);
      assertTraps(TrapKind.DIVIDE_BY_ZERO, 0x42, 1, 0x42, 0, operation + 18, 0x1A);
    }
    // -2^31 / -1
    assertTraps(
        TrapKind.INTEGER_OVERFLOW, 0x41, 0x80, 0x80, 0x80, 0x80, 0x78, 0x41, 0x7F, 0x6D, 0x1A);
    for (int operation : new int[] {0xA8, 0xA9, 0xAE, 0xAF}) {
      assertTraps(TrapKind.INVALID_CONVERSION, 0x43, 0, 0, 0xC0, 0x7F, operation, 0x1A);
      assertTraps(TrapKind.INTEGER_OVERFLOW, 0x43, 0, 0, 0x80, 0x7F, operation, 0x1A);
    }
    for (int operation : new int[] {0xAA, 0xAB, 0xB0, 0xB1}) {
      int[] nan = {0x44, 0, 0, 0, 0, 0, 0, 0xF8, 0x7F, operation, 0x1A};
      assertTraps(TrapKind.INVALID_CONVERSION, nan);
      nan[7] = 0xF0;
      assertTraps(TrapKind.INTEGER_OVERFLOW, nan);
    }
  }

  @Test
  void tablesTrap() {
    for (int index : new int[] {1, 2, 5, 0x7F}) {
      // Calls entry 0 of type () -> () (itself a return), 1 of another type, 2 null, 5 and -1
      // outside.
      byte[] module =
          ModuleBuilder.command()
              .type("i", "")
              .table(3, 3)
              .elements(0, 1, 2)
              .function(0, "", 0x41, 0, 0x11, 0, 0, 0x41, index, 0x11, 0, 0)
              .function(0, "")
              .function(1, "")
              .build();
      assertTraps(TrapKind.INDIRECT_CALL, module);
    }
    byte[] outside =
        ModuleBuilder.command().table(3, 3).function(0, "", 0x41, 3, 0x25, 0, 0x1A).build();
    assertTraps(TrapKind.TABLE_BOUNDS, outside);
    byte[] copies =
        ModuleBuilder.command()
            .table(3, 3)
            .function(0, "", 0x41, 1, 0x41, 0, 0x41, 3, 0xFC, 14, 0, 0)
            .build();
    assertTraps(TrapKind.TABLE_BOUNDS, copies);
  }

  @Test
  void dataAndElementsThatDoNotFitTrapBeforeTheStart() {
    ItemResult data = Runs.item(ModuleBuilder.command().data(65_535, "ab").function(0, "").build());
    assertThat(data.outcome()).isEqualTo(new Outcome.Trap(TrapKind.MEMORY_BOUNDS));
    assertThat(data.units()).isEqualTo(Meter.ITEM + Meter.PAGE);
    ItemResult elements =
        Runs.item(ModuleBuilder.command().table(1, 1).elements(1, 0).function(0, "").build());
    assertThat(elements.outcome()).isEqualTo(new Outcome.Trap(TrapKind.TABLE_BOUNDS));
  }

  @Test
  void recursionWithoutEndTrapsAtAStatedDepth() {
    // 1: f(n) = f(n + 1)
    byte[] module =
        ModuleBuilder.command()
            .type("i", "i")
            .function(0, "", 0x41, 0, 0x10, 1, 0x1A)
            .function(1, "", 0x20, 0, 0x41, 1, 0x6A, 0x10, 1)
            .build();
    ItemResult result = Runs.compiled(module);
    assertThat(result.outcome()).isEqualTo(new Outcome.Trap(TrapKind.CALL_DEPTH));
    long frames = Meter.FRAME_SLOTS_MAX / Meter.frameSlots(1, 2);
    // Each call but the last pays 13; the trap is charged to the end of its quantum.
    long paid = 13 * frames;
    assertThat(result.units() - Meter.ITEM - Meter.PAGE).isBetween(paid, paid + 2L * Meter.QUANTUM);
  }

  @Test
  void recursionThroughATableTraps() {
    byte[] module =
        ModuleBuilder.command()
            .table(1, 1)
            .elements(0, 0)
            .function(0, "", 0x41, 0, 0x11, 0, 0)
            .build();
    assertTooDeep(module);
  }

  @Test
  void recursionWithManyParametersAndResultsTraps() {
    int[] passOn = new int[2 * 120 + 5];
    for (int i = 0; i < 120; i++) {
      passOn[2 * i] = 0x20;
      passOn[2 * i + 1] = i;
    }
    System.arraycopy(new int[] {0x41, 1, 0x11, 1, 0}, 0, passOn, 240, 5);
    int[] begin = new int[2 * 120 + 2];
    for (int i = 0; i < 240; i += 2) {
      begin[i] = 0x42;
    }
    begin[240] = 0x10;
    begin[241] = 1;
    assertTooDeep(
        ModuleBuilder.command()
            .type("I".repeat(120), "")
            .table(2, 2)
            .elements(0, 0, 1)
            .function(0, "", begin)
            .function(1, "", passOn)
            .build());
    int[] drops = new int[2 + 16];
    Arrays.fill(drops, 0x1A);
    drops[0] = 0x10;
    drops[1] = 1;
    assertTooDeep(
        ModuleBuilder.command()
            .type("", "I".repeat(16))
            .function(0, "", drops)
            .function(1, "", 0x10, 1)
            .build());
  }

  @Test
  void recursionWithLargeFramesTrapsBeforeTheHostsStackEnds() {
    // A frame of 1,000 i64 locals, and operands that stay on the stack across the call.
    List<Integer> code = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      code.addAll(List.of(0x42, 1, 0x21, 0x80 | (i & 0x7F), i >>> 7));
    }
    for (int i = 0; i < 200; i++) {
      code.addAll(List.of(0x20, 0x80 | (i & 0x7F), i >>> 7));
    }
    code.addAll(List.of(0x10, 0));
    for (int i = 0; i < 200; i++) {
      code.addAll(List.of(0x21, 0x80 | (i & 0x7F), i >>> 7));
    }
    byte[] module =
        ModuleBuilder.command()
            .function(0, "I".repeat(1_000), code.stream().mapToInt(i -> i).toArray())
            .build();
    assertThat(Runs.compiled(module).outcome()).isEqualTo(new Outcome.Trap(TrapKind.CALL_DEPTH));
  }

  @Test
  void memoryBeyondTheJobsLimitIsRefused() {
    byte[] module = ModuleBuilder.command().boundedMemory(3, 10).function(0, "").build();
    ItemResult result = Runs.item(module, new Limits(1 << 30, 2, 0));
    assertThat(result.outcome()).isEqualTo(new Outcome.Trap(TrapKind.INVALID_PROGRAM));
    assertThat(result.detail()).isEqualTo("the program needs 3 pages of memory, the job allows 2");
    assertThat(Runs.item(module, new Limits(1 << 30, 3, 0)).outcome())
        .isEqualTo(new Outcome.Exit(0));
  }
}
