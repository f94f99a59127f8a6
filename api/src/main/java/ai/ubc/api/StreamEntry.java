package ai.ubc.api;

import java.util.List;

/**
 * One log entry on the stream, whole: the data of an SSE message {@code entry}, whose id is the
 * position.
 *
 * @param seq position in the log
 * @param logTimeMs log time
 * @param command name of the command, such as {@code SubmitJob} or {@code Tick}
 * @param events what it did, in order; on an account's stream only what concerns the account
 */
public record StreamEntry(long seq, long logTimeMs, String command, List<LedgerEvent> events) {
  /** Copies the events. */
  public StreamEntry {
    events = List.copyOf(events);
  }
}
