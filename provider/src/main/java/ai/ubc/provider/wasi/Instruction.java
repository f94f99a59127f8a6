package ai.ubc.provider.wasi;

import org.jspecify.annotations.Nullable;

/**
 * An instruction that programs may use: what follows its opcode, what it does to the operand stack,
 * and its weight.
 *
 * @param immediate what follows the opcode
 * @param pops operands taken; for calls and blocks the type decides instead
 * @param pushes operands left
 * @param weight units, see docs/spec/wasi-1.md
 * @param nan the type of a result that may be a NaN of any bits, to be made canonical
 */
record Instruction(Immediate immediate, int pops, int pushes, int weight, NanResult nan) {

  /** What follows an opcode. */
  enum Immediate {
    NONE,
    BLOCK_TYPE,
    LABEL,
    LABELS,
    FUNCTION,
    TYPE_AND_TABLE,
    LOCAL,
    GLOBAL,
    TABLE,
    TWO_TABLES,
    ELEMENTS_AND_TABLE,
    ELEMENTS,
    MEMORY_ADDRESS,
    MEMORY,
    TWO_MEMORIES,
    DATA_AND_MEMORY,
    DATA,
    VALUE_TYPES,
    HEAP_TYPE,
    I32,
    I64,
    F32,
    F64
  }

  /**
   * Whether a result is a floating-point number that the machine may have given NaN bits of its own
   * choice.
   */
  enum NanResult {
    NEVER,
    F32,
    F64
  }

  static final int UNREACHABLE = 0x00;
  static final int BLOCK = 0x02;
  static final int LOOP = 0x03;
  static final int IF = 0x04;
  static final int ELSE = 0x05;
  static final int END = 0x0B;
  static final int BR = 0x0C;
  static final int BR_IF = 0x0D;
  static final int BR_TABLE = 0x0E;
  static final int RETURN = 0x0F;
  static final int CALL = 0x10;
  static final int CALL_INDIRECT = 0x11;
  static final int LOCAL_GET = 0x20;
  static final int LOCAL_SET = 0x21;
  static final int LOCAL_TEE = 0x22;
  static final int GLOBAL_GET = 0x23;
  static final int GLOBAL_SET = 0x24;
  static final int MEMORY_GROW = 0x40;
  static final int I32_CONST = 0x41;
  static final int I64_CONST = 0x42;
  static final int F32_CONST = 0x43;
  static final int F64_CONST = 0x44;
  static final int I32_GT_U = 0x4B;
  static final int I32_LT_S = 0x48;
  static final int I32_LE_U = 0x4D;
  static final int I64_LT_U = 0x54;
  static final int I64_LE_S = 0x57;
  static final int I64_GE_U = 0x5A;
  static final int F32_EQ = 0x5B;
  static final int F32_NE = 0x5C;
  static final int F64_NE = 0x62;
  static final int F64_GE = 0x66;
  static final int I32_ADD = 0x6A;
  static final int I32_SUB = 0x6B;
  static final int I32_MUL = 0x6C;
  static final int I32_SHR_U = 0x76;
  static final int I64_ADD = 0x7C;
  static final int I64_SUB = 0x7D;
  static final int I64_AND = 0x83;
  static final int I64_OR = 0x84;
  static final int I32_WRAP_I64 = 0xA7;
  static final int I32_TRUNC_F32_S = 0xA8;
  static final int I32_TRUNC_F64_U = 0xAB;
  static final int I64_EXTEND_I32_S = 0xAC;
  static final int I64_TRUNC_F32_S = 0xAE;
  static final int I64_TRUNC_F64_U = 0xB1;
  static final int PREFIX = 0xFC;

  /**
   * Whether an instruction gives the same whatever NaN its operand on top is: comparisons,
   * conversions to integers, and those whose own NaNs are made canonical.
   */
  static boolean forgetsNan(int opcode) {
    Instruction instruction = plain(opcode);
    boolean isComparison = opcode >= F32_EQ && opcode <= F64_GE;
    boolean isTruncation =
        (opcode >= I32_TRUNC_F32_S && opcode <= I32_TRUNC_F64_U)
            || (opcode >= I64_TRUNC_F32_S && opcode <= I64_TRUNC_F64_U);
    return isComparison
        || isTruncation
        || (instruction != null && instruction.nan() != NanResult.NEVER);
  }

  /** Second bytes after {@link #PREFIX}. */
  static final int MEMORY_INIT = 8;

