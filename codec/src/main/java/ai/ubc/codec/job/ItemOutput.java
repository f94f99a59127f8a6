package ai.ubc.codec.job;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one item gave, with its bytes.
 *
 * @param outcome how it ended
 * @param detail the exit code of {@code EXIT}, the permanent number of the kind of {@code TRAP},
 *     else 0
 * @param units metered units
 * @param stdout standard output; not copied
 * @param stderr standard error; not copied
 * @param files files below {@code /out} by relative path; contents not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record ItemOutput(
    ItemOutcome outcome,
    int detail,
    long units,
    byte[] stdout,
    byte[] stderr,
    SortedMap<String, byte[]> files) {

  /** Number of the trap of a program, or a bundle, that nobody can run. */
  public static final int INVALID_PROGRAM = 1;

  /** How an item ended. Codes are permanent. */
  public enum ItemOutcome {
    /** The program ended by itself. */
    EXIT(0),
    /** It did what is not allowed. */
    TRAP(1),
    /** Its units were used up. */
    OUT_OF_UNITS(2),
    /** It wrote more than it may. */
    OUTPUT_LIMIT(3);

    private final int code;

    ItemOutcome(int code) {
      this.code = code;
    }

    /** The permanent code. */
    public int code() {
      return code;
    }
  }

  /** Copies the map, not the contents. */
  public ItemOutput {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    if (units < 0) {
      throw new IllegalArgumentException("units are not negative");
    }
  }

  /**
   * What an item gives when its program or bundle can not be run by anybody: a trap that used no
   * units.
   */
  public static ItemOutput invalid() {
    return new ItemOutput(
        ItemOutcome.TRAP, INVALID_PROGRAM, 0, new byte[0], new byte[0], new TreeMap<>());
  }
}
