package ai.ubc.codec.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * One record of a journal as a value, for the cold path. The arrays are not copied: whoever makes a
 * record gives them away.
 *
 * @param seq position in the log
 * @param logTimeMs log time, milliseconds
 * @param code 0, or the refusal's number
 * @param originalSeq position of the entry that this one repeats, or 0
 * @param entry the log entry
 * @param events its encoded events
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record JournalRecord(
    long seq, long logTimeMs, int code, long originalSeq, byte[] entry, byte[] events) {

  /** Copies what a {@link JournalHandler} was handed. */
  public static JournalRecord copyOf(
      long seq,
      long logTimeMs,
      int code,
      long originalSeq,
      DirectBuffer buffer,
      int entryOffset,
      int entryLength,
      int eventsOffset,
      int eventsLength) {
    byte[] entry = new byte[entryLength];
    buffer.getBytes(entryOffset, entry);
    byte[] events = new byte[eventsLength];
    buffer.getBytes(eventsOffset, events);
    return new JournalRecord(seq, logTimeMs, code, originalSeq, entry, events);
  }

  /**
   * The record's bytes as they stand in a segment, without the chain hash that ends it: a leaf of
   * the log's tree.
   */
  public byte[] leaf() {
    int length = JournalFormat.RECORD_OVERHEAD + entry.length + events.length;
    return ByteBuffer.allocate(JournalFormat.BODY_OFFSET + entry.length + events.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(length)
        .putShort((short) code)
        .putShort((short) 0)
        .putLong(seq)
        .putLong(logTimeMs)
        .putLong(originalSeq)
        .putInt(entry.length)
        .putInt(events.length)
        .put(entry)
        .put(events)
        .array();
  }

  /** Whether the leaves are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof JournalRecord record && Arrays.equals(leaf(), record.leaf());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(leaf());
  }
}
