package ai.ubc.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @CsvSource({"90s, PT90S", "30m, PT30M", "1h, PT1H", "7d, PT168H"})
  void aTimeIsANumberAndAUnit(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "h", "0s", "-1s", "1.5h", "1w", "9999999999s", " 1h"})
  void whatIsNoTimeIsNamed(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\" is not a time");
  }

  @Test
  void aTimeIsShownAsPeopleSayIt() {
    assertThat(Durations.text(Duration.ofSeconds(45))).isEqualTo("45 s");
    assertThat(Durations.text(Duration.ofMinutes(60))).isEqualTo("60 min");
    assertThat(Durations.text(Duration.ofHours(30))).isEqualTo("30.0 h");
    assertThat(Durations.text(Duration.ofDays(7))).isEqualTo("7 days");
    assertThat(Durations.text(Duration.ofMillis(-5))).isEqualTo("0.0 s");
  }
}
