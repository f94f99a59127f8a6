package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Outcome;

/** Counts what an item leaves behind against its limit. */
final class OutputBudget {

  /** What a file or directory counts beside its content. */
  static final int NODE_BYTES = ItemResult.FILE_BYTES;

  private final long bytesMax;
  private long bytes;

  OutputBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * Takes room for so many bytes.
   *
   * @throws ProgramEnded when there is not so much; nothing is taken then
   */
  void take(long count) {
    if (count > bytesMax - bytes) {
      throw new ProgramEnded(new Outcome.OutputLimit());
    }
    bytes += count;
  }

  /** Gives room back: a file was cut or removed. */
  void giveBack(long count) {
    bytes -= count;
  }

  /** Bytes taken and not given back. */
  long bytes() {
    return bytes;
  }
}
