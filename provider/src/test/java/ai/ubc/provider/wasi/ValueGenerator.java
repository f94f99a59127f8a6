package ai.ubc.provider.wasi;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Writes code that leaves values of given types, from a seed. */
abstract class ValueGenerator {

  /** Types of numbers as letters, in the order of their encodings downwards from 0x7F. */
  static final String NUMBERS = "iIfF";

  static final int GLOBALS_OF_A_TYPE = 2;
  private static final int[] SPECIAL_F32 = {
    0x7FC00000,
    0xFFC00000,
    0x7FA00001,
    0xFFFFFFFF,
    0x7F800000,
    0xFF800000,
    0x80000000,
    1,
    0x3F800000,
    0x4F000000,
    0xCF000000,
    0x5F000000,
    0x3EFFFFFF,
    0x7F7FFFFF
  };
  private static final long[] SPECIAL_F64 = {
    0x7FF8000000000000L, 0xFFF8000000000000L, 0x7FF4000000000001L, -1L, 0x7FF0000000000000L,
    0xFFF0000000000000L, 0x8000000000000000L, 1, 0x3FF0000000000000L, 0x41E0000000000000L,
    0xC1E0000000000000L, 0x43E0000000000000L, 0x3FDFFFFFFFFFFFFFL, 0x36A0000000000000L
  };

  final SplittableRandom random;

  /** Types that the labels in scope take, the innermost first. */
  final List<String> labels = new ArrayList<>();

  ByteWriter code = new ByteWriter(256);

  /** Types of the locals, each of them among them. */
  String locals = "";

  ValueGenerator(long seed) {
    random = new SplittableRandom(seed);
  }

  final char randomType() {
    return NUMBERS.charAt(random.nextInt(NUMBERS.length()));
  }

  final int global(char type) {
    return NUMBERS.indexOf(type) * GLOBALS_OF_A_TYPE + random.nextInt(GLOBALS_OF_A_TYPE);
  }

  /** Opens a block, loop or if (after its condition) whose label takes so many values. */
  final void open(int opcode, String types) {
    if (opcode == 0x04) {
      value('i', 2);
    }
    code.writeByte(opcode);
    code.writeByte(types.isEmpty() ? 0x40 : 0x7F - NUMBERS.indexOf(types.charAt(0)));
    labels.addFirst(types);
  }

  final void close() {
    code.writeByte(Instruction.END);
    labels.removeFirst();
  }

  final void values(String types) {
    types.chars().forEach(type -> value((char) type, 2));
  }

  /** Code that leaves one value of a type. */
  final void value(char type, int depth) {
    switch (random.nextInt(depth > 0 ? 12 : 4)) {
      case 0 -> constant(type);
      case 1 -> code.writeByte(Instruction.GLOBAL_GET).writeU32(global(type));
      case 2, 3 -> {
        int local = random.nextInt(locals.length());
        int at = locals.indexOf(type, local);
        code.writeByte(0x20).writeU32(at < 0 ? locals.indexOf(type) : at);
      }
      case 4 -> load(type);
      case 5 -> {
        value(type, depth - 1);
        value(type, depth - 1);
        value('i', depth - 1);
        code.writeByte(0x1B);
      }
      case 6 -> {
        open(0x04, String.valueOf(type));
        value(type, depth - 1);
        code.writeByte(0x05);
        value(type, depth - 1);
        close();
      }
      default -> operation(type, depth - 1);
    }
  }

  private void load(char type) {
    int[] opcodes =
        switch (type) {
          case 'i' -> new int[] {0x28, 0x2C, 0x2D, 0x2E, 0x2F};
          case 'I' -> new int[] {0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35};
          case 'f' -> new int[] {0x2A};
          default -> new int[] {0x2B};
        };
    code.writeByte(0x41).writeSigned(random.nextInt(0xEFFF));
    code.writeByte(opcodes[random.nextInt(opcodes.length)]).writeU32(0);
    code.writeU32(random.nextInt(3_000));
  }

  final void constant(char type) {
    switch (type) {
      case 'i' -> code.writeByte(0x41).writeSigned(random.nextInt() >> random.nextInt(32));
      case 'I' -> code.writeByte(0x42).writeSigned(random.nextLong() >> random.nextInt(64));
      case 'f' -> {
        boolean special = random.nextInt(3) == 0;
        int bits = special ? SPECIAL_F32[random.nextInt(SPECIAL_F32.length)] : random.nextInt();
        code.writeByte(0x43);
        for (int i = 0; i < 4; i++) {
          code.writeByte(bits >>> (8 * i));
        }
      }
      default -> {
        boolean special = random.nextInt(3) == 0;
        long bits = special ? SPECIAL_F64[random.nextInt(SPECIAL_F64.length)] : random.nextLong();
        code.writeByte(0x44);
        for (int i = 0; i < 8; i++) {
          code.writeByte((int) (bits >>> (8 * i)));
        }
      }
    }
  }

