package ai.ubc.provider.wasi;

/**
 * What rewriting adds to a module: four globals, five functions and a table, after the program's
 * own, so that no index of the program changes. The program can not name them: it was validated
 * before they were there.
 *
 * @param firstGlobal the index of the first added global
 * @param firstFunction the index of the first added function
 * @param firstType the index of the first added type
 * @param markTable the index of the added table; its one element is called where a mark is due
 */
record MeterIndices(int firstGlobal, int firstFunction, int firstType, int markTable) {

  /** The added globals, types and functions. */
  static final int GLOBALS = 4;

  static final int TYPES = 3;
  static final int FUNCTIONS = 5;

  /** {@code i64}: slots of frames, and what is left of the quantum. */
  int stateGlobal() {
    return firstGlobal;
  }

  /** {@code i64}: units of the budget that are not yet in a quantum. */
  int reserveGlobal() {
    return firstGlobal + 1;
  }

  /** {@code i32}: 0, or why the metering ended the program. */
  int endedGlobal() {
    return firstGlobal + 2;
  }

  /** {@code i64}: a mark is due when the reserve is not above this; -1 for never. */
  int markGlobal() {
    return firstGlobal + 3;
  }

  /**
   * {@code (i32) -> i32}: takes what is left of a quantum, negative, and returns it with a new one
   * added.
   */
  int refillFunction() {
    return firstFunction;
  }

  /** {@code (i32) -> i32}: pays for so many pages, returns its operand. */
  int payPagesFunction() {
    return firstFunction + 1;
  }

  /** {@code (i32) -> i32}: pays for so many bytes or elements, returns its operand. */
  int payBulkFunction() {
    return firstFunction + 2;
  }

  /** {@code (i32) -> ()}: pays a weight out of {@code state}. */
  int payFunction() {
    return firstFunction + 4;
  }

  /** {@code () -> ()}: ends the program because its calls are nested too deep. */
  int tooDeepFunction() {
    return firstFunction + 3;
  }

  /** {@code (i32) -> i32}. */
  int numberType() {
    return firstType;
  }

  /** {@code () -> ()}. */
  int emptyType() {
    return firstType + 1;
  }

  /** {@code (i32) -> ()}. */
  int paymentType() {
    return firstType + 2;
  }
}
