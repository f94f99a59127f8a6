package ai.ubc.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.gateway.fake.TestNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

final class TailTest {
  private static final long LONG_MS = 60_000;

  private final TestNetwork network = new TestNetwork("tail");
  private final LogClock clock = new LogClock(network.ledger()::nowMs, 0, 0);

  private Tail tail(JournalFeed feed, long afterSeq, int capacity) {
    Tail tail = new Tail(feed, clock, afterSeq, capacity, _ -> {});
    tail.start();
    return tail;
  }

  private static List<Long> read(Tail.Reader reader, int count) throws InterruptedException {
    List<Long> seqs = new ArrayList<>();
    while (seqs.size() < count) {
      reader.next(3, LONG_MS).forEach(entry -> seqs.add(entry.seq()));
    }
    return seqs;
  }

  @Test
  void everyReaderGetsEveryEntryInOrderWhereverItStarts() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      network.ledger().pass(1);
    }
    long last = network.ledger().lastSeq();
    try (Tail tail = tail(network.ledger(), 0, 8)) {
      for (long from = 1; from <= last; from++) {
        try (Tail.Reader reader = tail.reader(from)) {
          List<Long> seqs = read(reader, (int) (last - from + 1));
          assertThat(seqs.getFirst()).isEqualTo(from);
          assertThat(seqs).isSorted().doesNotHaveDuplicates().hasSize((int) (last - from + 1));
          assertThat(reader.nextSeq()).isEqualTo(last + 1);
        }
      }
    }
  }

  @Test
  void anEntryIsAwaitedUntilItComesOrNothingMoreDoes() throws Exception {
    long last = network.ledger().lastSeq();
    FutureTask<Boolean> left;
    try (Tail tail = tail(network.ledger(), 0, 8)) {
      assertThat(tail.awaits(last, LONG_MS)).isTrue();
      assertThat(tail.awaits(last + 1, 0)).isFalse();
      FutureTask<Boolean> waiting = new FutureTask<>(() -> tail.awaits(last + 1, LONG_MS));
      Thread.ofVirtual().start(waiting);
      network.ledger().pass(1);
      assertThat(waiting.get()).isTrue();
      left = new FutureTask<>(() -> tail.awaits(Long.MAX_VALUE, LONG_MS));
      Thread.ofVirtual().start(left);
    }
    assertThat(left.get()).isTrue();
  }

  @Test
  void aReaderFromBeforeTheStartReadsTheJournal() throws InterruptedException {
    network.ledger().pass(1);
    try (Tail tail = tail(network.ledger(), 2, 8);
        Tail.Reader reader = tail.reader(1)) {
      assertThat(read(reader, 2)).containsExactly(1L, 2L);
      assertThat(reader.next(1, 0)).isEmpty();
      network.ledger().pass(1);
      assertThat(read(reader, 1)).containsExactly(3L);
    }
  }

  @Test
  void onlyAReaderThatWasUpToDateFallsBehind() throws InterruptedException {
    try (Tail tail = tail(network.ledger(), 0, 4);
        Tail.Reader slow = tail.reader(1);
        Tail.Reader other = tail.reader(1)) {
      read(slow, 1);
      for (int i = 0; i < 10; i++) {
        network.ledger().pass(1);
      }
      read(other, 11);
      assertThat(slow.hasFallenBehind()).isTrue();
      try (Tail.Reader late = tail.reader(1)) {
        assertThat(late.hasFallenBehind()).isFalse();
      }
      assertThat(read(slow, 10)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    }
  }

  @Test
  void closingWakesReaders() throws InterruptedException {
    Tail tail = tail(network.ledger(), 1, 4);
    Tail.Reader reader = tail.reader(2);
    Thread closer = Thread.ofVirtual().start(tail::close);
    assertThat(reader.next(1, LONG_MS)).isEmpty();
    closer.join();
    assertThat(tail.hasEnded()).isTrue();
    assertThat(tail.hasFailed()).isFalse();
  }

  @Test
  void aGapInTheJournalEndsFollowing() throws InterruptedException {
    JournalFeed gap = from -> network.ledger().open(from + 1);
    network.ledger().pass(1);
    try (Tail tail = tail(gap, 0, 4);
        Tail.Reader reader = tail.reader(1)) {
      assertThat(reader.next(1, LONG_MS)).isEmpty();
      assertThat(tail.hasFailed()).isTrue();
    }
  }

  @Test
  void aJournalThatCanNotBeOpenedIsSaidAtOnce() {
    Tail tail =
        new Tail(
            _ -> {
              throw new IllegalStateException("another network's journal");
            },
            clock,
            0,
            4,
            _ -> {});
    assertThatThrownBy(tail::start).hasMessage("another network's journal");
  }

  @Test
  void logTimeLeavesOutagesOutAndNeverGoesBack() throws InterruptedException {
    long start = network.ledger().nowMs();
    network.ledger().outage(400);
    try (Tail tail = tail(network.ledger(), 0, 8);
        Tail.Reader reader = tail.reader(1)) {
      read(reader, 2);
      assertThat(clock.atUnix(start + 1_000)).isEqualTo(start + 600);
      assertThat(clock.atUnix(start + 100)).isEqualTo(start);
      assertThat(clock.nowMs()).isEqualTo(start);
      assertThat(clock.unixNowMs()).isEqualTo(start);
    }
    LogClock resumed = new LogClock(() -> 5_000, 2, 400);
    network.ledger().entries().forEach(resumed::observe);
    assertThat(resumed.atUnix(start + 1_000)).isEqualTo(start + 600);
  }
}
