package ai.ubc.codec.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.journal.JournalException.Kind;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Hash32 GENESIS = new Hash32(1, 2, 3, 4);
  private static final JournalPosition START = JournalPosition.start(GENESIS);
  private static final int SMALL_SEGMENT = 1_000;

  @TempDir private Path directory;

  private record Line(
      long seq, long logTimeMs, int code, long originalSeq, String entry, String events) {}

  private static Line line(long seq) {
    return new Line(
        seq,
        1_000 + seq,
        seq % 3 == 0 ? 65_535 : 0,
        seq % 5 == 0 ? seq - 1 : 0,
        "entry " + "e".repeat((int) (seq % 7) * 11),
        seq % 4 == 0 ? "" : "events " + seq);
  }

  private static void append(JournalWriter writer, Line line) {
    byte[] entry = line.entry().getBytes(UTF_8);
    byte[] events = line.events().getBytes(UTF_8);
    writer.append(
        line.seq(),
        line.logTimeMs(),
        line.code(),
        line.originalSeq(),
        new UnsafeBuffer(entry),
        0,
        entry.length,
        new UnsafeBuffer(events),
        0,
        events.length);
  }

  private JournalPosition write(long from, long to, JournalPosition synced) {
    try (JournalWriter writer = JournalWriter.open(directory, GENESIS, synced, SMALL_SEGMENT)) {
      for (long seq = from; seq <= to; seq++) {
        append(writer, line(seq));
      }
      return writer.position();
    }
  }

  private static List<Line> poll(JournalReader reader) {
    List<Line> lines = new ArrayList<>();
    reader.poll(
        (seq, time, code, original, buffer, entryAt, entryLength, eventsAt, eventsLength) ->
            lines.add(
                new Line(
                    seq,
                    time,
                    code,
                    original,
                    buffer.getStringWithoutLengthUtf8(entryAt, entryLength),
                    buffer.getStringWithoutLengthUtf8(eventsAt, eventsLength))),
        Integer.MAX_VALUE);
    return lines;
  }

  private List<Line> readAll(long from) {
    try (JournalReader reader = JournalReader.open(directory, GENESIS, from)) {
      return poll(reader);
    }
  }

  private static List<Line> lines(long from, long to) {
    List<Line> lines = new ArrayList<>();
    for (long seq = from; seq <= to; seq++) {
      lines.add(line(seq));
    }
    return lines;
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static void assertFails(Kind kind, String part, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            JournalException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .hasMessageContaining(part);
  }

  @Test
  void whatIsAppendedIsReadAcrossSegments() throws IOException {
    JournalPosition end = write(1, 100, START);

    assertThat(files()).hasSizeGreaterThan(5);
    assertThat(readAll(1)).isEqualTo(lines(1, 100));
    assertThat(readAll(57)).isEqualTo(lines(57, 100));
    assertThat(readAll(101)).isEmpty();
    try (JournalReader reader = JournalReader.open(directory, GENESIS, 1)) {
      poll(reader);
      assertThat(reader.position()).isEqualTo(end);
      assertThat(reader.unfinishedBytes()).isZero();
    }
  }

  @Test
  void aReaderFollowsAWriter() {
    try (JournalReader reader = JournalReader.open(directory, GENESIS, 3);
        JournalWriter writer = JournalWriter.open(directory, GENESIS, START, SMALL_SEGMENT)) {
      assertThat(poll(reader)).isEmpty();
      for (long seq = 1; seq <= 80; seq++) {
        append(writer, line(seq));
        if (seq % 2 == 0) {
          writer.flush();
          assertThat(poll(reader)).isEqualTo(lines(Math.max(3, seq - 1), seq));
        }
      }
    }
  }

  @Test
  void pollHandsOverAtMostTheLimit() {
    write(1, 10, START);
    try (JournalReader reader = JournalReader.open(directory, GENESIS, 4)) {
      assertThat(reader.poll((s, t, c, o, b, eo, el, vo, vl) -> {}, 3)).isEqualTo(3);
      assertThat(reader.position().seq()).isEqualTo(6);
    }
  }

  @Test
  void aHandlerThatThrowsIsHandedTheSameRecordAgain() {
    write(1, 3, START);
    try (JournalReader reader = JournalReader.open(directory, GENESIS, 1)) {
      assertThatThrownBy(() ->
              reader.poll(
                  (s, t, c, o, b, eo, el, vo, vl) -> {
                    throw new IllegalStateException("busy");
                  },
                  1))
          .hasMessage("busy");
      assertThat(poll(reader)).isEqualTo(lines(1, 3));
    }
  }

  @Test
  void noReaderSeesHalfARecord() throws IOException {
    write(1, 5, START);
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, JournalFormat.HEADER_LENGTH));
    List<Line> seen = new ArrayList<>();
    try (JournalReader reader = JournalReader.open(directory, GENESIS, 1)) {
      for (int size = JournalFormat.HEADER_LENGTH; size <= whole.length; size++) {
        Files.write(file, Arrays.copyOf(whole, size));
        seen.addAll(poll(reader));
        assertThat(seen).isEqualTo(lines(1, seen.size()));
      }
    }
    assertThat(seen).hasSize(5);
  }

  @Test
  void aTornTailOfAnyLengthIsCutAndRefilled() throws IOException {
    write(1, 9, START);
    Path last = files().getLast();
    byte[] whole = Files.readAllBytes(last);
    for (int size = JournalFormat.HEADER_LENGTH; size < whole.length; size += 11) {
      Files.write(last, Arrays.copyOf(whole, size));
      write(1, 9, START);
      assertThat(Files.readAllBytes(last)).isEqualTo(whole);
    }
  }

  @Test
  void aTailOfZerosOrNoiseIsCut() throws IOException {
    write(1, 3, START);
    Path last = files().getLast();
    byte[] whole = Files.readAllBytes(last);
    byte[] zeros = Arrays.copyOf(whole, whole.length + 200);
    byte[] noise = zeros.clone();
    Arrays.fill(noise, whole.length, noise.length, (byte) 0xa5);
    for (byte[] tail : List.of(zeros, noise)) {
      Files.write(last, tail);
      try (JournalReader reader = JournalReader.open(directory, GENESIS, 1)) {
        assertThat(poll(reader)).isEqualTo(lines(1, 3));
        assertThat(reader.unfinishedBytes()).isEqualTo(200);
        write(1, 4, START);
        assertThat(poll(reader)).isEqualTo(lines(4, 4));
      }
      Files.write(last, whole);
    }
  }

  @Test
  void aJournalIsContinuedFromASnapshot() {
    JournalPosition middle = write(1, 40, START);
    JournalPosition end = write(41, 60, middle);

    // Records 41 to 60 stand already; 61 on are new.
    assertThat(write(41, 60, middle)).isEqualTo(end);
    write(41, 70, middle);

    assertThat(readAll(1)).isEqualTo(lines(1, 70));
  }

  @Test
  void anotherRecordAtAPositionThatIsTakenIsRefused() {
    write(1, 3, START);
    Line line = line(2);
    List<Line> others =
        List.of(
            new Line(2, line.logTimeMs() + 1, line.code(), 0, line.entry(), line.events()),
            new Line(2, line.logTimeMs(), 7, 0, line.entry(), line.events()),
            new Line(2, line.logTimeMs(), line.code(), 1, line.entry(), line.events()),
            new Line(2, line.logTimeMs(), line.code(), 0, "other", line.events()),
            new Line(2, line.logTimeMs(), line.code(), 0, line.entry(), "events 3"),
            new Line(2, line.logTimeMs(), line.code(), 0, line.entry(), "more"));
    List<String> parts =
        List.of("log time", "code", "original position", "entry", "list of events", "list");
    for (int i = 0; i < others.size(); i++) {
      Line other = others.get(i);
      try (JournalWriter writer = JournalWriter.open(directory, GENESIS, START)) {
        append(writer, line(1));
        assertFails(Kind.DIFFERENT, parts.get(i), () -> append(writer, other));
      }
    }
    assertThat(readAll(1)).isEqualTo(lines(1, 3));
  }

  @Test
  void damageBeforeTheSyncedPlaceIsRefusedAndNothingIsCut() throws IOException {
    JournalPosition synced = write(1, 5, START);
    Path last = files().getLast();
    byte[] bytes = Files.readAllBytes(last);
    bytes[bytes.length - 40] ^= 1;
    Files.write(last, bytes);

    assertFails(Kind.DAMAGED, "synced to 5", () -> write(6, 6, synced));
    assertThat(Files.readAllBytes(last)).isEqualTo(bytes);
  }

  @Test
  void aMissingJournalIsNotBegunAnewBehindASnapshot() {
    assertFails(
        Kind.DAMAGED, "synced to 9", () -> write(10, 10, new JournalPosition(9, Hash32.ZERO)));
  }

  @Test
  void aSnapshotOfAnotherHistoryIsRefused() {
    write(1, 5, START);
    for (long seq : List.of(3, 5)) {
      JournalPosition other = new JournalPosition(seq, Hash32.ZERO);
      assertFails(Kind.DIFFERENT, "in the snapshot", () -> write(seq + 1, 6, other));
    }
  }

  @Test
  void damageInTheMiddleIsReportedWithItsPlace() throws IOException {
    write(1, 60, START);
    for (Path file : List.of(files().getFirst(), files().getLast())) {
      byte[] bytes = Files.readAllBytes(file);
      byte[] changed = bytes.clone();
      changed[JournalFormat.HEADER_LENGTH + JournalFormat.BODY_OFFSET] ^= 1;
      Files.write(file, changed);
      assertFails(Kind.DAMAGED, file + " at offset 96", () -> readAll(1));
      Files.write(file, bytes);
    }
    Path first = files().getFirst();
    Files.write(first, Arrays.copyOf(Files.readAllBytes(first), 300));
    assertFails(Kind.DAMAGED, "is damaged", () -> readAll(1));
  }

  @Test
  void aSegmentThatDoesNotContinueTheOneBeforeIsRefused() throws IOException {
    write(1, 30, START);
    Path second = files().get(1);
    long firstSeq = Long.parseLong(second.getFileName().toString().substring(0, 20));
    byte[] bytes = Files.readAllBytes(second);
    JournalFormat.encodeHeader(new JournalFormat.Header(GENESIS, firstSeq, GENESIS))
        .get(bytes, 0, JournalFormat.HEADER_LENGTH);
    Files.write(second, bytes);

    assertFails(Kind.DAMAGED, "does not continue", () -> readAll(1));
  }

  @Test
  void headersOfOthersAreRefused() throws IOException {
    write(1, 30, START);
    Hash32 other = new Hash32(5, 6, 7, 8);
    assertFails(
        Kind.FOREIGN,
        "network",
        () -> JournalWriter.open(directory, other, JournalPosition.start(other)).close());
    assertFails(Kind.FOREIGN, "network", () -> JournalReader.open(directory, other, 1).close());

    Path first = files().getFirst();
    byte[] bytes = Files.readAllBytes(first);
    byte[] changed = bytes.clone();
    changed[20] ^= 1;
    Files.write(first, changed);
    assertFails(Kind.DAMAGED, "header at offset 0", () -> readAll(1));
    Files.write(first, Arrays.copyOf(bytes, 50));
    assertFails(Kind.DAMAGED, "header at offset 0", () -> readAll(1));
    Files.write(first, bytes);
    Files.delete(files().get(1));
    Files.copy(files().get(1), JournalFormat.segmentPath(directory, 2));
    assertFails(Kind.DAMAGED, "says it begins at", () -> readAll(2));
    Files.delete(first);
    assertFails(Kind.DAMAGED, "begins at", () -> readAll(1));
  }

  @Test
  void aLaterVersionIsRefused() throws IOException {
    write(1, 1, START);
    Path file = files().getFirst();
    var bytes = java.nio.ByteBuffer.wrap(Files.readAllBytes(file));
    bytes.order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(JournalFormat.VERSION_OFFSET, 2);
    var crc = new java.util.zip.CRC32C();
    crc.update(bytes.array(), 0, JournalFormat.CHECKSUM_OFFSET);
    bytes.putLong(JournalFormat.CHECKSUM_OFFSET, crc.getValue());
    Files.write(file, bytes.array());
    assertFails(Kind.FOREIGN, "format version 2", () -> readAll(1));
  }

  @Test
  void recordsLongerThanTheBufferAreCarried() {
    String long1 = "x".repeat(3 << 20);
    Line first = new Line(1, 1, 0, 0, "first", long1);
    Line second = new Line(2, 1, 0, 0, "second", long1 + long1);
    try (JournalWriter writer = JournalWriter.open(directory, GENESIS, START)) {
      append(writer, first);
      append(writer, second);
      assertThatThrownBy(() -> append(writer, new Line(3, 1, 0, 0, long1, long1 + long1)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> append(writer, line(4)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(readAll(1)).containsExactly(first, second);
  }

  @Test
  void positionsBeginAtOne() {
    assertThatThrownBy(() -> JournalReader.open(directory, GENESIS, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
