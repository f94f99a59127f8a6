package ai.ubc.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AmountsTest {
  @Test
  void whatIsWrittenReadsAsItself() {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      long micros = 1 + random.nextLong(1L << random.nextInt(1, 62));
      assertThat(Amounts.parse(Amounts.plain(micros))).isEqualTo(micros);
    }
  }

  @Test
  void amountsAreWrittenAsPeopleWriteThem() {
    assertThat(Amounts.plain(0)).isEqualTo("0");
    assertThat(Amounts.plain(12_500)).isEqualTo("0.0125");
    assertThat(Amounts.compute(100_000_000)).isEqualTo("100 COMPUTE");
    assertThat(Amounts.units(7)).isEqualTo("7");
    assertThat(Amounts.units(12_345)).isEqualTo("12 k");
    assertThat(Amounts.units(4_400_000)).isEqualTo("4.4 M");
    assertThat(Amounts.units(1_730_000_000)).isEqualTo("1.73 G");
    assertThat(Amounts.symbol(1)).isEqualTo("UBC");
    assertThat(Amounts.symbol(2)).isEqualTo("COMPUTE");
  }

  @Test
  void whatIsNoAmountIsRefusedWithAnExample() {
    for (String text :
        List.of(
            "", "0", "0.0", "-1", "1e3", "0.0000001", "1.", ".5", "ten", "99999999999999", "1,5")) {
      assertThatThrownBy(() -> Amounts.parse(text), text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void unitsAreWrittenWithTheirTimeAndMoney() {
    assertThat(Amounts.cost(12_000, 1_200_000_000L))
        .isEqualTo("0.012 COMPUTE (1.20 G instructions, about 0.4 s)");
    assertThat(Amounts.work(1_000_000)).isEqualTo("1.0 M instructions, under 0.1 s");
    assertThat(Amounts.time(100_000_000_000L)).isEqualTo("about 32 s");
    assertThat(Amounts.time(1_000_000_000_000L)).isEqualTo("about 5 min");
    assertThat(Amounts.time(100_000_000_000_000L)).isEqualTo("about 9.0 h");
  }

  @Test
  void aPriceOf1GIsAThousandTimesThatOfAMillionUnits() {
    assertThat(Amounts.unitPrice(20)).isEqualTo("0.02 COMPUTE for 1 G instructions");
    assertThat(Amounts.unitPriceAlone(1)).isEqualTo("0.001 COMPUTE");
    assertThat(Amounts.unitPriceAlone(Long.MAX_VALUE)).isEqualTo("9223372036854775.807 COMPUTE");
    assertThat(Amounts.parseUnitPrice("0.02")).isEqualTo(20);
    assertThatThrownBy(() -> Amounts.parseUnitPrice("0.0009"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begin at 0.001");
  }
}
