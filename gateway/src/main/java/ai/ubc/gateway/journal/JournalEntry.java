package ai.ubc.gateway.journal;

import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.domain.Event;
import ai.ubc.domain.Hash32;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the journal, decoded.
 *
 * @param seq position in the log
 * @param logTimeMs log time, milliseconds
 * @param code 0, or the refusal's number
 * @param originalSeq position of the entry that this one repeats; 0 for none
 * @param command the command's name; empty for bytes that are no command
 * @param account the account that acts; 0 for the network and for a registration
 * @param commandHash hash of the signed bytes; empty for the network's own commands
 * @param events what it did, in order
 * @param record the record as it stands in the journal
 */
public record JournalEntry(
    long seq,
    long logTimeMs,
    int code,
    long originalSeq,
    String command,
    int account,
    Optional<Hash32> commandHash,
    List<Event> events,
    JournalRecord record) {

  /** Copies the events. */
  public JournalEntry {
    events = List.copyOf(events);
  }
}
