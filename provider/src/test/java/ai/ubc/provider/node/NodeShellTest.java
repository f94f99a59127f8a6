package ai.ubc.provider.node;

import static ai.ubc.provider.node.Duty.Action.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.domain.Command;
import ai.ubc.domain.Role;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.GatewayUnreachable;
import ai.ubc.sdk.MonotonicClock;
import ai.ubc.sdk.UbcException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NodeShellTest {
  // How long a broken test waits.
  private static final long LIMIT_S = 60;

  private final FakeLedger ledger = new FakeLedger();
  private final BlockingQueue<Long> hints = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private final class Hints implements NodeShell.News {
    @Override
    public long await(long limitMs) throws UbcException, InterruptedException {
      long seq = hints.take();
      if (seq < 0) {
        throw new GatewayUnreachable("deaf", null);
      }
      return seq;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  /** A part whose duties do what the test says. */
  private abstract static class TestPart implements Part {
    @Override
    public void tend(Agenda agenda) {}

    @Override
    public void leave() {}

    @Override
    public boolean isOffering(Agenda agenda) {
      return false;
    }

    @Override
    public List<Long> keptJobs() {
      return List.of();
    }

    @Override
    public void forget(long job) {}
  }

  private NodeShell.Wiring wiring(Part part) {
    return new NodeShell.Wiring(ledger, part, Role.PROVIDER, 1_000, new Hints());
  }

  private static NodeShell started(NodeShell.Connector connector) {
    // No pauses: failures repeat at once. No periodic read either.
    MonotonicClock impatient =
        new MonotonicClock() {
          @Override
          public long nowMs() {
            return 0;
          }

          @Override
          public void sleep(long ms) {}
        };
    NodeLimits limits = new NodeLimits(1, 2, 1, 1, 0, 3_600_000, 1, 1);
    NodeShell shell = new NodeShell("test", limits, impatient, connector);
    shell.start();
    return shell;
  }

  @Test
  void aHintLeadsToTheDutyAndItsEndToTheNextRead() throws Exception {
    ledger.purseIs(0, 1_000);
    BlockingQueue<Duty> performed = new LinkedBlockingQueue<>();
    Part part =
        new TestPart() {
          @Override
          public Ending perform(Duty duty, int failures) {
            ledger.agendaIs();
            performed.add(duty);
            return new Ending.Done(ledger.seq());
          }
        };
    NodeShell shell = started(() -> wiring(part));
    try {
      assertThat(shell.ready().get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(FakeLedger.ACCOUNT);
      Duty duty = Jobs.duty(RUN, 5, 5_000);
      ledger.agendaIs(duty);
      hints.add(-1L);
      hints.add(ledger.seq());
      assertThat(performed.poll(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(duty);
      Duty next = Jobs.duty(RUN, 6, 5_000);
      ledger.agendaIs(next);
      hints.add(ledger.seq());
      assertThat(performed.poll(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(next);
    } finally {
      shell.close();
    }
    assertThat(closed.getCount()).isZero();
  }

  @Test
  void aDutyThatIsOverIsInterruptedAndAFailedOneRepeated() throws Exception {
    ledger.purseIs(0, 1_000);
    BlockingQueue<String> happened = new LinkedBlockingQueue<>();
    AtomicInteger attempts = new AtomicInteger();
    Part part =
        new TestPart() {
          @Override
          public Ending perform(Duty duty, int failures) throws UbcException, InterruptedException {
            switch (attempts.incrementAndGet()) {
              case 1 -> throw new GatewayUnreachable("away", null);
              case 2 -> throw new IllegalStateException("a fault of ours");
              default -> happened.add("attempt " + failures);
            }
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              happened.add("stopped");
              throw e;
            }
            return new Ending.Never("not reached");
          }
        };
    ledger.agendaIs(Jobs.duty(RUN, 5, 5_000));
    AtomicInteger nowMs = new AtomicInteger();
    MonotonicClock running =
        new MonotonicClock() {
          @Override
          public long nowMs() {
            return nowMs.addAndGet(1);
          }

          @Override
          public void sleep(long ms) {}
        };
    NodeShell shell =
        new NodeShell(
            "test", new NodeLimits(1, 2, 1, 1, 0, 3_600_000, 1, 1), running, () -> wiring(part));
    shell.start();
    try {
      assertThat(happened.poll(LIMIT_S, TimeUnit.SECONDS)).isEqualTo("attempt 2");
      ledger.agendaIs();
      hints.add(ledger.seq());
      assertThat(happened.poll(LIMIT_S, TimeUnit.SECONDS)).isEqualTo("stopped");
    } finally {
      shell.close();
    }
  }

  @Test
  void closingStopsWhatIsUnderWay() throws Exception {
    ledger.purseIs(0, 1_000);
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Part part =
        new TestPart() {
          @Override
          public Ending perform(Duty duty, int failures) throws InterruptedException {
            underWay.countDown();
            try {
              new CountDownLatch(1).await();
            } finally {
              stopped.countDown();
            }
            return new Ending.Never("not reached");
          }
        };
    ledger.agendaIs(Jobs.duty(RUN, 5, 5_000));
    NodeShell shell = started(() -> wiring(part));
    assertThat(underWay.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();
    shell.close();
    assertThat(stopped.getCount()).isZero();
    assertThat(closed.getCount()).isZero();
  }

  @Test
  void aNodeThatLeavesEndsWhatItHasBegunBeforeItIsDone() throws Exception {
    ledger.purseIs(0, 1_000);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Part part =
        new TestPart() {
          @Override
          public Ending perform(Duty duty, int failures) throws InterruptedException {
            mayEnd.await();
            ledger.agendaIs();
            return new Ending.Done(ledger.seq());
          }
        };
    ledger.agendaIs(Jobs.duty(RUN, 5, 5_000));
    NodeShell shell = started(() -> wiring(part));
    try {
      assertThat(shell.ready().get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(FakeLedger.ACCOUNT);
      CompletableFuture<Unfinished> left = shell.leave();
      assertThat(left.isDone()).isFalse();
      mayEnd.countDown();
      assertThat(left.get(LIMIT_S, TimeUnit.SECONDS).isNothing()).isTrue();
      assertThat(shell.unfinished().isNothing()).isTrue();
    } finally {
      shell.close();
    }
    assertThat(shell.leave().isDone()).isTrue();
  }

  @Test
  void itWaitsForTheGatewayAndForItsBond() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    Part part =
        new TestPart() {
          @Override
          public Ending perform(Duty duty, int failures) {
            return new Ending.Never("x");
          }
        };
    ledger.failNext(new GatewayUnreachable("away", null));
    NodeShell shell =
        started(() -> {
          if (attempts.incrementAndGet() < 4) {
            throw new GatewayUnreachable("away", null);
          }
          return wiring(part);
        });
    try {
      ledger.purseIs(5_000, 0);
      assertThat(shell.ready().get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(FakeLedger.ACCOUNT);
      assertThat(ledger.given()).containsExactly(new Command.Bond(Role.PROVIDER.code(), 1_000));
      assertThat(attempts.get()).isEqualTo(4);
    } finally {
      shell.close();
    }
  }

  @Test
  void whatCanNeverBeIsReported() {
    NodeShell shell =
        started(() -> {
          throw FakeLedger.problem(GatewayProblem.GENESIS_MISMATCH, 0);
        });
    assertThatThrownBy(() -> shell.ready().get(LIMIT_S, TimeUnit.SECONDS))
        .hasCauseInstanceOf(GatewayProblem.class);
    shell.close();
  }

  @Test
  void aNodeThatIsClosedBeforeItTakesPartIsNeverReady() {
    NodeShell shell =
        started(() -> {
          new CountDownLatch(1).await();
          throw new GatewayUnreachable("not reached", null);
        });
    shell.close();
    assertThatThrownBy(() -> shell.ready().get(LIMIT_S, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
  }
}
