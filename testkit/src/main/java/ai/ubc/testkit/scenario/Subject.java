package ai.ubc.testkit.scenario;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.StateMachine;

/** A ledger implementation, as a comparison needs it. */
public interface Subject {
  /** An empty ledger that emits to {@code sink}. */
  StateMachine create(Genesis genesis, Hash32 genesisHash, EventSink sink);

  /**
   * The ledger after a restart between two entries: restored from its own snapshot where the
   * implementation has one, else the same.
   */
  default StateMachine restart(
      StateMachine ledger, Genesis genesis, Hash32 genesisHash, EventSink sink) {
    return ledger;
  }
}
