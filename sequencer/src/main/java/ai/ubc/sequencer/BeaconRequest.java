package ai.ubc.sequencer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Which slot of the beacon the ledger waits for: told by its thread, read by the beacon's. */
final class BeaconRequest {
  private final AtomicLong slot = new AtomicLong();
  private volatile @Nullable Thread reader;

  /** The ledger waits for this slot; 0 when for none, or when this node does not lead. */
  void set(long wantedSlot) {
    if (slot.getPlain() != wantedSlot) {
      slot.set(wantedSlot);
      LockSupport.unpark(reader);
    }
  }

  /** The calling thread is woken from now on when the slot changes. */
  void wake() {
    reader = Thread.currentThread();
  }

  long slot() {
    return slot.getAcquire();
  }
}
