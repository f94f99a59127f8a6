package ai.ubc.provider.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.TrapKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Functions too large for a local of their own to be metered by count the same. */
class LargeFunctionTest {

  private static final int NOPS = 9_000;

  /** The code behind so many instructions that do nothing. */
  private static int[] large(int... code) {
    int[] all = new int[NOPS + code.length];
    Arrays.fill(all, 0x01);
    System.arraycopy(code, 0, all, NOPS, code.length);
    return all;
  }

  /** {@code for (i = times; i != 0; i--) call function 1}, with i in local 0. */
  private static int[] calling(int times) {
    ByteWriter code = ModuleBuilder.bytes(0x41).writeSigned(times).writeByte(0x21).writeByte(0);
    code.write(ModuleBuilder.bytes(0x03, 0x40, 0x10, 1, 0x20, 0, 0x41, 1, 0x6B, 0x22, 0));
    code.write(ModuleBuilder.bytes(0x0D, 0, 0x0B));
    byte[] bytes = code.toArray();
    int[] all = new int[bytes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = bytes[i] & 0xFF;
    }
    return all;
  }

  @Test
  void callsThatReturnTakeNoDepth() {
    // Were the slots of one frame left behind, these calls would be more than there may be.
    byte[] module =
        ModuleBuilder.command()
            .function(0, "i", calling(400_000))
            .function(0, "", large(0x10, 2, 0x10, 3))
            .function(0, "", 0x10, 3)
            .function(0, "", 0x01)
            .build();
    assertThat(Runs.compiled(module).outcome()).isEqualTo(new Outcome.Exit(0));
  }

  @Test
  void recursionThroughALargeFunctionIsTooDeepInTheEnd() {
    byte[] module =
        ModuleBuilder.command()
            .function(0, "", 0x10, 1)
            .function(0, "", large(0x10, 2))
            .function(0, "", 0x10, 3, 0x10, 1)
            .function(0, "", 0x01)
            .build();
    assertThat(Runs.compiled(module).outcome()).isEqualTo(new Outcome.Trap(TrapKind.CALL_DEPTH));
  }

  @Test
  void unitsAreTheSumOfWhatALargeFunctionExecutes() {
    long callOfLarge = 10 + NOPS;
    byte[] once = ModuleBuilder.command().function(0, "", 0x10, 1).function(0, "", large()).build();
    byte[] twice =
        ModuleBuilder.command().function(0, "", 0x10, 1, 0x10, 1).function(0, "", large()).build();
    assertThat(Runs.item(twice).units() - Runs.item(once).units()).isEqualTo(callOfLarge);
  }

  @Test
  void everyWayOutOfALargeFunctionGivesItsResult() {
    // if (p == 0) return 10; if (p == 1) br out with 11; br_table to out with 12
    int[] body =
        large(
            0x20, 0, 0x45, 0x04, 0x40, 0x41, 10, 0x0F, 0x0B, //
            0x41, 11, 0x20, 0, 0x41, 1, 0x46, 0x0D, 0, 0x1A, //
            0x10, 2, //
            0x41, 12, 0x41, 0, 0x0E, 0, 0);
    byte[] module =
        ModuleBuilder.command()
            .type("i", "i")
            .function(0, "", expecting(10, 11, 12))
            .function(1, "", body)
            .function(0, "", 0x10, 3)
            .function(0, "", 0x01)
            .build();
    assertThat(Runs.item(module).outcome()).isEqualTo(new Outcome.Exit(0));
  }

  /** Traps unless function 1 gives these for 0, 1, 2. */
  private static int[] expecting(int... results) {
    int[] code = new int[11 * results.length];
    for (int i = 0; i < results.length; i++) {
      int[] check = {0x41, i, 0x10, 1, 0x41, results[i], 0x47, 0x04, 0x40, 0x00, 0x0B};
      System.arraycopy(check, 0, code, 11 * i, 11);
    }
    return code;
  }
}
