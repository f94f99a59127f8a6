package ai.ubc.testkit.scenario;

import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import java.util.List;

/** Log entries, one after the other; what comes next may depend on what the last ones did. */
public interface StepSource {
  /** The seed that everything follows from. */
  long seed();

  /** The network that the ledgers under test must be made from. */
  Genesis genesis();

  /** The hash G that goes into results, seals and draws. */
  Hash32 genesisHash();

  /** Whether there is no next entry. */
  default boolean isOver() {
    return false;
  }

  /** The next entry. */
  Step next();

  /** Learns what the last entry did. */
  void observe(List<Event> events);
}
