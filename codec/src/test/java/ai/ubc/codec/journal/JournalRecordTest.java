package ai.ubc.codec.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalRecordTest {
  private static final Hash32 GENESIS = new Hash32(1, 2, 3, 4);

  @TempDir private Path directory;

  @Test
  void aLeafIsWhatTheChainHashIsOver() {
    JournalPosition start = JournalPosition.start(GENESIS);
    JournalPosition end;
    try (JournalWriter writer = JournalWriter.open(directory, GENESIS, start, 300)) {
      for (int seq = 1; seq <= 9; seq++) {
        byte[] entry = ("entry " + "e".repeat(seq)).getBytes(UTF_8);
        byte[] events = "v".repeat(seq / 2).getBytes(UTF_8);
        int code = seq == 4 ? 65_535 : 0;
        writer.append(
            seq,
            1_000 + seq,
            code,
            seq == 5 ? 4 : 0,
            new UnsafeBuffer(entry),
            0,
            entry.length,
            new UnsafeBuffer(events),
            0,
            events.length);
      }
      end = writer.position();
    }
    List<JournalRecord> records = new ArrayList<>();
    try (JournalReader reader = JournalReader.open(directory, GENESIS, 1)) {
      reader.poll(
          (seq, time, code, original, buffer, entryAt, entryBytes, eventsAt, eventsBytes) ->
              records.add(
                  JournalRecord.copyOf(
                      seq,
                      time,
                      code,
                      original,
                      buffer,
                      entryAt,
                      entryBytes,
                      eventsAt,
                      eventsBytes)),
          Integer.MAX_VALUE);
    }
    assertThat(records).hasSize(9);
    Hash32 chain = GENESIS;
    for (JournalRecord record : records) {
      byte[] leaf = record.leaf();
      chain =
          Sha256.of(
              ByteBuffer.allocate(Hash32.BYTES + leaf.length).put(chain.bytes()).put(leaf).array());
    }
    assertThat(chain).isEqualTo(end.chain());
  }
}
