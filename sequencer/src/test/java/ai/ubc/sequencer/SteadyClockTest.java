package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private final AtomicLong unixMs = new AtomicLong(1_000_000);
  private final AtomicLong elapsedNs = new AtomicLong(-5);

  private SteadyClock clock(long atLeastMs) {
    return new SteadyClock(unixMs::get, elapsedNs::get, atLeastMs);
  }

  private void pass(long ms) {
    unixMs.addAndGet(ms);
    elapsedNs.addAndGet(ms * 1_000_000);
  }

  @Test
  void itBeginsWithTheMachinesClockAndGoesOnAlone() {
    SteadyClock clock = clock(0);
    pass(1_500);
    assertThat(clock.getAsLong()).isEqualTo(1_001_500);
    assertThat(clock.machineAheadMs()).isZero();
  }

  @Test
  void settingTheMachinesClockDoesNotMoveIt() {
    SteadyClock clock = clock(0);
    for (long jumpMs : new long[] {86_400_000, -172_800_000}) {
      long beforeMs = clock.getAsLong();
      unixMs.addAndGet(jumpMs);
      assertThat(clock.getAsLong()).isEqualTo(beforeMs);
    }
    assertThat(clock.machineAheadMs()).isEqualTo(-86_400_000);
  }

  @Test
  void itDoesNotBeginBeforeWhatWasReached() {
    SteadyClock clock = clock(5_000_000);
    assertThat(clock.getAsLong()).isEqualTo(5_000_000);
    pass(10);
    assertThat(clock.getAsLong()).isEqualTo(5_000_010);
    assertThat(clock.machineAheadMs()).isEqualTo(-4_000_000);
  }
}
