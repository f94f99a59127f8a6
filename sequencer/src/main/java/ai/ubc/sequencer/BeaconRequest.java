package ai.ubc.sequencer;

import java.util.concurrent.atomic.AtomicLong;

/** Which slot of the beacon the ledger waits for: told by its thread, read by the beacon's. */
final class BeaconRequest {
  private final AtomicLong slot = new AtomicLong();

  /** The ledger waits for this slot; 0 when for none, or when this node does not lead. */
  void set(long wantedSlot) {
    if (slot.getPlain() != wantedSlot) {
      slot.setRelease(wantedSlot);
    }
  }

  long slot() {
    return slot.getAcquire();
  }
}
