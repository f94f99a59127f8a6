package ai.ubc.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.LogEntry;
import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.codec.generated.EventEncoder;
import ai.ubc.codec.journal.JournalException;
import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.codec.journal.JournalWriter;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.fake.TestNetwork;
import java.nio.file.Path;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalFilesTest {
  private static final long LONG_MS = 60_000;

  @TempDir Path directory;
  private final TestNetwork network = new TestNetwork("files");
  private final ExpandableArrayBuffer events = new ExpandableArrayBuffer(1_024);
  private final EventEncoder encoder = new EventEncoder(events);

  private void append(JournalWriter writer, long seq, byte[] entry) {
    encoder.reset();
    encoder.outageRecorded(seq);
    writer.append(
        seq,
        1_000 + seq,
        0,
        0,
        new UnsafeBuffer(entry),
        0,
        entry.length,
        events,
        0,
        encoder.length());
    writer.flush();
  }

  private byte[] command() {
    return LogEntry.admit(
            network.domain(), network.sign(TestNetwork.REQUESTER, new Command.Bond(1, 5)))
        .orElseThrow();
  }

  private static byte[] tick() {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    return LogEntry.system(buffer, 0, CommandCodec.tick(buffer, 0));
  }

  @Test
  void entriesAreReadAsTheyAreWrittenFromAnyPlace() throws InterruptedException {
    Hash32 genesis = network.genesisHash();
    JournalFeed feed = new JournalFiles(directory, genesis);
    try (JournalWriter writer =
            JournalWriter.open(directory, genesis, JournalPosition.start(genesis));
        JournalFeed.Cursor cursor = feed.open(1)) {
      assertThat(cursor.next(5, 0)).isEmpty();
      byte[] command = command();
      append(writer, 1, command);
      Thread later =
          Thread.ofVirtual()
              .start(() -> {
                append(writer, 2, tick());
                append(writer, 3, new byte[] {1, 2, 3});
              });
      JournalEntry first = cursor.next(1, LONG_MS).getFirst();
      assertThat(first.command()).isEqualTo("Bond");
      assertThat(first.account()).isEqualTo(TestNetwork.REQUESTER);
      assertThat(first.logTimeMs()).isEqualTo(1_001);
      assertThat(first.events()).isEqualTo(List.of(new Event.OutageRecorded(1)));
      assertThat(first.commandHash())
          .hasValue(LogEntry.commandHash(command, LogEntry.signedLength(command.length)));
      JournalEntry second = cursor.next(1, LONG_MS).getFirst();
      assertThat(second.command()).isEqualTo("Tick");
      assertThat(second.commandHash()).isEmpty();
      JournalEntry third = cursor.next(1, LONG_MS).getFirst();
      assertThat(third.command()).isEmpty();
      assertThat(third.seq()).isEqualTo(3);
      later.join();
      try (JournalFeed.Cursor middle = feed.open(2)) {
        assertThat(middle.next(9, LONG_MS)).containsExactly(second, third);
      }
    }
  }

  @Test
  void aJournalOfAnotherNetworkIsRefused() {
    Hash32 genesis = network.genesisHash();
    JournalWriter.open(directory, genesis, JournalPosition.start(genesis)).close();
    JournalFeed feed = new JournalFiles(directory, new Hash32(1, 1, 1, 1));
    assertThatThrownBy(() -> feed.open(1)).isInstanceOf(JournalException.class);
  }
}
