package ai.ubc.engine.flat;

import java.util.Arrays;

/**
 * The records of a slab ordered by two of their words that follow each other, signed, the first
 * before the second. A binary heap of slots that knows each record's place, so that any can leave.
 * Keys must differ; then the order in which records come out does not depend on how they went in.
 */
public final class SlabHeap {
  private static final int FIRST_CAPACITY = 64;

  private final Slab slab;
  private final int keyField;
  private final int placeField;
  private int[] heap = new int[FIRST_CAPACITY];
  private int size;

  /**
   * Holds no record at first.
   *
   * @param keyField first of the two words that order the records; set before {@link #add}
   * @param placeField a word of the record that belongs to this heap: 0 outside it
   */
  public SlabHeap(Slab slab, int keyField, int placeField) {
    this.slab = slab;
    this.keyField = keyField;
    this.placeField = placeField;
  }

  /** The least record, or {@link Slab#NONE}. */
  public int first() {
    return size == 0 ? Slab.NONE : heap[1];
  }

  /** A record right below one in the heap and never before it, or {@link Slab#NONE}. */
  public int left(int slot) {
    return at(2 * slab.getInt(slot, placeField));
  }

  /** The other record right below one in the heap and never before it, or {@link Slab#NONE}. */
  public int right(int slot) {
    return at(2 * slab.getInt(slot, placeField) + 1);
  }

  private int at(int place) {
    return place <= size ? heap[place] : Slab.NONE;
  }

  /** Adds a record that is not in the heap. */
  public void add(int slot) {
    size++;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * heap.length);
    }
    put(size, slot);
    up(size);
  }

  /** Takes a record out; nothing happens when it is not in the heap. */
  public void remove(int slot) {
    int place = slab.getInt(slot, placeField);
    if (place == 0) {
      return;
    }
    slab.set(slot, placeField, 0);
    int last = heap[size];
    size--;
    if (last != slot) {
      put(place, last);
      up(place);
      down(slab.getInt(last, placeField));
    }
  }

  private void up(int from) {
    int place = from;
    int slot = heap[place];
    while (place > 1 && isBefore(slot, heap[place / 2])) {
      put(place, heap[place / 2]);
      place /= 2;
    }
    put(place, slot);
  }

  private void down(int from) {
    int place = from;
    int slot = heap[place];
    while (2 * place <= size) {
      int child = 2 * place;
      if (child < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], slot)) {
        break;
      }
      put(place, heap[child]);
      place = child;
    }
    put(place, slot);
  }

  private void put(int place, int slot) {
    heap[place] = slot;
    slab.set(slot, placeField, place);
  }

  private boolean isBefore(int left, int right) {
    long leftKey = slab.get(left, keyField);
    long rightKey = slab.get(right, keyField);
    return leftKey != rightKey
        ? leftKey < rightKey
        : slab.get(left, keyField + 1) < slab.get(right, keyField + 1);
  }
}
