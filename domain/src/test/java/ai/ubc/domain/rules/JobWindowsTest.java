package ai.ubc.domain.rules;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.GenesisParameters;
import org.junit.jupiter.api.Test;

class JobWindowsTest {
  private static final GenesisParameters P = GenesisParameters.production();

  @Test
  void workTakesTheTimeOfTheSlowestMachineRoundedUp() {
    assertThat(JobWindows.workMsRoundedUp(P, 0)).isZero();
    assertThat(JobWindows.workMsRoundedUp(P, 1)).isEqualTo(1);
    assertThat(JobWindows.workMsRoundedUp(P, 10_000)).isEqualTo(1);
    assertThat(JobWindows.workMsRoundedUp(P, 10_001)).isEqualTo(2);
    assertThat(JobWindows.workMsRoundedUp(P, 10_000_000)).isEqualTo(1_000);
    assertThat(JobWindows.workMsRoundedUp(P, Long.MAX_VALUE)).isPositive();
  }

  @Test
  void windowsCoverTheWork() {
    assertThat(JobWindows.runWindowLeastMs(P, 10_000_000)).isEqualTo(31_000);
    assertThat(JobWindows.sealWindowMs(P, 10_000_000)).isEqualTo(61_000);
  }

  @Test
  void theLargestJobFitsTheLongestWindow() {
    long units = JobWindows.unitsMax(P);
    assertThat(units).isEqualTo(35_700_000_000L);
    assertThat(JobWindows.runWindowLeastMs(P, units)).isEqualTo(P.runWindowMaxMs());
    assertThat(JobWindows.runWindowLeastMs(P, units + 1)).isGreaterThan(P.runWindowMaxMs());
  }
}
