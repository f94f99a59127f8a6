package ai.ubc.engine.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SlabTest {
  private static final int KEY = 0;
  private static final int OTHER = 4;
  private static final int PREVIOUS = 5;
  private static final int NEXT = 6;
  private static final int WORDS = 7;

  @Test
  void aSlabGivesEachSlotOnceUntilItIsFull() {
    Slab slab = new Slab(2, 200);
    for (int slot = 1; slot <= 200; slot++) {
      assertThat(slab.isFull()).isFalse();
      assertThat(slab.take()).isEqualTo(slot);
      slab.set(slot, 1, slot);
    }
    assertThat(slab.isFull()).isTrue();
    assertThat(slab.size()).isEqualTo(200);
    assertThat(slab.highestSlot()).isEqualTo(200);
    assertThatIllegalStateException().isThrownBy(slab::take);
    for (int slot = 1; slot <= 200; slot++) {
      assertThat(slab.getInt(slot, 1)).isEqualTo(slot);
    }
  }

  @Test
  void aReleasedSlotIsGivenAgainAsZeros() {
    Slab slab = new Slab(2, 3);
    slab.take();
    int second = slab.take();
    slab.set(second, 0, 7);
    slab.add(second, 0, 1);
    assertThat(slab.get(second, 0)).isEqualTo(8);
    slab.release(second);
    assertThat(slab.get(second, 0)).isZero();
    assertThat(slab.take()).isEqualTo(second);
    assertThat(slab.take()).isEqualTo(3);
    assertThat(slab.isFull()).isTrue();
  }

  @Test
  void noRecordReadsAsZeros() {
    assertThat(new Slab(1, 1).get(Slab.NONE, 0)).isZero();
  }

  @Test
  void aSlabThatNoArrayHoldsIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Slab(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Slab(1 << 20, 1 << 20));
  }

  @Test
  void aHashIsFourWords() {
    Slab slab = new Slab(5, 1);
    int slot = slab.take();
    slab.setHash(slot, 1, 1, 2, 3, 4);
    assertThat(slab.isHash(slot, 1, 1, 2, 3, 4)).isTrue();
    assertThat(slab.isHash(slot, 1, 0, 2, 3, 4)).isFalse();
    assertThat(slab.isHash(slot, 1, 1, 0, 3, 4)).isFalse();
    assertThat(slab.isHash(slot, 1, 1, 2, 0, 4)).isFalse();
    assertThat(slab.isHash(slot, 1, 1, 2, 3, 0)).isFalse();
  }

  @Test
  void anIndexFindsWhatAMapFinds() {
    for (int keyWords = 1; keyWords <= 4; keyWords++) {
      SplittableRandom random = new SplittableRandom(keyWords);
      Slab slab = new Slab(WORDS, 5_000);
      SlabIndex index = new SlabIndex(slab, KEY, keyWords, keyWords);
      Map<List<Long>, Integer> expected = new HashMap<>();
      for (int i = 0; i < 20_000; i++) {
        // Few values, so that keys come back; the last two thirds of a run mostly remove.
        long[] key = new long[4];
        for (int word = 0; word < keyWords; word++) {
          key[word] = random.nextInt(keyWords == 1 ? 3_000 : 12);
        }
        List<Long> boxed = List.of(key[0], key[1], key[2], key[3]);
        int found = index.find(key[0], key[1], key[2], key[3]);
        assertThat(found).isEqualTo(expected.getOrDefault(boxed, Slab.NONE));
        if (found == Slab.NONE && !slab.isFull() && random.nextInt(3) < (i < 8_000 ? 3 : 1)) {
          int slot = slab.take();
          slab.setHash(slot, KEY, key[0], key[1], key[2], key[3]);
          index.add(slot);
          expected.put(boxed, slot);
        } else if (found != Slab.NONE) {
          index.remove(found);
          slab.release(found);
          expected.remove(boxed);
        }
      }
      expected.forEach((key, slot) ->
          assertThat(index.find(key.get(0), key.get(1), key.get(2), key.get(3))).isEqualTo(slot));
    }
  }

  @Test
  void aHeapGivesRecordsInTheOrderOfTheirTwoWords() {
    SplittableRandom random = new SplittableRandom(5);
    Slab slab = new Slab(WORDS, 1_000);
    SlabHeap heap = new SlabHeap(slab, KEY, OTHER);
    TreeSet<Integer> expected =
        new TreeSet<>(
            Comparator.<Integer>comparingLong(slot -> slab.get(slot, KEY))
                .thenComparingLong(slot -> slab.get(slot, KEY + 1)));
    long number = 0;
    for (int i = 0; i < 20_000; i++) {
      if (!slab.isFull() && random.nextInt(5) < 3) {
        int slot = slab.take();
        slab.set(slot, KEY, random.nextInt(-50, 50));
        slab.set(slot, KEY + 1, ++number);
        heap.add(slot);
        expected.add(slot);
      } else if (!expected.isEmpty()) {
        int gone = random.nextBoolean() ? expected.first() : pick(random, expected);
        expected.remove(gone);
        heap.remove(gone);
        heap.remove(gone);
        slab.release(gone);
      }
      assertThat(heap.first()).isEqualTo(expected.isEmpty() ? Slab.NONE : expected.first());
      if (i % 100 == 0) {
        List<Integer> seen = new ArrayList<>();
        walk(heap, heap.first(), seen, expected.comparator());
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  private static void walk(
      SlabHeap heap, int slot, List<Integer> seen, Comparator<? super Integer> order) {
    if (slot == Slab.NONE) {
      return;
    }
    seen.add(slot);
    for (int below : new int[] {heap.left(slot), heap.right(slot)}) {
      assertThat(below == Slab.NONE || order.compare(slot, below) < 0).isTrue();
      walk(heap, below, seen, order);
    }
  }

  private static int pick(SplittableRandom random, Set<Integer> slots) {
    return new ArrayList<>(slots).get(random.nextInt(slots.size()));
  }

  @Test
  void aListKeepsTheOrderOfAppendingWhoeverLeaves() {
    SplittableRandom random = new SplittableRandom(6);
    Slab slab = new Slab(WORDS, 100);
    SlabList list = new SlabList(slab, PREVIOUS, NEXT);
    LinkedHashSet<Integer> expected = new LinkedHashSet<>();
    for (int i = 0; i < 5_000; i++) {
      if (!slab.isFull() && random.nextInt(2) == 0) {
        int slot = slab.take();
        list.append(slot);
        expected.add(slot);
      } else if (!expected.isEmpty()) {
        int gone = new ArrayList<>(expected).get(random.nextInt(expected.size()));
        expected.remove(gone);
        list.remove(gone);
        slab.release(gone);
      }
      List<Integer> listed = new ArrayList<>();
      for (int slot = list.first(); slot != Slab.NONE; slot = list.next(slot)) {
        listed.add(slot);
      }
      assertThat(listed).containsExactlyElementsOf(expected);
      assertThat(list.size()).isEqualTo(expected.size());
    }
  }
}
