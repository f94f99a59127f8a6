package ai.ubc.provider.runtime;

/** Why a program trapped. Numbers are permanent: results and receipts hold them. */
public enum TrapKind {
  /** The module was refused at admission: nothing of it ran. */
  INVALID_PROGRAM(1),
  /** It executed {@code unreachable}, which is how compilers abort. */
  UNREACHABLE(2),
  /** It read or wrote outside its memory, or its data does not fit there. */
  MEMORY_BOUNDS(3),
  /** It divided an integer by zero. */
  DIVIDE_BY_ZERO(4),
  /** The result of an integer division or of a conversion does not fit. */
  INTEGER_OVERFLOW(5),
  /** It converted a NaN to an integer. */
  INVALID_CONVERSION(6),
  /** It used a table outside its bounds, or its elements do not fit there. */
  TABLE_BOUNDS(7),
  /** It called through a table entry that is empty or has another type. */
  INDIRECT_CALL(8),
  /** Its calls were nested too deep. */
  CALL_DEPTH(9);

  private final int number;

  TrapKind(int number) {
    this.number = number;
  }

  /** The permanent number. */
  public int number() {
    return number;
  }
}
