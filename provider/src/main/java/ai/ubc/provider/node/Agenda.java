package ai.ubc.provider.node;

import java.util.List;

/**
 * Everything that the ledger waits for from this node.
 *
 * @param seq entry of the log up to which this is the state
 * @param duties by deadline
 */
public record Agenda(long seq, List<Duty> duties) {
  /** Before anything was read. */
  public static final Agenda NONE = new Agenda(0, List.of());

  /** Copies the duties. */
  public Agenda {
    duties = List.copyOf(duties);
  }
}