  static final int MEMORY_COPY = 10;
  static final int MEMORY_FILL = 11;
  static final int TABLE_INIT = 12;
  static final int TABLE_COPY = 14;
  static final int TABLE_GROW = 15;
  static final int TABLE_FILL = 17;

  private static final @Nullable Instruction[] PLAIN = new @Nullable Instruction[256];
  private static final @Nullable Instruction[] PREFIXED = new @Nullable Instruction[18];

  static {
    defineControl();
    defineVariables();
    defineMemory();
    defineIntegers();
    defineFloats();
    defineConversions();
    definePrefixed();
  }

  /** The instruction of a one-byte opcode, or null when programs may not use it. */
  static @Nullable Instruction plain(int opcode) {
    return PLAIN[opcode];
  }

  /** The instruction of an opcode after {@link #PREFIX}, or null when programs may not use it. */
  static @Nullable Instruction prefixed(int opcode) {
    return opcode < PREFIXED.length ? PREFIXED[opcode] : null;
  }

  private static void defineControl() {
    plain(0x00, Immediate.NONE, 0, 0, 1);
    plain(0x01, Immediate.NONE, 0, 0, 1);
    plain(0x02, Immediate.BLOCK_TYPE, 0, 0, 0);
    plain(0x03, Immediate.BLOCK_TYPE, 0, 0, 0);
    plain(0x04, Immediate.BLOCK_TYPE, 1, 0, 1);
    plain(0x05, Immediate.NONE, 0, 0, 0);
    plain(0x0B, Immediate.NONE, 0, 0, 0);
    plain(0x0C, Immediate.LABEL, 0, 0, 1);
    plain(0x0D, Immediate.LABEL, 1, 0, 1);
    plain(0x0E, Immediate.LABELS, 1, 0, 4);
    plain(0x0F, Immediate.NONE, 0, 0, 1);
    plain(0x10, Immediate.FUNCTION, 0, 0, 10);
    plain(0x11, Immediate.TYPE_AND_TABLE, 1, 0, 20);
    plain(0x1A, Immediate.NONE, 1, 0, 1);
    plain(0x1B, Immediate.NONE, 3, 1, 1);
    plain(0x1C, Immediate.VALUE_TYPES, 3, 1, 1);
  }

  private static void defineVariables() {
    plain(0x20, Immediate.LOCAL, 0, 1, 1);
    plain(0x21, Immediate.LOCAL, 1, 0, 1);
    plain(0x22, Immediate.LOCAL, 1, 1, 1);
    plain(0x23, Immediate.GLOBAL, 0, 1, 2);
    plain(0x24, Immediate.GLOBAL, 1, 0, 2);
    plain(0x25, Immediate.TABLE, 1, 1, 4);
    plain(0x26, Immediate.TABLE, 2, 0, 4);
    plain(0xD0, Immediate.HEAP_TYPE, 0, 1, 1);
    plain(0xD1, Immediate.NONE, 1, 1, 1);
    plain(0xD2, Immediate.FUNCTION, 0, 1, 1);
  }

  private static void defineMemory() {
    plainRange(0x28, 0x35, Immediate.MEMORY_ADDRESS, 1, 1, 2);
    plainRange(0x36, 0x3E, Immediate.MEMORY_ADDRESS, 2, 0, 2);
    plain(0x3F, Immediate.MEMORY, 0, 1, 2);
    plain(0x40, Immediate.MEMORY, 1, 1, 100);
  }

  private static void defineIntegers() {
    plain(0x41, Immediate.I32, 0, 1, 1);
    plain(0x42, Immediate.I64, 0, 1, 1);
    plain(0x43, Immediate.F32, 0, 1, 1);
    plain(0x44, Immediate.F64, 0, 1, 1);
    plain(0x45, Immediate.NONE, 1, 1, 1);
    plainRange(0x46, 0x4F, Immediate.NONE, 2, 1, 1);
    plain(0x50, Immediate.NONE, 1, 1, 1);
    plainRange(0x51, 0x66, Immediate.NONE, 2, 1, 1);
    for (int base : new int[] {0x67, 0x79}) {
      plainRange(base, base + 2, Immediate.NONE, 1, 1, 1); // clz, ctz, popcnt
      plainRange(base + 3, base + 4, Immediate.NONE, 2, 1, 1); // add, sub
      plain(base + 5, Immediate.NONE, 2, 1, 2); // mul
      plainRange(base + 6, base + 9, Immediate.NONE, 2, 1, 12); // div, rem
      plainRange(base + 10, base + 17, Immediate.NONE, 2, 1, 1); // logic, shifts
    }
  }

