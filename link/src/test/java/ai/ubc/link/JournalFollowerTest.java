package ai.ubc.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.journal.JournalException;
import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.codec.journal.JournalWriter;
import ai.ubc.domain.Hash32;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFollowerTest {
  private static final Hash32 GENESIS = new Hash32(1, 2, 3, 4);
  private static final long PATIENCE_MS = 30_000;

  @TempDir private Path directory;

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private JournalWriter writer;

  @BeforeEach
  void openJournal() {
    writer = JournalWriter.open(directory, GENESIS, JournalPosition.start(GENESIS));
  }

  @AfterEach
  void closeJournal() {
    writer.close();
  }

  private void append(long seq) {
    byte[] entry = ("entry " + seq).getBytes(UTF_8);
    UnsafeBuffer buffer = new UnsafeBuffer(entry);
    writer.append(seq, seq, 0, 0, buffer, 0, entry.length, buffer, 0, 0);
    writer.flush();
  }

  private String next() throws InterruptedException {
    String next = seen.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
    return next == null ? "nothing" : next;
  }

  private final class Recorder implements JournalFollower.Handler {
    @Override
    public void onRecord(
        long seq,
        long logTimeMs,
        int code,
        long originalSeq,
        DirectBuffer buffer,
        int entryOffset,
        int entryLength,
        int eventsOffset,
        int eventsLength) {
      String entry = buffer.getStringWithoutLengthUtf8(entryOffset, entryLength);
      if (seq == 4) {
        throw new IllegalStateException("can not take " + entry);
      }
      seen.add(entry);
    }

    @Override
    public void onBatchEnd(long seq) {
      seen.add("batch to " + seq);
    }
  }

  @Test
  void recordsAreHandedOverAsTheyAreWritten() throws Exception {
    append(1);
    JournalFollower follower =
        JournalFollower.start(directory, GENESIS, 2, "follower", new Recorder());
    append(2);
    assertThat(next()).isEqualTo("entry 2");
    assertThat(next()).isEqualTo("batch to 2");
    append(3);
    assertThat(next()).isEqualTo("entry 3");
    assertThat(next()).isEqualTo("batch to 3");
    follower.close();
    assertThat(follower.ended()).isCompleted();
  }

  @Test
  void anExceptionOfTheHandlerEndsTheFollower() {
    for (long seq = 1; seq <= 5; seq++) {
      append(seq);
    }
    try (JournalFollower follower =
        JournalFollower.start(directory, GENESIS, 1, "follower", new Recorder())) {
      assertThat(follower.ended())
          .failsWithin(PATIENCE_MS, TimeUnit.MILLISECONDS)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("can not take entry 4");
    }
    assertThat(seen).containsExactly("entry 1", "entry 2", "entry 3");
  }

  @Test
  void aJournalOfAnotherNetworkIsRefused() {
    assertThatThrownBy(
            () -> JournalFollower.start(directory, new Hash32(0, 0, 0, 1), 1, "f", new Recorder()))
        .isInstanceOf(JournalException.class);
  }
}
