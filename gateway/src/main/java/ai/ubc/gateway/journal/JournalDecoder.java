package ai.ubc.gateway.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import ai.ubc.codec.LogEntry;
import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.codec.generated.EventDecoder;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.domain.Event;
import ai.ubc.domain.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;

/** From a journal record's bytes to an entry. */
public final class JournalDecoder {
  private JournalDecoder() {}

  /**
   * Decodes one record.
   *
   * @param entryOffset first byte of the log entry
   * @param eventsOffset first byte of the encoded events
   * @throws IllegalArgumentException when the events are not of this version's schema
   */
  public static JournalEntry decode(
      long seq,
      long logTimeMs,
      int code,
      long originalSeq,
      DirectBuffer buffer,
      int entryOffset,
      int entryLength,
      int eventsOffset,
      int eventsLength) {
    JournalRecord record =
        JournalRecord.copyOf(
            seq,
            logTimeMs,
            code,
            originalSeq,
            buffer,
            entryOffset,
            entryLength,
            eventsOffset,
            eventsLength);
    List<Event> events = new ArrayList<>();
    EventDecoder.dispatch(buffer, eventsOffset, eventsLength, new EventRecords(events::add));
    if (!LogEntry.isWellFormed(buffer, entryOffset, entryLength)) {
      return new JournalEntry(
          seq, logTimeMs, code, originalSeq, "", 0, Optional.empty(), events, record);
    }
    int template = LogEntry.templateId(buffer, entryOffset);
    boolean isUser = LogEntry.isUser(template);
    return new JournalEntry(
        seq,
        logTimeMs,
        code,
        originalSeq,
        CommandCodec.name(template),
        isUser ? buffer.getInt(entryOffset + LogEntry.HEADER_BYTES, LITTLE_ENDIAN) : 0,
        isUser ? Optional.of(hash(buffer, entryOffset, entryLength)) : Optional.empty(),
        events,
        record);
  }

  private static Hash32 hash(DirectBuffer buffer, int offset, int length) {
    byte[] signed = new byte[LogEntry.signedLength(length)];
    buffer.getBytes(offset, signed);
    return LogEntry.commandHash(signed, signed.length);
  }
}
