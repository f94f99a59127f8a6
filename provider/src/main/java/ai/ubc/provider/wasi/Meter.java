package ai.ubc.provider.wasi;

import ai.ubc.domain.Genesis;

/**
 * The meter table of {@code wasi/1}. A change to a number here, to an instruction's weight in
 * {@link Instruction}, to the rewriting, or to the compiler is a new version: two providers agree
 * on units only under the same version.
 */
final class Meter {

  /** Names the meter table and the rewriting; the number is that of the ledger's class. */
  static final String VERSION = "wasi/" + Genesis.CLASS_WASI;

  /** Units of a job, whatever it does. */
  static final long JOB = 100_000;

  /** Units for each byte of the module: reading, checking, rewriting and compiling it. */
  static final long MODULE_BYTE = 500;

  /** Units for each pair of a type and a function: the compiler compares every one. */
  static final long TYPE_AND_FUNCTION = 200;

  /** Units of an item, whatever it does. */
  static final long ITEM = 50_000;

  /** Units for each page of memory that an item starts with, or asks for later. */
  static final int PAGE = 4_096;

  /** Units for each element of a table that an item starts with. */
  static final int TABLE_ELEMENT = 1;

  /** A bulk instruction pays one unit for so many bytes or elements, rounded down. */
  static final int BULK_SHIFT = 3;

  /** Units of a system call, whatever it does. */
  static final int SYSTEM_CALL = 200;

  /** A system call pays one unit for so many bytes that it moves, rounded down. */
  static final int SYSTEM_BYTES_SHIFT = 2;

  /** Units for each entry of a directory that a system call looks at. */
  static final int DIRECTORY_ENTRY = 20;

  /**
   * Units are drawn from the budget in quanta; the running function holds the rest of the present
   * one. A trap is charged to the end of its quantum.
   */
  static final int QUANTUM = 1 << 16;

  /** Slots that the frames of nested calls may have together; see {@link #frameSlots}. */
  static final int FRAME_SLOTS_MAX = 1 << 23;

  /** Virtual nanoseconds that a unit takes. */
  static final long NANOSECONDS_PER_UNIT = 1;

  /** The virtual clock at an item's start: 2026-01-01T00:00:00Z, in nanoseconds since 1970. */
  static final long CLOCK_START = 1_767_225_600_000_000_000L;

  private Meter() {}

  /** Units of a job before its module is looked at. */
  static long jobUnits(int moduleBytes) {
    return JOB + MODULE_BYTE * moduleBytes;
  }

  /** Units of compiling a module. */
  static long compilationUnits(int types, int functions) {
    return TYPE_AND_FUNCTION * types * functions;
  }

  /**
   * What a function's frame counts: its parameters, locals and operands, and an allowance for the
   * frame itself.
   */
  static int frameSlots(int localCount, int operandsMax) {
    return 32 + localCount + operandsMax;
  }
}
