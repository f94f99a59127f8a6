package ai.ubc.provider.node;

import static ai.ubc.provider.node.Duty.Action.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.domain.Command;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Role;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.sdk.GatewayUnreachable;
import ai.ubc.sdk.MonotonicClock;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lease that was closed while a node was away is closed on the node too. */
class AbsenceTest {
  // How long a broken test waits.
  private static final long LIMIT_S = 60;
  private static final long RUNNING = 5;
  private static final long COMMITTED = 6;

  @TempDir Path root;

  private final BlockingQueue<Long> hints = new LinkedBlockingQueue<>();
  private final AtomicLong nowMs = new AtomicLong();
  private PartFixture fixture;
  private FakeLedger ledger;

  /** Runs for ever. */
  private static final class Endless implements JobRuntime {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public RunResult run(RunRequest request) throws InterruptedException {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
        throw new AssertionError("not reached");
      } finally {
        ended.countDown();
      }
    }
  }

  private final class Hints implements NodeShell.News {
    @Override
    public long await(long limitMs) throws InterruptedException {
      return hints.take();
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void open() throws Exception {
    fixture = new PartFixture(root);
    ledger = fixture.ledger;
    ledger.purseIs(0, 1_000);
  }

  private NodeShell started(Part part) {
    MonotonicClock clock =
        new MonotonicClock() {
          @Override
          public long nowMs() {
            return nowMs.get();
          }

          @Override
          public void sleep(long ms) {}
        };
    NodeShell shell =
        new NodeShell(
            "test",
            PartFixture.LIMITS,
            clock,
            () -> new NodeShell.Wiring(ledger, part, Role.PROVIDER, 1_000, new Hints()));
    shell.start();
    return shell;
  }

  private static Command offer(long units) {
    return new Command.PlaceOffer(Genesis.CLASS_WASI, 100, units);
  }

  @Test
  void aNodeThatWasDownForgetsWhatItKeptSendsNothingAndOffersAnew() throws Exception {
    Terms terms = Jobs.terms(ledger, RUNNING);
    ledger.failNext(new GatewayUnreachable("away", null));
    ProviderPart before = fixture.provider();
    assertThatThrownBy(() -> before.perform(Jobs.duty(RUN, terms), 0))
        .isInstanceOf(GatewayUnreachable.class);
    assertThat(fixture.vault).isNotEmptyDirectory();
    ledger.agendaIs();
    ledger.isOverNow(RUNNING);

    NodeShell shell = started(fixture.provider());
    try {
      shell.ready().get(LIMIT_S, TimeUnit.SECONDS);
      assertThat(fixture.vault).isEmptyDirectory();
      assertThat(ledger.given()).containsExactly(offer(8_000));
      assertThat(fixture.runtime.requests()).hasSize(1);
    } finally {
      shell.close();
    }
  }

  @Test
  void aNodeThatWasCutOffStopsWhatRunsForgetsWhatItKeptAndOffersAnew() throws Exception {
    Endless endless = new Endless();
    fixture.provider().perform(Jobs.duty(RUN, Jobs.terms(ledger, COMMITTED)), 0);
    assertThat(ledger.lastGiven()).isInstanceOf(Command.CommitResult.class);
    int givenBefore = ledger.given().size();
    ledger.offersAre(new Ledger.Offer(1, 100, 6_000));
    ledger.agendaIs(Jobs.duty(RUN, Jobs.terms(ledger, RUNNING)));

    ProviderPart part = fixture.provider(endless);
    NodeShell shell = started(part);
    try {
      assertThat(endless.begun.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();
      ledger.isAway(true);
      hints.add(ledger.seq());
      assertThat(part.keptJobs()).containsExactly(COMMITTED);
      ledger.agendaIs();
      ledger.isOverNow(RUNNING);
      ledger.isOverNow(COMMITTED);
      nowMs.set(NodeCore.CLEAN_MS);
      ledger.isAway(false);
      hints.add(ledger.seq());
      assertThat(endless.ended.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();
    } finally {
      shell.close();
    }
    assertThat(fixture.vault).isEmptyDirectory();
    assertThat(fixture.work()).isEmptyDirectory();
    assertThat(ledger.given().subList(givenBefore, ledger.given().size()))
        .isNotEmpty()
        .containsOnly(offer(2_000));
  }

  @Test
  void aResultThatWasDoneWhenItsLeaseWasClosedIsForgottenAtTheNextLook() throws Exception {
    ProviderPart part = fixture.provider();
    NodeCore core = new NodeCore("test", ledger, part, PartFixture.LIMITS);
    Duty duty = Jobs.duty(RUN, Jobs.terms(ledger, RUNNING));
    ledger.agendaIs(duty);
    assertThat(core.step(0).start()).hasSize(1);
    ledger.agendaIs();
    ledger.isOverNow(RUNNING);
    assertThat(core.step(10_000).stop()).containsExactly(duty.key());

    // It was done before it was told, and kept what it could not give.
    ledger.isAway(true);
    assertThatThrownBy(() -> part.perform(duty, 0)).isInstanceOf(GatewayUnreachable.class);
    ledger.isAway(false);
    core.ended(duty.key(), new Ending.Again("away"), 10_000);
    assertThat(part.keptJobs()).containsExactly(RUNNING);
    assertThat(core.step(20_000).start()).isEmpty();
    assertThat(part.keptJobs()).isEmpty();
  }
}
