package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

class UpkeepTest {
  private static final long FREE_MIN = 10L << 20;

  private final AtomicLong nowMs = new AtomicLong(50_000);
  private final AtomicLong free = new AtomicLong(FREE_MIN);
  private final Recorder node = new Recorder();
  private final Upkeep upkeep =
      new Upkeep(
          UpkeepSettings.standard(Path.of("network"))
              .withSnapshots(100, 60_000)
              .withFreeBytes(FREE_MIN, free::get),
          nowMs::get,
          40,
          node);

  private static final class Recorder implements Upkeep.Node {
    private final List<String> done = new ArrayList<>();
    private long seq = 40;
    private long aheadMs;
    private boolean isBroken;

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
    List<String> messages = new ArrayList<>();
    Logger logger = Logger.getLogger(Upkeep.class.getName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            messages.add(new SimpleFormatter().formatMessage(record));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      action.run();
    } finally {
      logger.removeHandler(handler);
    }
    return messages;
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
    assertThat(node.done).singleElement().asString().contains("only 9 MiB are free", "10 are");
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
