package ai.ubc.sequencer;

import ai.ubc.codec.EntryApplier;
import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.generated.EventEncoder;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.engine.snapshot.SnapshotSource;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * A ledger with its entry bytes going in and its event bytes coming out: what the sequencer and a
 * replay have in common. One thread; no allocation once the event buffer has grown.
 */
final class LedgerDriver {
  private static final int EVENTS_BYTES = 64 << 10;

  private final EventEncoder events;
  private final Ledger ledger;
  private final EntryApplier applier;

  private LedgerDriver(EventEncoder events, Ledger ledger) {
    this.events = events;
    this.ledger = ledger;
    this.applier = new EntryApplier(ledger.machine(), new KeccakHash());
  }

  /** A ledger before its first entry. */
  static LedgerDriver create(Ledger.Factory factory, Genesis genesis, Hash32 genesisHash) {
    EventEncoder events = eventEncoder();
    return new LedgerDriver(events, factory.create(genesis, genesisHash, events));
  }

  /** A ledger that goes on from a snapshot. */
  static LedgerDriver restore(
      Ledger.Factory factory, Genesis genesis, Hash32 genesisHash, SnapshotSource source) {
    EventEncoder events = eventEncoder();
    return new LedgerDriver(events, factory.restore(genesis, genesisHash, events, source));
  }

  private static EventEncoder eventEncoder() {
    return new EventEncoder(new ExpandableArrayBuffer(EVENTS_BYTES));
  }

  Ledger ledger() {
    return ledger;
  }

  /**
   * Applies an entry and returns its code; its events stand in {@link #events()} until the next.
   */
  int apply(long seq, long logTimeMs, DirectBuffer entry, int offset, int length) {
    events.reset();
    return applier.apply(seq, logTimeMs, entry, offset, length);
  }

  /** Position of the entry that the last one repeats, or 0. */
  long originalSeq() {
    return ledger.machine().originalSeq();
  }

  /** The last entry's events, from byte 0. */
  DirectBuffer events() {
    return events.buffer();
  }

  int eventsLength() {
    return events.length();
  }
}
