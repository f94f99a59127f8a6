package ai.ubc.engine.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntTableTest {
  @Test
  void aTableHoldsWhatAMapHoldsAndZeroElsewhere() {
    SplittableRandom random = new SplittableRandom(1);
    IntTable table = new IntTable();
    Map<Integer, Integer> expected = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      int number = random.nextInt(1 + i);
      int value = random.nextInt();
      if (random.nextBoolean()) {
        table.set(number, value);
        expected.put(number, value);
      } else {
        table.add(number, value);
        expected.merge(number, value, Integer::sum);
      }
    }
    for (int number = 0; number < 11_000; number++) {
      assertThat(table.get(number)).isEqualTo(expected.getOrDefault(number, 0));
    }
  }

  @Test
  void whatMustBeSetAndIsNotHaltsTheLedger() {
    IntTable table = new IntTable();
    table.set(3, 7);
    table.set(4, 0);
    assertThat(table.require(3)).isEqualTo(7);
    for (int number : new int[] {0, 4, 63, 64, Integer.MAX_VALUE}) {
      assertThatIllegalStateException()
          .isThrownBy(() -> table.require(number))
          .withMessageContaining("for " + number);
    }
  }
}
