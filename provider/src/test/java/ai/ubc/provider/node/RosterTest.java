package ai.ubc.provider.node;

import static ai.ubc.provider.node.Duty.Action.OPEN_RESULT;
import static ai.ubc.provider.node.Duty.Action.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RosterTest {
  private static final Duty ONE = Jobs.duty(RUN, 1, 5_000);
  private static final Duty TWO = Jobs.duty(RUN, 2, 6_000);
  private static final Duty OPEN = Jobs.duty(OPEN_RESULT, 3, 4_000);

  private final Roster roster = new Roster(new NodeLimits(1, 3, 1, 1, 0, 10_000, 100, 400));

  private static Agenda agenda(long seq, Duty... duties) {
    return new Agenda(seq, List.of(duties));
  }

  private List<Duty> started(Agenda agenda, long logTimeMs, long nowMs) {
    return roster.plan(agenda, logTimeMs, nowMs).start().stream().map(Roster.Start::duty).toList();
  }

  @Test
  void aDutyIsStartedOnce() {
    assertThat(started(agenda(1, ONE), 0, 0)).containsExactly(ONE);
    assertThat(started(agenda(2, ONE), 0, 0)).isEmpty();
    assertThat(roster.isIdle()).isFalse();
  }

  @Test
  void onlySoManyProgramsRunAndOpeningDoesNotWaitForThem() {
    assertThat(started(agenda(1, ONE, TWO, OPEN), 0, 0)).containsExactly(ONE, OPEN);
    roster.ended(ONE.key(), new Ending.Done(5), 0);
    assertThat(started(agenda(5, TWO, OPEN), 0, 0)).containsExactly(TWO);
  }

  @Test
  void onlySoManyDutiesAreUnderWay() {
    Duty[] many = new Duty[9];
    for (int i = 0; i < many.length; i++) {
      many[i] = Jobs.duty(OPEN_RESULT, i, 5_000);
    }
    assertThat(started(agenda(1, many), 0, 0)).hasSize(3);
  }

  @Test
  void whatTheLedgerDoesNotWaitForAnyMoreIsStoppedOnce() {
    assertThat(started(agenda(1, ONE), 0, 0)).containsExactly(ONE);
    assertThat(roster.plan(agenda(2), 0, 0).stop()).containsExactly(ONE.key());
    assertThat(roster.plan(agenda(2), 0, 0).stop()).isEmpty();
    roster.ended(ONE.key(), new Ending.Stopped(), 0);
    assertThat(roster.isIdle()).isTrue();
  }

  @Test
  void whatIsTooLateIsNotStarted() {
    assertThat(started(agenda(1, ONE), 5_000, 0)).isEmpty();
    assertThat(started(agenda(1, ONE), 4_999, 0)).containsExactly(ONE);
  }

  @Test
  void whatIsOverdueByThisMachinesClockIsNotStoppedBeforeTheLedgerSaysSo() {
    assertThat(roster.isOverdue(agenda(1, ONE), 5_000)).isFalse();
    assertThat(started(agenda(1, ONE), 0, 0)).containsExactly(ONE);
    assertThat(roster.isOverdue(agenda(1, ONE), 4_999)).isFalse();
    assertThat(roster.isOverdue(agenda(1, ONE), 5_000)).isTrue();
    assertThat(roster.plan(agenda(1, ONE), 5_000, 0).stop()).isEmpty();
    assertThat(roster.plan(agenda(2), 5_000, 0).stop()).containsExactly(ONE.key());
    assertThat(roster.isOverdue(agenda(1, ONE), 5_000)).isFalse();
  }

  @Test
  void aFailedDutyIsTriedAgainAfterGrowingPauses() {
    long now = 0;
    for (long pause : new long[] {100, 200, 400, 400}) {
      assertThat(started(agenda(1, ONE), 0, now)).containsExactly(ONE);
      roster.ended(ONE.key(), new Ending.Again("x"), now);
      assertThat(started(agenda(1, ONE), 0, now + pause - 1)).isEmpty();
      assertThat(roster.restMs(agenda(1, ONE), 0, now + pause - 1, 9_999)).isEqualTo(1);
      now += pause;
    }
    assertThat(roster.plan(agenda(1, ONE), 0, now).start().getFirst().failures()).isEqualTo(4);
  }

  @Test
  void aDutyThatIsDoneIsNotStartedByAnAgendaFromBefore() {
    assertThat(started(agenda(1, ONE), 0, 0)).containsExactly(ONE);
    roster.ended(ONE.key(), new Ending.Done(7), 0);
    assertThat(started(agenda(6, ONE), 0, 0)).isEmpty();
    assertThat(started(agenda(6), 0, 0)).isEmpty();
    assertThat(started(agenda(6, ONE), 0, 0)).isEmpty();
    assertThat(started(agenda(7, ONE), 0, 0)).containsExactly(ONE);
  }

  @Test
  void aRefusedDutyWaitsForTheStateBehindTheRefusalAndAPause() {
    assertThat(started(agenda(1, ONE), 0, 0)).containsExactly(ONE);
    roster.ended(ONE.key(), new Ending.Refused(7, "x"), 0);
    assertThat(started(agenda(6, ONE), 0, 100)).isEmpty();
    assertThat(started(agenda(7, ONE), 0, 99)).isEmpty();
    assertThat(started(agenda(7, ONE), 0, 100)).containsExactly(ONE);
  }

  @Test
  void aDutyThatIsGivenUpStaysSo() {
    assertThat(started(agenda(1, ONE), 0, 0)).containsExactly(ONE);
    roster.ended(ONE.key(), new Ending.Never("x"), 0);
    assertThat(started(agenda(9, ONE), 0, 999_999)).isEmpty();
    assertThat(started(agenda(9), 0, 999_999)).isEmpty();
    assertThat(started(agenda(9, ONE), 0, 999_999)).containsExactly(ONE);
  }

  @Test
  void itRestsUntilTheNextDeadlineOfWhatIsUnderWay() {
    Agenda agenda = agenda(1, ONE);
    assertThat(started(agenda, 1_000, 0)).containsExactly(ONE);
    assertThat(roster.restMs(agenda, 1_000, 0, 9_999)).isEqualTo(4_000);
    assertThat(roster.restMs(agenda, 1_000, 0, 50)).isEqualTo(50);
    assertThat(roster.restMs(agenda, 5_000, 0, 9_999)).isEqualTo(9_999);
  }

  @Test
  void limitsAreInOrder() {
    assertThatIllegalArgumentException().isThrownBy(() -> new NodeLimits(2, 1, 1, 1, 0, 1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new NodeLimits(1, 1, 1, 1, 0, 1, 2, 1));
    assertThat(NodeLimits.of(2).dutiesMax()).isEqualTo(34);
    assertThat(ONE.key()).hasToString("job 1 RUN");
    assertThat(new Duty.Key(Duty.Action.SEAL_VERDICT, 1, 2))
        .hasToString("job 1 SEAL_VERDICT round 2");
  }
}
