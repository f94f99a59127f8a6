package ai.ubc.sequencer;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.StateMachine;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/**
 * A state machine as the sequencer drives it: what it waits for, and its state as a snapshot. One
 * thread.
 */
public interface Ledger {
  /** No deadline is open. */
  long NO_DEADLINE = Long.MAX_VALUE;

  /** The machine that entries are applied to. */
  StateMachine machine();

  /** Log time of the earliest open deadline, or {@link #NO_DEADLINE}. */
  long nextDeadlineMs();

  /** Whether something waits for the next slot of the beacon. */
  boolean isBeaconWanted();

  /** The last slot of the beacon that was opened; 0 before the first. */
  long beaconSlot();

  /** Writes the whole state in its canonical order. */
  void writeSnapshot(SnapshotSink sink);

  /** Makes ledgers. */
  interface Factory {
    /**
     * Makes the ledger of a network, before its first entry.
     *
     * @param events takes what the ledger does
     */
    Ledger create(Genesis genesis, Hash32 genesisHash, EventSink events);

    /**
     * Makes a ledger that goes on where {@link #writeSnapshot} was called.
     *
     * @param events takes what the ledger does from then on
     * @param source what was written
     */
    Ledger restore(Genesis genesis, Hash32 genesisHash, EventSink events, SnapshotSource source);
  }
}
