package ai.ubc.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class AmountTextTest {
  @Test
  void amountsHaveTheDecimalsTheyNeedAndNoMore() {
    assertThat(AmountText.plain(0)).isEqualTo("0");
    assertThat(AmountText.plain(1)).isEqualTo("0.000001");
    assertThat(AmountText.plain(12_500)).isEqualTo("0.0125");
    assertThat(AmountText.plain(-1_500_000)).isEqualTo("-1.5");
    assertThat(AmountText.compute(100_000_000)).isEqualTo("100 COMPUTE");
    assertThat(AmountText.plain(BigInteger.TEN.pow(30))).isEqualTo("1" + "0".repeat(24));
  }

  @Test
  void theLargestAmountsAndPricesAreWrittenWhole() {
    assertThat(AmountText.plain(Long.MAX_VALUE)).isEqualTo("9223372036854.775807");
    assertThat(AmountText.compute(Long.MIN_VALUE)).isEqualTo("-9223372036854.775808 COMPUTE");
    assertThat(AmountText.priceOfBillion(Long.MAX_VALUE)).isEqualTo("9223372036854775.807 COMPUTE");
    assertThat(AmountText.priceOfBillion(20)).isEqualTo("0.02 COMPUTE");
    assertThat(AmountText.priceOfBillion(100_000)).isEqualTo("100 COMPUTE");
  }
}
