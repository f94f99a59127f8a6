package ai.ubc.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.ubc.domain.JobState;
import org.junit.jupiter.api.Test;

class TransitionTableTest {
  private final TransitionTable table = new TransitionTable();

  @Test
  void aRowIsCountedWhenItIsTaken() {
    Transition row = table.take(JobState.LEASED.code(), JobInput.JUDGED_ABANDONED);
    assertThat(row.to()).isEqualTo(JobState.CLOSED);
    assertThat(table.timesTaken(row.index())).isOne();
    assertThat(table.describe(row.index())).isEqualTo("LEASED --JUDGED_ABANDONED--> CLOSED");
    assertThat(table.describe(0)).isEqualTo("[*] --SUBMITTED--> LEASED");
  }

  @Test
  void anInputThatTheTableDoesNotKnowHaltsTheEngine() {
    assertThatIllegalStateException()
        .isThrownBy(() -> table.take(JobState.CLOSED.code(), JobInput.DRAWN))
        .withMessageContaining("DRAWN");
  }
}