  private static void defineFloats() {
    for (int base : new int[] {0x8B, 0x99}) {
      NanResult nan = base == 0x8B ? NanResult.F32 : NanResult.F64;
      plainRange(base, base + 1, Immediate.NONE, 1, 1, 1); // abs, neg
      for (int opcode = base + 2; opcode <= base + 5; opcode++) {
        PLAIN[opcode] =
            new Instruction(Immediate.NONE, 1, 1, 6, nan); // ceil, floor, trunc, nearest
      }
      PLAIN[base + 6] = new Instruction(Immediate.NONE, 1, 1, 12, nan); // sqrt
      for (int opcode = base + 7; opcode <= base + 9; opcode++) {
        PLAIN[opcode] = new Instruction(Immediate.NONE, 2, 1, 4, nan); // add, sub, mul
      }
      PLAIN[base + 10] = new Instruction(Immediate.NONE, 2, 1, 12, nan); // div
      for (int opcode = base + 11; opcode <= base + 12; opcode++) {
        PLAIN[opcode] = new Instruction(Immediate.NONE, 2, 1, 6, nan); // min, max
      }
      plain(base + 13, Immediate.NONE, 2, 1, 2); // copysign
    }
  }

  private static void defineConversions() {
    plain(0xA7, Immediate.NONE, 1, 1, 1);
    plainRange(0xA8, 0xAB, Immediate.NONE, 1, 1, 4); // trapping truncations to i32
    plainRange(0xAC, 0xAD, Immediate.NONE, 1, 1, 1);
    plainRange(0xAE, 0xB1, Immediate.NONE, 1, 1, 4); // trapping truncations to i64
    plainRange(0xB2, 0xB5, Immediate.NONE, 1, 1, 2); // integer to f32
    PLAIN[0xB6] = new Instruction(Immediate.NONE, 1, 1, 4, NanResult.F32); // demote
    plainRange(0xB7, 0xBA, Immediate.NONE, 1, 1, 2); // integer to f64
    PLAIN[0xBB] = new Instruction(Immediate.NONE, 1, 1, 4, NanResult.F64); // promote
    plainRange(0xBC, 0xBF, Immediate.NONE, 1, 1, 1); // reinterpretations
    plainRange(0xC0, 0xC4, Immediate.NONE, 1, 1, 1); // sign extensions
  }

  private static void definePrefixed() {
    for (int opcode = 0; opcode <= 7; opcode++) {
      prefixed(opcode, Immediate.NONE, 1, 1, 4); // saturating truncations
    }
    prefixed(MEMORY_INIT, Immediate.DATA_AND_MEMORY, 3, 0, 10);
    prefixed(9, Immediate.DATA, 0, 0, 10);
    prefixed(MEMORY_COPY, Immediate.TWO_MEMORIES, 3, 0, 10);
    prefixed(MEMORY_FILL, Immediate.MEMORY, 3, 0, 10);
    prefixed(TABLE_INIT, Immediate.ELEMENTS_AND_TABLE, 3, 0, 10);
    prefixed(13, Immediate.ELEMENTS, 0, 0, 10);
    prefixed(TABLE_COPY, Immediate.TWO_TABLES, 3, 0, 10);
    prefixed(TABLE_GROW, Immediate.TABLE, 2, 1, 50_000);
    prefixed(16, Immediate.TABLE, 0, 1, 2);
    prefixed(TABLE_FILL, Immediate.TABLE, 3, 0, 10);
  }

  private static void plain(int opcode, Immediate immediate, int pops, int pushes, int weight) {
    PLAIN[opcode] = new Instruction(immediate, pops, pushes, weight, NanResult.NEVER);
  }

  private static void plainRange(
      int first, int last, Immediate immediate, int pops, int pushes, int weight) {
    for (int opcode = first; opcode <= last; opcode++) {
      plain(opcode, immediate, pops, pushes, weight);
    }
  }

  private static void prefixed(int opcode, Immediate immediate, int pops, int pushes, int weight) {
    PREFIXED[opcode] = new Instruction(immediate, pops, pushes, weight, NanResult.NEVER);
  }
}
