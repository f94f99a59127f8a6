package ai.ubc.cli.network;

import ai.ubc.codec.audit.AuditReport;
import ai.ubc.codec.audit.ConservationAudit;
import ai.ubc.codec.generated.EventDecoder;
import ai.ubc.codec.journal.JournalHandler;
import ai.ubc.codec.journal.JournalReader;
import ai.ubc.domain.Hash32;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** Adds the network's books up again from the journal alone. */
public final class JournalAudit implements JournalHandler {
  private final ConservationAudit audit = new ConservationAudit();

  private JournalAudit() {}

  /** Reads the journal to its end. */
  public static AuditReport of(Path journal, Hash32 genesisHash) {
    JournalAudit handler = new JournalAudit();
    try (JournalReader reader = JournalReader.open(journal, genesisHash, 1)) {
      while (reader.poll(handler, Integer.MAX_VALUE) > 0) {
        // To the end.
      }
    }
    return handler.audit.report();
  }

  @Override
  public void onRecord(
      long seq,
      long logTimeMs,
      int code,
      long originalSeq,
      DirectBuffer buffer,
      int entryOffset,
      int entryLength,
      int eventsOffset,
      int eventsLength) {
    audit.begin(seq, logTimeMs);
    EventDecoder.dispatch(buffer, eventsOffset, eventsLength, audit);
    audit.end(code);
  }
}
