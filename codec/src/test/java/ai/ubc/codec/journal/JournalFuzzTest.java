package ai.ubc.codec.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.journal.JournalFormat.Header;
import ai.ubc.domain.Hash32;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever stands in a journal's files: a reader hands over the records that were written, in
 * order, and then ends or says that the journal is damaged.
 */
final class JournalFuzzTest {
  private static final Hash32 GENESIS = new Hash32(1, 2, 3, 4);
  private static final int SEGMENT_BYTES = 400;
  private static final int RECORDS_MAX = 8;
  private static final int BODY_MAX = 64;

  @TempDir static Path directory;

  private static List<JournalRecord> read() {
    List<JournalRecord> records = new ArrayList<>();
    try (JournalReader reader = JournalReader.open(directory, GENESIS, 1)) {
      reader.poll(
          (seq, time, code, original, buffer, entryAt, entryLength, eventsAt, eventsLength) ->
              records.add(
                  JournalRecord.copyOf(
                      seq,
                      time,
                      code,
                      original,
                      buffer,
                      entryAt,
                      entryLength,
                      eventsAt,
                      eventsLength)),
          Integer.MAX_VALUE);
    } catch (JournalException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    return records;
  }

  private static void clear() throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<Path> segments() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
    }
  }

  @FuzzTest(maxDuration = "5m")
  void noDamageMakesOtherRecordsOfThoseThatWereWritten(FuzzedDataProvider data) throws IOException {
    clear();
    List<JournalRecord> written = new ArrayList<>();
    try (JournalWriter writer =
        JournalWriter.open(directory, GENESIS, JournalPosition.start(GENESIS), SEGMENT_BYTES)) {
      int count = data.consumeInt(1, RECORDS_MAX);
      for (int i = 1; i <= count; i++) {
        byte[] entry = data.consumeBytes(data.consumeInt(0, BODY_MAX));
        byte[] events = data.consumeBytes(data.consumeInt(0, BODY_MAX));
        written.add(new JournalRecord(i, 10L * i, i % 3, 0, entry, events));
        writer.append(
            i,
            10L * i,
            i % 3,
            0,
            new UnsafeBuffer(entry),
            0,
            entry.length,
            new UnsafeBuffer(events),
            0,
            events.length);
      }
    }
    assertThat(read()).isEqualTo(written);
    while (data.remainingBytes() > 0) {
      damage(data);
      List<JournalRecord> left = read();
      assertThat(left).isEqualTo(written.subList(0, Math.min(left.size(), written.size())));
    }
  }

  private static void damage(FuzzedDataProvider data) throws IOException {
    List<Path> segments = segments();
    if (segments.isEmpty()) {
      data.consumeByte();
      return;
    }
    Path segment = segments.get(data.consumeInt(0, segments.size() - 1));
    byte[] bytes = Files.readAllBytes(segment);
    switch (data.consumeInt(0, 3)) {
      case 0 -> {
        if (bytes.length > 0) {
          bytes[data.consumeInt(0, bytes.length - 1)] ^= (byte) data.consumeInt(1, 255);
        }
        Files.write(segment, bytes);
      }
      case 1 -> Files.write(segment, Arrays.copyOf(bytes, data.consumeInt(0, bytes.length)));
      case 2 -> {
        byte[] more = data.consumeBytes(data.consumeInt(0, BODY_MAX));
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, longer, bytes.length, more.length);
        Files.write(segment, longer);
      }
      default -> Files.delete(segment);
    }
  }

  /**
   * Whoever can write the files can make the chain fit; what it then says must still be possible.
   */
  @FuzzTest(maxDuration = "5m")
  void aRecordWhoseChainFitsIsReadOrRefused(FuzzedDataProvider data) throws IOException {
    clear();
    ByteBuffer file = ByteBuffer.allocate(16 << 10).order(ByteOrder.LITTLE_ENDIAN);
    file.put(JournalFormat.encodeHeader(new Header(GENESIS, 1, GENESIS)).position(0));
    ChainHash chain = new ChainHash(GENESIS);
    int records = 0;
    while (data.remainingBytes() > 0 && records < RECORDS_MAX) {
      byte[] body = data.consumeBytes(data.consumeInt(0, 4 * BODY_MAX));
      byte[] record =
          ByteBuffer.allocate(JournalFormat.BODY_OFFSET + body.length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(
                  data.consumeBoolean()
                      ? JournalFormat.RECORD_OVERHEAD + body.length
                      : data.consumeInt())
              .putShort(data.consumeShort())
              .putShort(data.consumeShort())
              .putLong(data.consumeBoolean() ? records + 1 : data.consumeLong())
              .putLong(data.consumeLong())
              .putLong(data.consumeLong())
              .putInt(data.consumeBoolean() ? body.length : data.consumeInt())
              .putInt(data.consumeBoolean() ? 0 : data.consumeInt())
              .put(body)
              .array();
      file.put(record).put(chain.propose(record, 0, record.length));
      chain.accept();
      records++;
    }
    Path segment = JournalFormat.segmentPath(directory, 1);
    Files.write(segment, Arrays.copyOf(file.array(), file.position()));
    List<JournalRecord> read = read();
    assertThat(read.size()).isLessThanOrEqualTo(records);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i).seq()).isEqualTo(i + 1L);
    }
  }
}
