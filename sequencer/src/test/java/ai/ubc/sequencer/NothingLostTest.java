package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalCopy;
import ai.ubc.codec.journal.JournalException;
import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.domain.Event;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.link.Ack;
import ai.ubc.link.LedgerLink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node does about its disk and its clock, and what it is made of anew. */
class NothingLostTest {
  private static final int SMALL_SEGMENT = 16 << 10;
  private static final int SMALL_LOG_SEGMENT = 64 << 10;
  private static final long NEVER = Long.MAX_VALUE;

  @TempDir private Path directory;

  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws IOException {
    network = TestNetwork.in(directory.resolve("node"));
  }

  private Path home() {
    return directory.resolve("node");
  }

  private SequencerConfig small(UpkeepSettings upkeep) {
    return TestNetwork.slowly(network.config())
        .withSegmentBytes(SMALL_SEGMENT)
        .withUpkeep(upkeep.withLogSegmentBytes(SMALL_LOG_SEGMENT));
  }

  private UpkeepSettings upkeep() {
    return UpkeepSettings.standard(home()).withSnapshots(NEVER, NEVER);
  }

  private LedgerState replay() {
    return Replay.run(DataDirectory.journal(home()), network.genesis(), FakeLedger.factory());
  }

  private static SequencerNode start(SequencerConfig config) throws IOException {
    return SequencerNode.start(config, TestNetwork.PATIENCE_MS);
  }

  private static List<Path> files(Path in, String suffix) {
    if (!Files.isDirectory(in)) {
      return List.of();
    }
    try (var files = Files.list(in)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path file : files(from, "")) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
  }

  @Test
  void snapshotsComeByThemselvesAndWhatTheyReplaceGoes() throws Exception {
    Path archive = directory.resolve("old-segments");
    SequencerConfig config = small(upkeep().withSnapshots(300, NEVER).withJournalArchive(archive));
    Path log = home().resolve("archive");
    LedgerState before;
    try (SequencerNode node = start(config);
        LedgerLink link = TestNetwork.link(node)) {
      int nonce = 1;
      for (int batch = 0; batch < 4; batch++) {
        int moved = files(archive, ".journal").size();
        network.transferAll(link, nonce, nonce + 399);
        nonce += 400;
        TestNetwork.until(() -> files(archive, ".journal").size() > moved);
      }
      // The first file of the log is gone; so is the first snapshot.
      TestNetwork.until(
          () -> files(log, ".rec").stream().noneMatch(file -> file.endsWith("0-0.rec")));
      before = node.state();
      node.abort();
    }
    assertThat(replay()).isEqualTo(before);
    try (SequencerNode node = start(config);
        LedgerLink link = TestNetwork.link(node)) {
      assertThat(node.state()).isEqualTo(before);
      assertThat(TestNetwork.await(link.submit(network.transfer(7, 7))).seq()).isEqualTo(8);
    }
    assertThat(replay().seq()).isEqualTo(before.seq() + 1);
  }

  @Test
  void segmentsStayWhereTheyAreWhileTheArchiveHasNoRoom() throws Exception {
    Path archive = directory.resolve("old-segments");
    long more = 2 * UpkeepSettings.usableBytes(directory);
    UpkeepSettings noRoom =
        upkeep()
            .withSnapshots(300, NEVER)
            .withJournalArchive(archive)
            .withFreeBytes(more, () -> more);
    try (Logged logged = new Logged(ArchiveRoom.class);
        SequencerNode node = start(small(noRoom));
        LedgerLink link = TestNetwork.link(node)) {
      network.transferAll(link, 1, 400);
      TestNetwork.until(() -> !logged.messages().isEmpty());
      network.transferAll(link, 401, 410);
      assertThat(logged.messages()).singleElement().asString().contains(archive.toString());
    }
    assertThat(files(archive, ".journal")).isEmpty();
    assertThat(replay().seq()).isGreaterThan(410);
  }

