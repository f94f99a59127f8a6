package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.ubc.codec.journal.JournalCopy;
import ai.ubc.codec.journal.JournalException;
import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.codec.journal.JournalWriter;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepTest {
  private static final long FREE_MIN = 10L << 20;

  private final AtomicLong nowMs = new AtomicLong(50_000);
  private final AtomicLong free = new AtomicLong(FREE_MIN);
  private final Recorder node = new Recorder();
  private final Upkeep upkeep =
      new Upkeep(
          UpkeepSettings.standard(Path.of("network"))
              .withJournalArchive(Path.of("large"))
              .withSnapshots(100, 60_000)
              .withFreeBytes(FREE_MIN, free::get),
          Path.of("network"),
          nowMs::get,
          40,
          node);

  private static final class Recorder implements Upkeep.Node {
    private final List<String> done = new ArrayList<>();
    private long seq = 40;
    private long aheadMs;
    private boolean isBroken;
    private @Nullable JournalException fault;

    @Override
    public long seq() {
      return seq;
    }

    @Override
    public void takeSnapshot() {
      if (isBroken) {
        throw new IllegalStateException("the cluster is busy");
      }
      done.add("snapshot");
    }

    @Override
    public void tidy(long upTo) {
      if (fault != null) {
        throw fault;
      }
      done.add("tidy " + upTo);
    }

    @Override
    public void keepTime() throws IOException {}

    @Override
    public long machineAheadMs() {
      return aheadMs;
    }

    @Override
    public void stop(String reason) {
      done.add("stop: " + reason);
    }
  }

  private static List<String> logged(Runnable action) {
    return Logged.by(Upkeep.class, action);
  }

  @Test
  void nothingNewNeedsNoSnapshot() {
    nowMs.addAndGet(1_000_000);
    upkeep.look();
    assertThat(node.done).isEmpty();
  }

  @Test
  void enoughEntriesMakeASnapshotDue() {
    node.seq = 139;
    upkeep.look();
    assertThat(node.done).isEmpty();
    node.seq = 140;
    upkeep.look();
    upkeep.look();
    assertThat(node.done).containsExactly("snapshot", "tidy 140");
  }

  @Test
  void enoughTimeMakesASnapshotDueWhenThereIsAnythingNew() {
    node.seq = 41;
    nowMs.addAndGet(59_999);
    upkeep.look();
    assertThat(node.done).isEmpty();
    nowMs.addAndGet(1);
    upkeep.look();
    nowMs.addAndGet(60_000);
    upkeep.look();
    assertThat(node.done).containsExactly("snapshot", "tidy 41");
  }

  @Test
  void aSnapshotThatFailsIsTriedAgainAndSaid() {
    node.seq = 140;
    node.isBroken = true;
    assertThat(logged(upkeep::look)).singleElement().asString().contains("the cluster is busy");
    node.isBroken = false;
    node.seq = 141;
    upkeep.look();
    assertThat(node.done).isEmpty();
    nowMs.addAndGet(60_000);
    upkeep.look();
    assertThat(node.done).containsExactly("snapshot", "tidy 141");
  }

  @Test
  void theNodeStopsBeforeItsDiskIsFull() {
    free.decrementAndGet();
    upkeep.look();
    assertThat(node.done)
        .singleElement()
        .asString()
        .contains("only 9 MiB are free on the disk of network,", "10 are");
  }

  private List<String> saidOf(JournalException fault) {
    node.fault = fault;
    node.seq += 100;
    return logged(upkeep::look);
  }

  private static JournalException failure(Runnable action) {
    return catchThrowableOfType(JournalException.class, action::run);
  }

  @Test
  void aFaultOfTheJournalComesWithWhatCanBeDone(@TempDir Path directory) throws IOException {
    Hash32 network = new Hash32(1, 2, 3, 4);
    UnsafeBuffer record = new UnsafeBuffer(new byte[20]);
    try (JournalWriter writer =
        JournalWriter.open(directory, network, JournalPosition.start(network), 1 << 20)) {
      writer.append(1, 1, 0, 0, record, 0, 20, record, 0, 0);
    }
    JournalException foreign = failure(() -> JournalCopy.verify(directory, Hash32.ZERO));
    Path segment = directory.resolve("00000000000000000001.journal");
    Files.write(segment, new byte[200]);
    JournalException damaged = failure(() -> JournalCopy.verify(directory, network));
    Files.createDirectory(directory.resolve("archive"));
    JournalException disk = failure(() -> JournalCopy.verify(directory, network));

    assertThat(damaged.kind()).isEqualTo(JournalException.Kind.DAMAGED);
    assertThat(saidOf(damaged)).singleElement().asString().contains("from a backup");
    assertThat(foreign.kind()).isEqualTo(JournalException.Kind.FOREIGN);
    assertThat(saidOf(foreign))
        .singleElement()
        .asString()
        .contains("another archive")
        .doesNotContain("backup");
    assertThat(disk.kind()).isEqualTo(JournalException.Kind.IO);
    assertThat(saidOf(disk))
        .singleElement()
        .asString()
        .contains(disk.getMessage(), "Is a directory", "free space or mend the disk")
        .doesNotContain("backup");
  }

  @Test
  void aJumpOfTheMachinesClockIsSaidOnce() {
    node.aheadMs = 4_999;
    assertThat(logged(upkeep::look)).isEmpty();
    node.aheadMs = 3_600_000;
    assertThat(logged(upkeep::look)).singleElement().asString().contains("3600000 ms");
    assertThat(logged(upkeep::look)).isEmpty();
    node.aheadMs = 0;
    assertThat(logged(upkeep::look)).singleElement().asString().contains("-3600000 ms");
  }
}
