package ai.ubc.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.gateway.fake.TestNetwork;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LogClockTest {
  private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
  private static final long LONG_MS = 60_000;
  private static final int ENTRIES_MAX = 100_000;

  private final TestNetwork network = new TestNetwork("log clock");
  private final AtomicLong machineMs = new AtomicLong(network.ledger().nowMs());
  private final AtomicLong elapsedNs = new AtomicLong(77);

  private LogClock started() {
    return new LogClock(new SteadyTime(machineMs.get(), elapsedNs::get), 0, 0);
  }

  /** Time passes for the machine, the ledger and this process alike. */
  private void pass(long ms) {
    machineMs.addAndGet(ms);
    elapsedNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(ms));
    network.ledger().pass(ms);
  }

  private JournalEntry entry() {
    network.ledger().pass(0);
    return network.ledger().entries().getLast();
  }

  @Test
  void settingTheMachinesClockMovesLogTimeNeitherWay() {
    LogClock clock = started();
    for (long jumpMs : new long[] {HOUR_MS, -HOUR_MS, -HOUR_MS}) {
      machineMs.addAndGet(jumpMs);
      assertThat(clock.nowMs()).isEqualTo(network.ledger().nowMs());
      pass(1_234);
      assertThat(clock.nowMs()).isEqualTo(network.ledger().nowMs());
    }
  }

  @Test
  void aGatewayThatStartsAfterTheClockWasSetLearnsLogTimeFromTheFirstNewEntry() {
    for (long jumpMs : new long[] {HOUR_MS, -HOUR_MS}) {
      machineMs.set(network.ledger().nowMs() + jumpMs);
      LogClock clock = started();
      pass(10);
      clock.observe(entry());
      clock.lastIsNew();
      assertThat(clock.nowMs()).isEqualTo(network.ledger().nowMs());
      pass(5_000);
      assertThat(clock.nowMs()).isEqualTo(network.ledger().nowMs());
    }
  }

  @Test
  void anEntryThatIsReadALittleLateMovesNothing() {
    LogClock clock = started();
    JournalEntry entry = entry();
    pass(LogClock.READ_DELAY_MAX_MS);
    clock.observe(entry);
    clock.lastIsNew();
    assertThat(clock.nowMs()).isEqualTo(network.ledger().nowMs());
  }

  @Test
  void aTimeThatWasSetBackByALateEntryIsMadeGoodByTheNext() {
    LogClock clock = started();
    JournalEntry late = entry();
    pass(LogClock.READ_DELAY_MAX_MS + 1);
    clock.observe(late);
    clock.lastIsNew();
    assertThat(clock.nowMs()).isEqualTo(late.logTimeMs());
    pass(100);
    clock.observe(entry());
    clock.lastIsNew();
    assertThat(clock.nowMs()).isEqualTo(network.ledger().nowMs());
  }

  @Test
  void onlyWhatIsWrittenWhileTheJournalIsFollowedTellsTheTime() throws InterruptedException {
    entry();
    entry();
    machineMs.addAndGet(HOUR_MS);
    LogClock clock = started();
    try (Tail tail = new Tail(network.ledger(), clock, 0, 8, _ -> {})) {
      tail.start();
      try (Tail.Reader reader = tail.reader(1)) {
        assertThat(reader.next(2, LONG_MS)).hasSize(2);
        assertThat(clock.nowMs()).isEqualTo(machineMs.get());
        // The first may come before the end of the journal was seen.
        for (int i = 0; i < ENTRIES_MAX && clock.nowMs() != network.ledger().nowMs(); i++) {
          entry();
          assertThat(reader.next(1, LONG_MS)).hasSize(1);
        }
        assertThat(clock.nowMs()).isEqualTo(network.ledger().nowMs());
      }
    }
  }
}
