package ai.ubc.engine.snapshot;

/**
 * Gives back a snapshot's primitives in the order in which a {@link SnapshotSink} took them. A
 * source that has come to its end throws.
 */
public interface SnapshotSource {
  /** The next byte, 0 to 255. */
  int getByte();

  /** The next int. */
  int getInt();

  /** The next long. */
  long getLong();
}