  @Test
  void aNodeIsMadeAnewFromItsJournalAlone() throws Exception {
    LedgerState before;
    try (SequencerNode node = start(small(upkeep()));
        LedgerLink link = TestNetwork.link(node)) {
      network.transferAll(link, 1, 300);
      before = node.state();
    }
    Hash32 genesisHash = GenesisFile.hash(network.genesis());
    Path anew = directory.resolve("anew");
    JournalPosition end =
        JournalCopy.copy(DataDirectory.journal(home()), genesisHash, DataDirectory.journal(anew));
    copyFiles(DataDirectory.beacon(home()), DataDirectory.beacon(anew));
    TestNetwork restored = TestNetwork.in(anew);
    LogBegin.write(anew, end, before.logTimeMs());
    SequencerConfig config = TestNetwork.slowly(restored.config());

    // Also when it is killed before its first snapshot, with entries behind the restored ones.
    SequencerNode first = start(config);
    LedgerState then;
    try (LedgerLink link = TestNetwork.link(first)) {
      assertThat(first.state().seq()).isBetween(before.seq(), before.seq() + 1);
      Ack repeated = TestNetwork.await(link.submit(network.transfer(7, 7)));
      assertThat(repeated).isEqualTo(new Ack(8, Refusal.DONE));
      restored.transferAll(link, 301, 310);
      then = first.state();
    }
    first.abort();
    try (SequencerNode second = start(config)) {
      assertThat(second.state()).isEqualTo(then);
    }
    try (SequencerNode third = start(config)) {
      assertThat(third.state()).isEqualTo(then);
    }
    assertThat(Replay.run(DataDirectory.journal(anew), network.genesis(), FakeLedger.factory()))
        .isEqualTo(then);
  }

  @Test
  void aLogThatBeginsBehindAnotherJournalIsRefused() throws Exception {
    LogBegin.write(home(), new JournalPosition(5, Hash32.ZERO), 0);
    assertThatThrownBy(() -> start(small(upkeep())))
        .hasMessageContaining("the log begins behind record 5");
    Files.writeString(DataDirectory.logBegin(home()), "nonsense");
    assertThatThrownBy(() -> start(small(upkeep())))
        .hasMessageContaining("does not hold a position");
  }

  @Test
  void aFlippedBitInASegmentIsFoundWhereverTheJournalIsRead() throws Exception {
    try (SequencerNode node = start(small(upkeep()));
        LedgerLink link = TestNetwork.link(node)) {
      network.transferAll(link, 1, 300);
    }
    List<Path> segments = files(DataDirectory.journal(home()), ".journal");
    assertThat(segments).hasSizeGreaterThan(2);
    for (Path segment : List.of(segments.getFirst(), segments.getLast())) {
      byte[] whole = Files.readAllBytes(segment);
      byte[] flipped = whole.clone();
      flipped[whole.length / 2] ^= 4;
      Files.write(segment, flipped);
      assertThatThrownBy(() -> start(small(upkeep())))
          .hasMessageContaining(segment + " at offset ");
      assertThatThrownBy(this::replay)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(segment + " at offset ");
      // Nothing was changed: with the byte put right, all is as it was.
      Files.write(segment, whole);
    }
    LedgerState state = replay();
    try (SequencerNode node = start(small(upkeep()))) {
      assertThat(node.state()).isEqualTo(state);
    }
  }

