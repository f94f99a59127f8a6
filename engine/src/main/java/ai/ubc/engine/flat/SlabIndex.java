package ai.ubc.engine.flat;

/**
 * Finds the record of a slab by one to four of its words that follow each other. Open addressing
 * with linear probing, at most half full; removal moves later entries of the run back, so there are
 * no tombstones. The table is only ever searched, never walked, so its order can not show.
 */
public final class SlabIndex {
  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
  // The finalizer of MurmurHash3: each bit of the mixed words reaches the low bits.
  private static final long FINAL_MULTIPLIER = 0xFF51_AFD7_ED55_8CCDL;
  private static final int FIRST_TABLE = 256;

  private final Slab slab;
  private final int keyField;
  private final int keyWords;
  private final long seed;
  private int[] table = new int[FIRST_TABLE];
  private int size;

  /**
   * Indexes no record at first.
   *
   * @param keyField first word of the key in a record
   * @param keyWords words of the key, 1 to 4
   * @param seed where records fall in the table; changes no result. Whoever knows it can choose
   *     keys that fall on one place, so that each search walks past all of them
   */
  public SlabIndex(Slab slab, int keyField, int keyWords, long seed) {
    this.slab = slab;
    this.keyField = keyField;
    this.keyWords = keyWords;
    this.seed = seed;
  }

  /** The slot whose key is this word, or {@link Slab#NONE}. */
  public int find(long key0) {
    return find(key0, 0, 0, 0);
  }

  /** The slot whose key is these three words, or {@link Slab#NONE}. */
  public int find(long key0, long key1, long key2) {
    return find(key0, key1, key2, 0);
  }

  /** The slot whose key is these four words, or {@link Slab#NONE}. Words past the key are 0. */
  public int find(long key0, long key1, long key2, long key3) {
    int mask = table.length - 1;
    int at = home(key0, key1, key2, key3);
    while (table[at] != Slab.NONE) {
      int slot = table[at];
      if (word(slot, 0) == key0
          && word(slot, 1) == key1
          && word(slot, 2) == key2
          && word(slot, 3) == key3) {
        return slot;
      }
      at = (at + 1) & mask;
    }
    return Slab.NONE;
  }

  /** Adds a record whose key is set and not yet in the index. */
  public void add(int slot) {
    size++;
    if (2 * size > table.length) {
      int[] old = table;
      table = new int[2 * old.length];
      for (int moved : old) {
        if (moved != Slab.NONE) {
          put(moved);
        }
      }
    }
    put(slot);
  }

  /** Removes a record that is in the index and whose key still stands. */
  public void remove(int slot) {
    int mask = table.length - 1;
    int gap = home(slot);
    while (table[gap] != slot) {
      gap = (gap + 1) & mask;
    }
    // An entry may move into the gap when its home does not lie after the gap and at or before it.
    for (int at = (gap + 1) & mask; table[at] != Slab.NONE; at = (at + 1) & mask) {
      int fromHome = (at - home(table[at])) & mask;
      if (fromHome >= ((at - gap) & mask)) {
        table[gap] = table[at];
        gap = at;
      }
    }
    table[gap] = Slab.NONE;
    size--;
  }

  private void put(int slot) {
    int mask = table.length - 1;
    int at = home(slot);
    while (table[at] != Slab.NONE) {
      at = (at + 1) & mask;
    }
    table[at] = slot;
  }

  private long word(int slot, int index) {
    return index < keyWords ? slab.get(slot, keyField + index) : 0;
  }

  private int home(int slot) {
    return home(word(slot, 0), word(slot, 1), word(slot, 2), word(slot, 3));
  }

  private int home(long key0, long key1, long key2, long key3) {
    long hash = mix(mix(mix(mix(seed, key0), key1), key2), key3);
    long product = (hash ^ (hash >>> 33)) * FINAL_MULTIPLIER;
    return (int) (product ^ (product >>> 33)) & (table.length - 1);
  }

  private static long mix(long hash, long word) {
    long product = (hash ^ word) * MULTIPLIER;
    return product ^ (product >>> 32);
  }
}
