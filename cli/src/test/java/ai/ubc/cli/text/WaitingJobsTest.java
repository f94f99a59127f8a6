package ai.ubc.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WaitingJobsTest {
  @Test
  void aListThatIsCutOffSaysSo() {
    assertThat(new WaitingJobs(List.of(7L, 5L), true).text()).isEqualTo("7, 5");
    assertThat(new WaitingJobs(List.of(7L, 5L), false).text()).isEqualTo("7, 5, and older ones");
  }
}
