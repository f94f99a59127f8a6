package ai.ubc.engine.flat;

import java.util.Arrays;

/**
 * An int for each of the numbers from 0, which are small because they are dense or name slots; 0
 * where none was set. Memory grows by doubling with the highest number that was set.
 */
public final class IntTable {
  private static final int FIRST_CAPACITY = 64;

  private int[] values = new int[FIRST_CAPACITY];

  /** The number's int, as of a counter. */
  public int get(int number) {
    return number < values.length ? values[number] : 0;
  }

  /**
   * The number's int, where one must have been set: a slot or an account, which is never 0.
   *
   * @throws IllegalStateException when it is 0
   */
  public int require(int number) {
    int value = get(number);
    if (value == 0) {
      throw new IllegalStateException("nothing is set for " + number);
    }
    return value;
  }

  /** Sets the number's int. */
  public void set(int number, int value) {
    grow(number);
    values[number] = value;
  }

  /** Adds to the number's int. */
  public void add(int number, int delta) {
    grow(number);
    values[number] += delta;
  }

  private void grow(int number) {
    if (number >= values.length) {
      values = Arrays.copyOf(values, Math.max(number + 1, 2 * values.length));
    }
  }
}
