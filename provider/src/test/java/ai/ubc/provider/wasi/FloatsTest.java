package ai.ubc.provider.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/**
 * A NaN that an instruction made has one form; one that the program made by its bits keeps them.
 */
class FloatsTest {

  private static final int CANONICAL_F32 = 0x7FC00000;
  private static final long CANONICAL_F64 = 0x7FF8000000000000L;
  private static final int MARKED_F32 = 0xFFC12345;
  private static final long MARKED_F64 = 0xFFF8123456789ABCL;

  /** Runs an operation on marked NaNs many times over, and prints the bits of the last result. */
  private static ByteBuffer bitsAfter(boolean wide, int operands, int... operation) {
    ByteWriter code = new ByteWriter(64);
    // i32.const 100_000; local.set 0; loop; address; operands; operation; store; count down; end
    code.writeByte(0x41).writeSigned(100_000).writeByte(0x21).writeU32(0);
    code.writeByte(0x03).writeByte(0x40).writeByte(0x41).writeSigned(64);
    for (int i = 0; i < operands; i++) {
      code.writeByte(0x41).writeSigned(128);
      code.writeByte(wide ? 0x2B : 0x2A).writeU32(0).writeU32(wide ? 8 : 0); // f64.load, f32.load
    }
    boolean wideResult = wide;
    for (int b : operation) {
      code.writeByte(b);
      wideResult = b == 0xBB || (wideResult && b != 0xB6);
    }
    code.writeByte(wideResult ? 0x39 : 0x38).writeU32(0).writeU32(0);
    code.writeByte(0x20).writeU32(0).writeByte(0x41).writeSigned(1).writeByte(0x6B);
    code.writeByte(0x22).writeU32(0).writeByte(0x0D).writeU32(0).writeByte(0x0B);
    // fd_write(1, 32, 1, 48): the vector at 32 is (64, 8)
    for (int constant : new int[] {1, 32, 1, 48}) {
      code.writeByte(0x41).writeSigned(constant);
    }
    code.writeByte(0x10).writeU32(0).writeByte(0x1A);
    byte[] bytes = code.toArray();
    int[] ints = new int[bytes.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = bytes[i];
    }
    byte[] module =
        new ModuleBuilder()
            .type("", "")
            .type("iiii", "i")
            .importFunction(SystemCalls.MODULE, "fd_write", 1)
            .memory(0, 1)
            .export("_start", 0, 1)
            .export("memory", 2, 0)
            .function(0, "i", ints)
            .data(32, littleEndian(64, 4) + littleEndian(8, 4))
            .data(
                128, littleEndian(MARKED_F32, 4) + littleEndian(0, 4) + littleEndian(MARKED_F64, 8))
            .build();
    ItemResult result = Runs.compiled(module);
    assertThat(result.outcome()).isEqualTo(new Outcome.Exit(0));
    return ByteBuffer.wrap(result.stdout().toArray()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String littleEndian(long bits, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) ((bits >>> (8 * i)) & 0xFF));
    }
    return text.toString();
  }

  @Test
  void arithmeticMakesTheCanonicalNan() {
    // ceil, floor, trunc, nearest, sqrt
    for (int operation : new int[] {0x8D, 0x8E, 0x8F, 0x90, 0x91}) {
      assertThat(bitsAfter(false, 1, operation).getInt(0)).isEqualTo(CANONICAL_F32);
      assertThat(bitsAfter(true, 1, operation + 14).getLong(0)).isEqualTo(CANONICAL_F64);
    }
    // add, sub, mul, div, min, max
    for (int operation : new int[] {0x92, 0x93, 0x94, 0x95, 0x96, 0x97}) {
      assertThat(bitsAfter(false, 2, operation).getInt(0)).isEqualTo(CANONICAL_F32);
      assertThat(bitsAfter(true, 2, operation + 14).getLong(0)).isEqualTo(CANONICAL_F64);
    }
    assertThat(bitsAfter(true, 1, 0xB6).getInt(0)).isEqualTo(CANONICAL_F32);
    assertThat(bitsAfter(false, 1, 0xBB).getLong(0)).isEqualTo(CANONICAL_F64);
  }

  @Test
  void movingAndSigningANanKeepsItsBits() {
    assertThat(bitsAfter(false, 1).getInt(0)).isEqualTo(MARKED_F32);
    assertThat(bitsAfter(true, 1).getLong(0)).isEqualTo(MARKED_F64);
    // abs, neg
    assertThat(bitsAfter(false, 1, 0x8B).getInt(0)).isEqualTo(MARKED_F32 & Integer.MAX_VALUE);
    assertThat(bitsAfter(false, 1, 0x8C).getInt(0)).isEqualTo(MARKED_F32 & Integer.MAX_VALUE);
    assertThat(bitsAfter(true, 1, 0x99).getLong(0)).isEqualTo(MARKED_F64 & Long.MAX_VALUE);
    assertThat(bitsAfter(true, 1, 0x9A).getLong(0)).isEqualTo(MARKED_F64 & Long.MAX_VALUE);
    // copysign
    assertThat(bitsAfter(false, 2, 0x98).getInt(0)).isEqualTo(MARKED_F32);
    assertThat(bitsAfter(true, 2, 0xA6).getLong(0)).isEqualTo(MARKED_F64);
  }
}
