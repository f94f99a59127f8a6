package ai.ubc.engine.verify;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/** The hash chain whose preimages, opened slot by slot, decide draws: VER-001. */
public final class Beacon {
  private final Commitments commitments;
  private final EventSink events;
  private long slot;
  private long head0;
  private long head1;
  private long head2;
  private long head3;
  private long preimage0;
  private long preimage1;
  private long preimage2;
  private long preimage3;

  /** A beacon of which no slot is open; the first preimage hashes to {@code head}. */
  public Beacon(Hash32 head, Commitments commitments, EventSink events) {
    this.commitments = commitments;
    this.events = events;
    setHead(head.word0(), head.word1(), head.word2(), head.word3());
  }

  /** The last slot that was opened; 0 before the first. */
  public long slot() {
    return slot;
  }

  /** What the next preimage hashes to; allocates, for the cold path. */
  public Hash32 head() {
    return new Hash32(head0, head1, head2, head3);
  }

  /** Word {@code index} of the preimage that the current entry opened. */
  long preimage(int index) {
    return switch (index) {
      case 0 -> preimage0;
      case 1 -> preimage1;
      case 2 -> preimage2;
      default -> preimage3;
    };
  }

  /** Opens the next slot, or answers {@code WRONG_BEACON}. */
  public int open(
      long nextSlot,
      long word0,
      long word1,
      long word2,
      long word3,
      long nextHead0,
      long nextHead1,
      long nextHead2,
      long nextHead3) {
    if (nextSlot != slot + 1) {
      return Refusal.WRONG_BEACON.number();
    }
    commitments.hash(word0, word1, word2, word3);
    if (!commitments.is(head0, head1, head2, head3)) {
      return Refusal.WRONG_BEACON.number();
    }
    slot = nextSlot;
    preimage0 = word0;
    preimage1 = word1;
    preimage2 = word2;
    preimage3 = word3;
    if ((nextHead0 | nextHead1 | nextHead2 | nextHead3) == 0) {
      setHead(word0, word1, word2, word3);
    } else {
      setHead(nextHead0, nextHead1, nextHead2, nextHead3);
    }
    events.beaconOpened(slot, word0, word1, word2, word3, head0, head1, head2, head3);
    return Refusal.DONE;
  }

  /** Writes slot and head; a preimage matters only within its entry. */
  public void snapshotTo(SnapshotSink sink) {
    sink.putLong(slot);
    sink.putLong(head0);
    sink.putLong(head1);
    sink.putLong(head2);
    sink.putLong(head3);
  }

  /** Reads back what {@link #snapshotTo} wrote. */
  public void restoreFrom(SnapshotSource source) {
    slot = source.getLong();
    setHead(source.getLong(), source.getLong(), source.getLong(), source.getLong());
  }

  private void setHead(long word0, long word1, long word2, long word3) {
    head0 = word0;
    head1 = word1;
    head2 = word2;
    head3 = word3;
  }
}
