package ai.ubc.engine.flat;

/** Records of a slab in the order in which they were appended; any can leave at once. */
public final class SlabList {
  private final Slab slab;
  private final int previousField;
  private final int nextField;
  private int first = Slab.NONE;
  private int last = Slab.NONE;
  private int size;

  /** Holds no record at first; the two words of a record belong to this list. */
  public SlabList(Slab slab, int previousField, int nextField) {
    this.slab = slab;
    this.previousField = previousField;
    this.nextField = nextField;
  }

  /** Number of records. */
  public int size() {
    return size;
  }

  /** The record that was appended first, or {@link Slab#NONE}. */
  public int first() {
    return first;
  }

  /** The record appended after this one, or {@link Slab#NONE}. */
  public int next(int slot) {
    return slab.getInt(slot, nextField);
  }

  /** Adds a record that is not in the list at its end. */
  public void append(int slot) {
    slab.set(slot, previousField, last);
    if (last == Slab.NONE) {
      first = slot;
    } else {
      slab.set(last, nextField, slot);
    }
    last = slot;
    size++;
  }

  /** Takes out a record that is in the list. */
  public void remove(int slot) {
    int previous = slab.getInt(slot, previousField);
    int next = slab.getInt(slot, nextField);
    if (previous == Slab.NONE) {
      first = next;
    } else {
      slab.set(previous, nextField, next);
    }
    if (next == Slab.NONE) {
      last = previous;
    } else {
      slab.set(next, previousField, previous);
    }
    slab.set(slot, previousField, Slab.NONE);
    slab.set(slot, nextField, Slab.NONE);
    size--;
  }
}