  @Test
  void aNodeStopsInOrderBeforeItsDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
    Path mounted = directory.resolve("node");
    long reserve = 24L << 20;
    try (Mount _ = Mount.tmpfs(mounted, "size=64m")) {
      network = TestNetwork.in(mounted);
      UpkeepSettings upkeep =
          upkeep().withFreeBytes(reserve, UpkeepSettings.standard(mounted).freeBytes());
      Path filler = mounted.resolve("filler");
      LedgerState before;
      SequencerNode node = start(small(upkeep));
      try (LedgerLink link = TestNetwork.link(node)) {
        network.transferAll(link, 1, 50);
        before = node.state();
        Files.write(filler, new byte[44 << 20]);
        assertThat(node.halted().get(TestNetwork.PATIENCE_MS, TimeUnit.MILLISECONDS))
            .hasMessageContaining("MiB are free")
            .hasMessageContaining("free some and start again");
      }
      node.close();
      assertThatThrownBy(() -> start(small(upkeep)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("24 are needed");
      Files.delete(filler);
      try (SequencerNode again = start(small(upkeep))) {
        assertThat(again.state()).isEqualTo(before);
      }
    }
  }

  @Test
  void aDiskThatIsFullAtOnceStopsTheNodeAndWhatWasAcknowledgedStands() throws Exception {
    Path mounted = directory.resolve("node");
    try (Mount _ = Mount.tmpfs(mounted, "size=40m")) {
      network = TestNetwork.in(mounted);
      SequencerConfig config =
          small(upkeep().withFreeBytes(8 << 20, UpkeepSettings.standard(mounted).freeBytes()));
      Path filler = mounted.resolve("filler");
      List<CompletableFuture<Ack>> answers = new ArrayList<>();
      SequencerNode node = start(config);
      try (LedgerLink link = TestNetwork.link(node)) {
        network.transferAll(link, 1, 50);
        fill(filler);
        for (int nonce = 51; nonce <= 2_000; nonce++) {
          answers.add(link.submit(network.transfer(nonce, 1)));
        }
        assertThat(node.halted().get(TestNetwork.PATIENCE_MS, TimeUnit.MILLISECONDS))
            .hasMessageMatching("(?s).*(No space left|are free).*");
      }
      node.close();
      Files.delete(filler);
      try (SequencerNode again = start(config)) {
        List<Long> acknowledged =
            answers.stream()
                .filter(answer -> answer.state() == Future.State.SUCCESS)
                .map(answer -> answer.resultNow().seq())
                .toList();
        assertThat(again.state().seq()).isGreaterThan(50L + acknowledged.size());
        assertThat(network.journal().stream().map(TestNetwork.Line::seq)).containsAll(acknowledged);
      }
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] piece = new byte[4 << 10];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  @Test
  void aDeadlineIsMovedByTheTimeAway() throws Exception {
    AtomicLong clock = new AtomicLong(1_000_000);
    long windowMs = TimeUnit.HOURS.toMillis(1);
    SequencerConfig config = network.config().withClock(clock::incrementAndGet);
    Event expired = new Event.JobStateChanged(1, 1, 2, 0);
    try (SequencerNode node = start(config);
        LedgerLink link = TestNetwork.link(node)) {
      TestNetwork.await(link.submit(network.job(1, windowMs)));
    }
    clock.addAndGet(TimeUnit.DAYS.toMillis(3));
    try (SequencerNode node = start(config);
        LedgerLink link = TestNetwork.link(node)) {
      TestNetwork.await(link.submit(network.transfer(2, 1)));
      assertThat(network.events()).doesNotContain(expired);
      clock.addAndGet(windowMs);
      TestNetwork.until(() -> network.events().contains(expired));
    }
    List<TestNetwork.Line> journal = network.journal();
    assertThat(journal.getLast().logTimeMs() - journal.get(1).logTimeMs())
        .isBetween(windowMs, 2 * windowMs);
  }

  @Test
  void settingTheMachinesClockMovesNoDeadlineAndLosesNoTime() throws Exception {
    AtomicLong aheadMs = new AtomicLong();
    SequencerConfig usual = network.config();
    LongSupplier wall = usual.clock();
    SequencerConfig config =
        usual.withClocks(() -> wall.getAsLong() + aheadMs.get(), System::nanoTime);
    long dayMs = TimeUnit.DAYS.toMillis(1);
    long windowMs = TimeUnit.HOURS.toMillis(6);
    try (SequencerNode node = start(config);
        LedgerLink link = TestNetwork.link(node)) {
      TestNetwork.await(link.submit(network.job(1, windowMs)));
      aheadMs.addAndGet(dayMs);
      TestNetwork.await(link.submit(network.transfer(2, 1)));
      aheadMs.addAndGet(-2 * dayMs);
      TestNetwork.await(link.submit(network.transfer(3, 1)));
    }
    // Set back between two runs, it is behind the time that was reached; time goes on nevertheless.
    try (SequencerNode node = start(config);
        LedgerLink link = TestNetwork.link(node)) {
      TestNetwork.await(link.submit(network.job(4, 20)));
      TestNetwork.until(() -> network.events().contains(new Event.JobStateChanged(2, 1, 2, 0)));
    }
    List<TestNetwork.Line> journal = network.journal();
    assertThat(network.events()).doesNotContain(new Event.JobStateChanged(1, 1, 2, 0));
    assertThat(journal.getLast().logTimeMs() - journal.get(1).logTimeMs()).isBetween(20L, windowMs);
  }
}
