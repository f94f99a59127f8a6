package ai.ubc.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class WaitTextTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-29T11:30:15Z"));

  private static String end(Duration left) {
    return WaitText.end(left.toMillis(), CLOCK, ZoneOffset.UTC);
  }

  @Test
  void anEndIsSaidAsExactlyAsItMatters() {
    assertThat(end(Duration.ofSeconds(90))).isEqualTo("11:31:45");
    assertThat(end(Duration.ofMinutes(10))).isEqualTo("11:40");
    assertThat(end(Duration.ofHours(14))).isEqualTo("01:30");
    assertThat(end(Duration.ofDays(7))).isEqualTo("Sun 6 Dec 11:30");
    assertThat(end(Duration.ofSeconds(-1))).as("the tick is yet to come").isEqualTo("11:30:14");
  }

  @Test
  void aLimitIsOfAThousandMillions() {
    assertThat(WaitText.limit(20)).isEqualTo("at most 0.02 COMPUTE for 1 G instructions");
  }
}
