package ai.ubc.engine.snapshot;

/**
 * Takes a snapshot's primitives in their order. How they become bytes is the implementation's, the
 * same on every machine (big-endian by convention).
 */
public interface SnapshotSink {
  /** Takes the low eight bits. */
  void putByte(int value);

  /** Takes an int. */
  void putInt(int value);

  /** Takes a long. */
  void putLong(long value);
}
