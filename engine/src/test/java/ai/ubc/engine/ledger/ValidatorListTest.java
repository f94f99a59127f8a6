package ai.ubc.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ValidatorListTest {
  private static final int ACCOUNTS = 300;

  private final ValidatorList list = new ValidatorList(ACCOUNTS);
  private final TreeMap<Integer, Long> bonds = new TreeMap<>();

  private boolean countsOthers(int number, long bondMicros, int one, int other) {
    long found =
        bonds.entrySet().stream()
            .filter(entry -> entry.getKey() != one && entry.getKey() != other)
            .filter(entry -> entry.getValue() >= bondMicros)
            .count();
    return found >= number;
  }

  @Test
  void theListIsInOrderOfAccountsAndCountsLikeAWalkOverAllWhoeverComesAndGoes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      int account = 1 + random.nextInt(ACCOUNTS);
      // Few amounts, so that many have the same; the list is long at first, short in the end.
      long bond = random.nextLong(1, 40);
      boolean stays = random.nextInt(20_000) > i;
      if (!bonds.containsKey(account)) {
        list.join(account, bond);
        bonds.put(account, bond);
      } else if (stays) {
        list.change(account, bond);
        bonds.put(account, bond);
      } else {
        list.leave(account);
        bonds.remove(account);
      }
      int number = random.nextInt(34);
      long least = random.nextLong(0, 42);
      int one = 1 + random.nextInt(ACCOUNTS);
      int other = random.nextBoolean() ? one : 1 + random.nextInt(ACCOUNTS);
      assertThat(list.hasOthers(number, least, one, other))
          .as("entry %d: %d with %d but %d and %d", i, number, least, one, other)
          .isEqualTo(countsOthers(number, least, one, other));
    }
    List<Integer> listed = new ArrayList<>();
    for (int i = 0; i < list.count(); i++) {
      listed.add(list.account(i));
    }
    assertThat(listed).containsExactlyElementsOf(bonds.keySet());
  }

  @Test
  void whoIsNotListedNeitherChangesNorLeaves() {
    list.join(1, 5);
    list.join(2, 5);
    list.leave(2);
    for (int account : new int[] {0, 2, 3, ACCOUNTS + 1}) {
      assertThatIllegalStateException().isThrownBy(() -> list.change(account, 1));
      assertThatIllegalStateException().isThrownBy(() -> list.leave(account));
    }
    assertThat(list.count()).isOne();
  }

  @Test
  void nobodyIsAskedForWhereNobodyIsListed() {
    assertThat(list.hasOthers(0, Long.MAX_VALUE, 1, 2)).isTrue();
    assertThat(list.hasOthers(1, 0, 1, 2)).isFalse();
  }
}
