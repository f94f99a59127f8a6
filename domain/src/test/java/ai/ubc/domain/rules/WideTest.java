package ai.ubc.domain.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideTest {
  private static final long MAX = Long.MAX_VALUE;

  @Test
  void quotientsAreThoseOfUnboundedIntegers() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100_000; i++) {
      long a = random.nextLong() >>> (1 + random.nextInt(63));
      long b = random.nextLong() >>> (1 + random.nextInt(63));
      int divisor = 1 + (random.nextInt() >>> (1 + random.nextInt(31))) % Integer.MAX_VALUE;
      BigInteger[] exact =
          BigInteger.valueOf(a)
              .multiply(BigInteger.valueOf(b))
              .divideAndRemainder(BigInteger.valueOf(divisor));
      BigInteger up = exact[1].signum() == 0 ? exact[0] : exact[0].add(BigInteger.ONE);
      String operands = a + " * " + b + " / " + divisor;
      assertThat(Wide.multiplyDivideRoundedDown(a, b, divisor))
          .as(operands)
          .isEqualTo(saturated(exact[0]));
      assertThat(Wide.multiplyDivideRoundedUp(a, b, divisor)).as(operands).isEqualTo(saturated(up));
    }
  }

  private static long saturated(BigInteger value) {
    return value.min(BigInteger.valueOf(MAX)).longValueExact();
  }

  @ParameterizedTest
  @CsvSource({
    // a, b, divisor, down, up
    "0, 5, 7, 0, 0",
    "7, 1, 7, 1, 1",
    "8, 1, 7, 1, 2",
    "9223372036854775807, 1, 1, 9223372036854775807, 9223372036854775807",
    "9223372036854775807, 2, 2, 9223372036854775807, 9223372036854775807",
    "9223372036854775807, 3, 4, 6917529027641081855, 6917529027641081856",
    // 2^63 and 2^64 − 1 do not fit, nor does what needs more than 128 − 63 bits.
    "4611686018427387904, 2, 1, 9223372036854775807, 9223372036854775807",
    "9223372036854775807, 2, 1, 9223372036854775807, 9223372036854775807",
    "9223372036854775807, 9223372036854775807, 2147483647, 9223372036854775807, 9223372036854775807"
  })
  void roundingAndSaturationAtTheEdges(long a, long b, int divisor, long down, long up) {
    assertThat(Wide.multiplyDivideRoundedDown(a, b, divisor)).isEqualTo(down);
    assertThat(Wide.multiplyDivideRoundedUp(a, b, divisor)).isEqualTo(up);
  }

  @Test
  void roundingUpStopsAtTheGreatestLong() {
    // 3 · 6148914691236517205 = 2 · (2^63 − 1) + 1.
    assertThat(Wide.multiplyDivideRoundedDown(3, 6148914691236517205L, 2)).isEqualTo(MAX);
    assertThat(Wide.multiplyDivideRoundedUp(3, 6148914691236517205L, 2)).isEqualTo(MAX);
  }

  @Test
  void sumsSaturate() {
    assertThat(Wide.add(1, 2)).isEqualTo(3);
    assertThat(Wide.add(MAX, 0)).isEqualTo(MAX);
    assertThat(Wide.add(MAX, 1)).isEqualTo(MAX);
    assertThat(Wide.add(MAX, MAX)).isEqualTo(MAX);
  }
}
