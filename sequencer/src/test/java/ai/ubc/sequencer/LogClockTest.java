package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogClockTest {
  private final LogClock clock = new LogClock();

  @Test
  void logTimeNeverGoesBack() {
    assertThat(clock.advance(100)).isEqualTo(100);
    assertThat(clock.at(90)).isEqualTo(100);
    assertThat(clock.advance(90)).isEqualTo(100);
    assertThat(clock.advance(101)).isEqualTo(101);
  }

  @Test
  void theFirstTermIsNoOutage() {
    assertThat(clock.outageUntil(1_000_000)).isZero();
  }

  @Test
  void aGapAboveTheLeastIsAnOutage() {
    clock.observe(1_000);
    clock.observe(900);
    assertThat(clock.outageUntil(1_000 + LogClock.OUTAGE_MIN_MS)).isZero();
    assertThat(clock.outageUntil(1_001 + LogClock.OUTAGE_MIN_MS))
        .isEqualTo(LogClock.OUTAGE_MIN_MS + 1);
  }

  @Test
  void outagesAreLeftOutOfLogTimeAndComeBackInTheClustersTime() {
    clock.observe(1_000);
    clock.advance(1_000);
    clock.leaveOut(clock.outageUntil(61_000));
    assertThat(clock.advance(61_000)).isEqualTo(1_000);
    assertThat(clock.advance(61_500)).isEqualTo(1_500);
    assertThat(clock.clusterTimeOf(2_000)).isEqualTo(62_000);
    assertThat(clock.outagesMs()).isEqualTo(60_000);
  }

  @Test
  void itGoesOnFromWhatItWas() {
    clock.observe(1_000);
    clock.advance(1_000);
    clock.leaveOut(7);
    LogClock again = new LogClock();
    again.restore(clock.clusterTimeMs(), clock.outagesMs(), clock.logTimeMs());
    assertThat(again.advance(2_000)).isEqualTo(1_993);
    assertThat(again.outageUntil(9_000)).isEqualTo(8_000);
  }
}