  private void operation(char type, int depth) {
    switch (type) {
      case 'i' -> integer(depth);
      case 'I' -> longInteger(depth);
      case 'f' -> f32(depth);
      default -> f64(depth);
    }
  }

  private void integer(int depth) {
    switch (random.nextInt(8)) {
      case 0 -> unary('i', depth, 0x45, 0x67, 0x68, 0x69, 0xC0, 0xC1);
      case 1 -> binary('i', depth, 0x46 + random.nextInt(10));
      case 2 -> {
        char of = randomType();
        switch (of) {
          case 'i' -> binary(of, depth, 0x46 + random.nextInt(10));
          case 'I' -> binary(of, depth, 0x51 + random.nextInt(10));
          case 'f' -> binary(of, depth, 0x5B + random.nextInt(6));
          default -> binary(of, depth, 0x61 + random.nextInt(6));
        }
      }
      case 3 -> unary('I', depth, 0x50, 0xA7);
      case 4 -> {
        boolean wide = random.nextBoolean();
        value(wide ? 'F' : 'f', depth);
        truncate(wide ? 2 : 0, wide ? 0xAA : 0xA8);
      }
      case 5 -> unary('f', depth, 0xBC);
      case 6 -> division('i', depth, 0x6D);
      default ->
          binary('i', depth, 0x6A, 0x6B, 0x6C, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78);
    }
  }

  private void longInteger(int depth) {
    switch (random.nextInt(6)) {
      case 0 -> unary('I', depth, 0x79, 0x7A, 0x7B, 0xC2, 0xC3, 0xC4);
      case 1 -> unary('i', depth, 0xAC, 0xAD);
      case 2 -> {
        boolean wide = random.nextBoolean();
        value(wide ? 'F' : 'f', depth);
        truncate(wide ? 6 : 4, wide ? 0xB0 : 0xAE);
      }
      case 3 -> unary('F', depth, 0xBD);
      case 4 -> division('I', depth, 0x7F);
      default ->
          binary('I', depth, 0x7C, 0x7D, 0x7E, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A);
    }
  }

  /** Mostly without traps. */
  private void truncate(int saturating, int trapping) {
    int sign = random.nextInt(2);
    if (random.nextInt(30) == 0) {
      code.writeByte(trapping + sign);
    } else {
      code.writeByte(0xFC).writeU32(saturating + sign);
    }
  }

  /** Mostly by an odd number. */
  private void division(char type, int depth, int firstOpcode) {
    value(type, depth);
    value(type, depth);
    if (random.nextInt(30) > 0) {
      code.writeByte(type == 'i' ? 0x41 : 0x42).writeSigned(1).writeByte(type == 'i' ? 0x72 : 0x84);
    }
    code.writeByte(firstOpcode + random.nextInt(4));
  }

  private void f32(int depth) {
    switch (random.nextInt(6)) {
      case 0 -> unary('f', depth, 0x8B, 0x8C, 0x8D, 0x8E, 0x8F, 0x90, 0x91);
      case 1 -> unary('i', depth, 0xB2, 0xB3, 0xBE);
      case 2 -> unary('I', depth, 0xB4, 0xB5);
      case 3 -> unary('F', depth, 0xB6);
      default -> binary('f', depth, 0x92 + random.nextInt(7));
    }
  }

  private void f64(int depth) {
    switch (random.nextInt(6)) {
      case 0 -> unary('F', depth, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F);
      case 1 -> unary('I', depth, 0xB9, 0xBA, 0xBF);
      case 2 -> unary('i', depth, 0xB7, 0xB8);
      case 3 -> unary('f', depth, 0xBB);
      default -> binary('F', depth, 0xA0 + random.nextInt(7));
    }
  }

  private void unary(char operand, int depth, int... opcodes) {
    value(operand, depth);
    code.writeByte(opcodes[random.nextInt(opcodes.length)]);
  }

  private void binary(char operand, int depth, int... opcodes) {
    value(operand, depth);
    value(operand, depth);
    code.writeByte(opcodes[random.nextInt(opcodes.length)]);
  }
}
