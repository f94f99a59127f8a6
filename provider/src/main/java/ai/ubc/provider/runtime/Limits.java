package ai.ubc.provider.runtime;

/**
 * What a request may use. Reaching a limit is an {@link Outcome}, the same one everywhere.
 *
 * @param unitsMax metered units of all items together, 0 to {@link #UNITS_CEILING}
 * @param memoryPagesMax pages of 64 KiB that an item's memory may have, 1 to {@link
 *     #MEMORY_PAGES_CEILING}
 * @param outputBytesMax bytes of standard output, standard error and files that an item may leave,
 *     0 to {@link #OUTPUT_BYTES_CEILING}; a file or directory counts 4,096 bytes more than it
 *     holds. All items together may leave {@link #ITEMS_OUTPUT_BYTES_MAX}
 */
public record Limits(long unitsMax, int memoryPagesMax, long outputBytesMax) {

  /** The largest {@link #unitsMax}. */
  public static final long UNITS_CEILING = 1L << 60;

  /** The largest {@link #memoryPagesMax}: 256 MiB. */
  public static final int MEMORY_PAGES_CEILING = 4_096;

  /** The largest {@link #outputBytesMax}: 64 MiB. */
  public static final long OUTPUT_BYTES_CEILING = 64L << 20;

  /** What all items of a request may leave together: 60 MiB, so that it fits a result's bundle. */
  public static final long ITEMS_OUTPUT_BYTES_MAX = 60L << 20;

  /**
   * @throws IllegalArgumentException when a limit is outside its range
   */
  public Limits {
    requireWithin("unitsMax", unitsMax, 0, UNITS_CEILING);
    requireWithin("memoryPagesMax", memoryPagesMax, 1, MEMORY_PAGES_CEILING);
    requireWithin("outputBytesMax", outputBytesMax, 0, OUTPUT_BYTES_CEILING);
  }

  private static void requireWithin(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", not between " + least + " and " + most);
    }
  }
}
