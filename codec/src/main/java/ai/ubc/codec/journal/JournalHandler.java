package ai.ubc.codec.journal;

import org.agrona.DirectBuffer;

/** Takes records of a journal, in order. */
@FunctionalInterface
public interface JournalHandler {
  /**
   * Takes one whole, verified record. The buffer is valid during the call only. When this throws,
   * the same record is handed over again by the next poll.
   *
   * @param seq position in the log
   * @param logTimeMs log time, milliseconds
   * @param code 0, or the refusal's number
   * @param originalSeq position of the entry that this one repeats, or 0
   * @param buffer holds entry and events
   * @param entryOffset first byte of the log entry
   * @param entryLength bytes of the log entry
   * @param eventsOffset first byte of the encoded events
   * @param eventsLength bytes of the encoded events, 0 when there are none
   */
  void onRecord(
      long seq,
      long logTimeMs,
      int code,
      long originalSeq,
      DirectBuffer buffer,
      int entryOffset,
      int entryLength,
      int eventsOffset,
      int eventsLength);
}
