package ai.ubc.codec.audit;

import ai.ubc.codec.generated.EventDecoder;
import ai.ubc.codec.journal.JournalHandler;
import ai.ubc.codec.journal.JournalReader;
import ai.ubc.domain.Hash32;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/** Adds a network's books up again from its journal alone. One thread. */
public final class JournalAudit implements JournalHandler {
  private final ConservationAudit audit = new ConservationAudit();
  private final LongConsumer progress;

  /**
   * Takes a journal from its first record on.
   *
   * @param progress is told the position of each record
   */
  public JournalAudit(LongConsumer progress) {
    this.progress = progress;
  }

  /** Reads the journal to its end. */
  public static AuditReport of(Path journal, Hash32 genesisHash) {
    JournalAudit handler = new JournalAudit(seq -> {});
    try (JournalReader reader = JournalReader.open(journal, genesisHash, 1)) {
      while (reader.poll(handler, Integer.MAX_VALUE) > 0) {
        // To the end.
      }
    }
    return handler.report();
  }

  /** The books as of the last record. */
  public AuditReport report() {
    return audit.report();
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
    progress.accept(seq);
  }
}
