package ai.ubc.sdk;

import ai.ubc.api.StreamEntry;

/** What a stream tells. */
public sealed interface StreamMessage {
  /** The last entry of the log that the stream has passed. */
  long seq();

  /** An entry of the log with events. */
  record Entry(StreamEntry entry) implements StreamMessage {
    @Override
    public long seq() {
      return entry.seq();
    }
  }

  /**
   * The stream lives and has passed this entry; the first message of every connection, so what
   * follows it came after.
   */
  record Position(long seq) implements StreamMessage {}
}
