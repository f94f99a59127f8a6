package ai.ubc.provider.node;

import java.util.List;

/**
 * What a node that is leaving still has to see to.
 *
 * @param isOffering whether an offer of it may still stand on the book
 * @param running jobs that the ledger waits for it to do something for now
 * @param committed jobs of which it must still open what it has committed to, once that is asked
 *     for
 */
public record Unfinished(boolean isOffering, List<Long> running, List<Long> committed) {
  /** Copies the jobs. */
  public Unfinished {
    running = List.copyOf(running);
    committed = List.copyOf(committed);
  }

  /** Whether it may stop and lose nothing. */
  public boolean isNothing() {
    return !isOffering && running.isEmpty() && committed.isEmpty();
  }
}
