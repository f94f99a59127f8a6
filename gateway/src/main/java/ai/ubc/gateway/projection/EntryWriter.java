package ai.ubc.gateway.projection;

import ai.ubc.gateway.journal.JournalEntry;
import java.util.List;

/**
 * Says which rows entries write, given in their order from one position on. It may remember what
 * came before, so after a failure another one begins at the stored position. One thread.
 */
@FunctionalInterface
public interface EntryWriter {
  /**
   * What the next entries write, in order.
   *
   * @throws IllegalStateException when entries contradict what came before: a bug of ours
   */
  List<RowWrite> writes(List<JournalEntry> entries);
}
