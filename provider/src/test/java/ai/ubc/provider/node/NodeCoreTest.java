package ai.ubc.provider.node;

import static ai.ubc.provider.node.Duty.Action.OPEN_RESULT;
import static ai.ubc.provider.node.Duty.Action.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Command;
import ai.ubc.sdk.GatewayUnreachable;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCoreTest {
  @TempDir Path root;

  private PartFixture fixture;
  private FakeLedger ledger;
  private ProviderPart provider;
  private NodeCore core;

  @BeforeEach
  void open() throws Exception {
    fixture = new PartFixture(root);
    ledger = fixture.ledger;
    ledger.offersAre(new Ledger.Offer(1, 100, 8_000));
    provider = fixture.provider();
    core = new NodeCore("provider", ledger, provider, PartFixture.LIMITS);
  }

  // Carries out what a step starts, on this thread.
  private int perform(Roster.Plan plan) throws Exception {
    for (Roster.Start start : plan.start()) {
      core.ended(start.duty().key(), provider.perform(start.duty(), start.failures()), 0);
    }
    return plan.start().size();
  }

  @Test
  void aJobGoesFromLeaseToOpenedResultByStateAlone() throws Exception {
    Terms terms = Jobs.terms(ledger, 5);
    ledger.agendaIs(Jobs.duty(RUN, terms));
    assertThat(perform(core.step(0))).isEqualTo(1);
    assertThat(core.isReconciled()).isTrue();
    long committed = ledger.seq();
    ledger.agendaIs();
    assertThat(perform(core.step(0))).isZero();
    assertThat(ledger.lastAfter()).isEqualTo(committed);
    ledger.agendaIs(Jobs.duty(OPEN_RESULT, terms));
    core.wake(ledger.seq());
    assertThat(perform(core.step(0))).isEqualTo(1);
    assertThat(ledger.lastGiven()).isInstanceOf(Command.OpenResult.class);
  }

  @Test
  void aProviderThatLeavesIsDoneOnceItsOffersAreGoneAndWhatItCommittedToIsOpened()
      throws Exception {
    Terms terms = Jobs.terms(ledger, 5);
    ledger.agendaIs(Jobs.duty(RUN, terms));
    Roster.Plan run = core.step(0);
    core.leave();
    core.step(0);
    assertThat(ledger.lastGiven()).isEqualTo(new Command.CancelOffer(1));
    ledger.offersAre();
    core.step(NodeCore.LEAVING_READ_MS);
    assertThat(core.unfinished()).isEqualTo(new Unfinished(false, List.of(5L), List.of()));
    perform(run);
    // It is checked now: nothing is asked of the provider, but it must be there for the opening.
    ledger.agendaIs();
    core.step(1_000);
    assertThat(core.unfinished()).isEqualTo(new Unfinished(false, List.of(), List.of(5L)));
    ledger.agendaIs(Jobs.duty(OPEN_RESULT, terms));
    assertThat(perform(core.step(2_000))).isEqualTo(1);
    ledger.agendaIs();
    core.step(3_000);
    assertThat(core.unfinished().isNothing()).isTrue();
    assertThat(ledger.given()).noneMatch(Command.PlaceOffer.class::isInstance);
  }

  @Test
  void theAgendaIsReadAtStartWhenWokenAndPeriodically() throws Exception {
    core.step(0);
    assertThat(core.restMs(0)).isEqualTo(10_000);
    core.step(9_999);
    assertThat(ledger.reads()).isEqualTo(1);
    core.step(10_000);
    assertThat(ledger.reads()).isEqualTo(2);
    core.wake(333);
    assertThat(core.restMs(10_001)).isZero();
    core.step(10_001);
    assertThat(ledger.reads()).isEqualTo(3);
    assertThat(ledger.lastAfter()).isEqualTo(333);
  }

  @Test
  void aLeaseThatClosedWhileTheNodeWasAwayIsStopped() throws Exception {
    ledger.agendaIs(Jobs.duty(RUN, Jobs.terms(ledger, 5)));
    Roster.Plan plan = core.step(0);
    assertThat(plan.start()).hasSize(1);
    ledger.agendaIs();
    assertThat(core.step(10_000).stop()).containsExactly(plan.start().getFirst().duty().key());
    core.ended(plan.start().getFirst().duty().key(), new Ending.Stopped(), 10_000);
    assertThat(core.step(10_000).stop()).isEmpty();
  }

  @Test
  void withoutTheGatewayWhatRunsRunsOn() throws Exception {
    ledger.agendaIs(Jobs.duty(RUN, Jobs.terms(ledger, 5)));
    assertThat(core.step(0).start()).hasSize(1);
    for (long now : new long[] {10_000, 10_100, 10_300, 10_700}) {
      ledger.failNext(new GatewayUnreachable("away", null));
      assertThat(core.step(now).stop()).isEmpty();
    }
    assertThat(core.restMs(10_700)).isEqualTo(400);
  }

  @Test
  void theLedgerIsAskedOnceADeadlineHasPassedAndDecides() throws Exception {
    Duty duty = Jobs.duty(RUN, Jobs.terms(ledger, 5));
    ledger.agendaIs(duty);
    assertThat(core.step(0).start()).hasSize(1);
    assertThat(core.restMs(0)).isEqualTo(4_000);
    ledger.timeIs(Jobs.DEADLINE_MS);
    assertThat(core.step(4_000).stop()).isEmpty();
    assertThat(ledger.reads()).isEqualTo(2);
    assertThat(core.step(4_001).stop()).isEmpty();
    assertThat(ledger.reads()).isEqualTo(2);
    ledger.agendaIs();
    assertThat(core.step(14_000).stop()).containsExactly(duty.key());
  }

  @Test
  void itTakesPartOnceItCouldTendItsOffers() throws Exception {
    ledger.failNext(new GatewayUnreachable("away", null));
    core.step(0);
    assertThat(core.isReconciled()).isFalse();
    core.step(100);
    assertThat(core.isReconciled()).isTrue();
  }

  @Test
  void whatIsKeptOfAJobIsForgottenOnlyWhenTheJobIsOver() throws Exception {
    Terms terms = Jobs.terms(ledger, 5);
    ledger.agendaIs(Jobs.duty(RUN, terms));
    perform(core.step(0));
    ledger.agendaIs();
    core.step(NodeCore.CLEAN_MS);
    assertThat(provider.keptJobs()).containsExactly(5L);
    ledger.isOverNow(5);
    core.step(NodeCore.CLEAN_MS + 10_000);
    assertThat(provider.keptJobs()).containsExactly(5L);
    ledger.agendaIs(Jobs.duty(OPEN_RESULT, terms));
    core.step(2 * NodeCore.CLEAN_MS);
    assertThat(provider.keptJobs()).containsExactly(5L);
    ledger.agendaIs();
    core.step(3 * NodeCore.CLEAN_MS);
    assertThat(provider.keptJobs()).isEmpty();
  }

  @Test
  void whatFailsAgainInTheSameWayIsSaidOnce() throws Exception {
    Duty one = Jobs.duty(RUN, Jobs.terms(ledger, 5));
    Duty other = Jobs.duty(RUN, Jobs.terms(ledger, 6));
    ledger.agendaIs(one, other);
    core.step(0);
    List<String> said =
        warnings(() -> {
          for (int i = 0; i < 3; i++) {
            core.ended(one.key(), new Ending.Refused(0, "no"), 0);
          }
          core.ended(other.key(), new Ending.Refused(0, "no"), 0);
          core.ended(one.key(), new Ending.Again("no"), 0);
          core.ended(one.key(), new Ending.Again("no"), 0);
          core.ended(one.key(), new Ending.Refused(0, "no"), 0);
        });
    assertThat(said)
        .containsExactly(
            "provider: job 5 RUN refused: no",
            "provider: job 6 RUN refused: no",
            "provider: job 5 RUN will be tried again: no",
            "provider: job 5 RUN refused: no");
  }

  private static List<String> warnings(Runnable doing) {
    List<String> said = new ArrayList<>();
    Logger log = Logger.getLogger(NodeCore.class.getPackageName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
              said.add(MessageFormat.format(entry.getMessage(), entry.getParameters()));
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    log.addHandler(handler);
    try {
      doing.run();
    } finally {
      log.removeHandler(handler);
    }
    return said;
  }

  @Test
  void everyEndingLetsTheNodeGoOn() throws Exception {
    Duty duty = Jobs.duty(RUN, Jobs.terms(ledger, 5));
    ledger.agendaIs(duty);
    assertThat(core.step(0).start()).hasSize(1);
    core.ended(duty.key(), new Ending.Refused(200, "x"), 0);
    assertThat(core.step(100).start()).isEmpty();
    assertThat(ledger.lastAfter()).isEqualTo(200);
    core.wake(0);
    while (ledger.seq() < 200) {
      ledger.agendaIs(duty);
    }
    assertThat(core.step(100).start()).hasSize(1);
    core.ended(duty.key(), new Ending.Never("x"), 100);
    assertThat(core.step(99_999).start()).isEmpty();
  }
}
