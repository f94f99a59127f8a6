package ai.ubc.engine.flat;

import java.util.Arrays;

/**
 * Records of a fixed number of longs in one array. A record lives in a slot, 1 to the capacity;
 * slot 0 is {@link #NONE}, reads as zeros and is never given out, so a link of 0 means no record.
 *
 * <p>Memory grows by doubling up to the capacity, so taking a slot allocates a bounded number of
 * times in all and nothing once the ledger has had that many records. Which slot a record gets
 * depends on history and must never show in an event or a snapshot.
 */
public final class Slab {
  /** No record. */
  public static final int NONE = 0;

  private static final int FIRST_CAPACITY = 64;

  private final int wordsPerRecord;
  private final int capacityMax;
  private long[] words;
  private int[] nextFree;
  private int firstFree = NONE;
  private int slotsUsed;
  private int size;

  /**
   * Makes room for a few records at first.
   *
   * @param wordsPerRecord longs of a record
   * @param capacityMax most records at a time
   * @throws IllegalArgumentException when so many do not fit one array
   */
  public Slab(int wordsPerRecord, int capacityMax) {
    if (capacityMax < 1 || (capacityMax + 1L) * wordsPerRecord > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("no array holds " + capacityMax + " records");
    }
    this.wordsPerRecord = wordsPerRecord;
    this.capacityMax = capacityMax;
    int slots = Math.min(FIRST_CAPACITY, capacityMax) + 1;
    words = new long[slots * wordsPerRecord];
    nextFree = new int[slots];
  }

  /** Number of records. */
  public int size() {
    return size;
  }

  /** Most records at a time. */
  public int capacityMax() {
    return capacityMax;
  }

  /** Whether no further record fits. */
  public boolean isFull() {
    return size == capacityMax;
  }

  /**
   * Takes a slot for a new record, all zeros.
   *
   * @throws IllegalStateException when full, which callers exclude by {@link #isFull()}
   */
  public int take() {
    if (isFull()) {
      throw new IllegalStateException("all " + capacityMax + " slots are taken");
    }
    size++;
    if (firstFree != NONE) {
      int slot = firstFree;
      firstFree = nextFree[slot];
      return slot;
    }
    slotsUsed++;
    if (slotsUsed == nextFree.length) {
      int slots = (int) Math.min(2L * nextFree.length, capacityMax + 1L);
      words = Arrays.copyOf(words, slots * wordsPerRecord);
      nextFree = Arrays.copyOf(nextFree, slots);
    }
    return slotsUsed;
  }

  /** Gives a slot back; its record is gone. */
  public void release(int slot) {
    int from = slot * wordsPerRecord;
    Arrays.fill(words, from, from + wordsPerRecord, 0);
    nextFree[slot] = firstFree;
    firstFree = slot;
    size--;
  }

  /** The highest slot ever taken: for scans on the cold path. */
  public int highestSlot() {
    return slotsUsed;
  }

  /** One word of a record. */
  public long get(int slot, int field) {
    return words[slot * wordsPerRecord + field];
  }

  /** One word of a record that holds an int. */
  public int getInt(int slot, int field) {
    return (int) words[slot * wordsPerRecord + field];
  }

  /** Sets one word of a record. */
  public void set(int slot, int field, long value) {
    words[slot * wordsPerRecord + field] = value;
  }

  /** Adds to one word of a record. */
  public void add(int slot, int field, long delta) {
    words[slot * wordsPerRecord + field] += delta;
  }

  /** Sets four words of a record from {@code field} on: a 32-byte value. */
  public void setHash(int slot, int field, long word0, long word1, long word2, long word3) {
    int at = slot * wordsPerRecord + field;
    words[at] = word0;
    words[at + 1] = word1;
    words[at + 2] = word2;
    words[at + 3] = word3;
  }

  /** Whether the four words of a record from {@code field} on are these. */
  public boolean isHash(int slot, int field, long word0, long word1, long word2, long word3) {
    int at = slot * wordsPerRecord + field;
    return words[at] == word0
        && words[at + 1] == word1
        && words[at + 2] == word2
        && words[at + 3] == word3;
  }
}
