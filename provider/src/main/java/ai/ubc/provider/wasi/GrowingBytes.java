package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Outcome;
import java.util.Arrays;

/** Bytes that an item writes: an output stream, or the content of a file. */
final class GrowingBytes {

  private final OutputBudget budget;
  private byte[] bytes = new byte[0];
  private int length;

  GrowingBytes(OutputBudget budget) {
    this.budget = budget;
  }

  int length() {
    return length;
  }

  /**
   * Writes at a position; a gap before it is filled with zeros.
   *
   * @throws ProgramEnded when the budget does not allow the growth
   */
  void write(long position, byte[] source) {
    if (source.length > 0) {
      long end = position + source.length;
      if (end < 0) {
        throw new ProgramEnded(new Outcome.OutputLimit());
      }
      if (end > length) {
        resize(end);
      }
      System.arraycopy(source, 0, bytes, (int) position, source.length);
    }
  }

  /**
   * Cuts the content, or extends it with zeros.
   *
   * @throws ProgramEnded when the budget does not allow the growth
   */
  void resize(long newLength) {
    if (newLength > length) {
      budget.take(newLength - length);
      if (newLength > bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.max(newLength, Math.min(2L * length, 1 << 26)));
      }
    } else {
      Arrays.fill(bytes, (int) newLength, length, (byte) 0);
      budget.giveBack(length - newLength);
    }
    length = (int) newLength;
  }

  /** Reads from a position into the target; returns how many bytes, 0 at the end. */
  int read(long position, byte[] target, int at, int count) {
    if (position >= length) {
      return 0;
    }
    int available = (int) Math.min(count, length - position);
    System.arraycopy(bytes, (int) position, target, at, available);
    return available;
  }

  Bytes toBytes() {
    return Bytes.copyOfRange(bytes, 0, length);
  }
}
