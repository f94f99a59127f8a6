package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Limits;

/**
 * How large a module and its parts may be, so that taking one in costs no more than its size says.
 */
final class AdmissionLimits {

  static final int MODULE_BYTES_MAX = 16 << 20;
  static final int TYPES_MAX = 1_024;
  static final int PARAMETERS_MAX = 120;
  static final int RESULTS_MAX = 16;
  static final int IMPORTS_MAX = 256;
  static final int FUNCTIONS_MAX = 16_384;

  /** Pairs of a type and a function. */
  static final int TYPES_AND_FUNCTIONS_MAX = 2 << 20;

  /** Pairs of a type and a function of an equal type; compilers make each type once. */
  static final int FUNCTIONS_OF_TYPES_MAX = 65_536;

  static final int FUNCTION_BYTES_MAX = 512 << 10;
  static final int LOCALS_MAX = 8_192;
  static final int NESTING_MAX = 1_024;
  static final int TABLES_MAX = 8;
  static final int TABLE_ELEMENTS_MAX = 65_536;
  static final int GLOBALS_MAX = 8_192;
  static final int EXPORTS_MAX = 8_192;
  static final int SEGMENTS_MAX = 16_384;
  static final int MEMORY_PAGES_MAX = Limits.MEMORY_PAGES_CEILING;

  private AdmissionLimits() {}

  static void require(String what, long count, long most) throws InvalidProgram {
    if (Long.compareUnsigned(count, most) > 0) {
      throw new InvalidProgram(
          Long.toUnsignedString(count) + ' ' + what + ", more than the " + most + " allowed");
    }
  }
}
