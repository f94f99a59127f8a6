package ai.ubc.codec.journal;

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
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalArchiveTest {
  private static final Hash32 GENESIS = new Hash32(1, 2, 3, 4);
  private static final JournalPosition START = JournalPosition.start(GENESIS);
  private static final int SMALL_SEGMENT = 1_000;
  private static final JournalHandler NOTHING = (s, t, c, o, b, eo, el, vo, vl) -> {};

  @TempDir private Path root;
  private Path journal;
  private Path archive;

  @BeforeEach
  void nameDirectories() {
    journal = root.resolve("journal");
    archive = root.resolve("old");
  }

  private static void append(JournalWriter writer, long seq) {
    byte[] entry = new byte[(int) (20 + seq % 9)];
    Arrays.fill(entry, (byte) seq);
    UnsafeBuffer bytes = new UnsafeBuffer(entry);
    writer.append(seq, seq, 0, 0, bytes, 0, entry.length, bytes, 0, (int) (seq % 5));
  }

  private JournalPosition write(long from, long to, JournalPosition synced) {
    try (JournalWriter writer = JournalWriter.open(journal, GENESIS, synced, SMALL_SEGMENT)) {
      for (long seq = from; seq <= to; seq++) {
        append(writer, seq);
      }
      return writer.position();
    }
  }

  private JournalArchive open() throws IOException {
    return JournalArchive.open(journal, GENESIS, archive);
  }

  private static List<Long> poll(JournalReader reader) {
    List<Long> seqs = new ArrayList<>();
    reader.poll((seq, t, c, o, b, eo, el, vo, vl) -> seqs.add(seq), Integer.MAX_VALUE);
    return seqs;
  }

  private List<Long> readFrom(long from) {
    try (JournalReader reader = JournalReader.open(journal, GENESIS, from)) {
      return poll(reader);
    }
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private static List<Path> segments(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
    }
  }

  private static void assertFails(Kind kind, String part, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            JournalException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .hasMessageContaining(part);
  }

  private static void flip(Path file, int offset) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[offset] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void whatHasMovedIsReadAsIfItHadNot() throws IOException {
    write(1, 100, START);
    int before = segments(journal).size();
    int moved = open().moveUpTo(100, _ -> true);

    assertThat(moved).isEqualTo(before - 1);
    assertThat(segments(archive)).hasSize(moved);
    assertThat(segments(journal)).hasSize(1);
    assertThat(readFrom(1)).isEqualTo(range(1, 100));
    assertThat(readFrom(57)).isEqualTo(range(57, 100));
    assertThat(open().moveUpTo(100, _ -> true)).isZero();
  }

  @Test
  void onlyWhatIsWhollyBelowMoves() throws IOException {
    write(1, 100, START);
    List<Path> all = segments(journal);
    long secondBegins = JournalFormat.firstSeq(all.get(1).getFileName().toString());

    assertThat(open().moveUpTo(secondBegins - 2, _ -> true)).isZero();
    assertThat(open().moveUpTo(secondBegins - 1, _ -> true)).isEqualTo(1);
    assertThat(segments(journal)).isEqualTo(all.subList(1, all.size()));
  }

  @Test
  void aReaderFollowsWhileSegmentsMoveUnderIt() throws IOException {
    JournalArchive moving = open();
    try (JournalReader reader = JournalReader.open(journal, GENESIS, 1);
        JournalReader late = JournalReader.open(journal, GENESIS, 1);
        JournalWriter writer = JournalWriter.open(journal, GENESIS, START, SMALL_SEGMENT)) {
      for (long seq = 1; seq <= 100; seq++) {
        append(writer, seq);
        writer.sync();
        if (seq % 7 == 0) {
          moving.moveUpTo(seq, _ -> true);
        }
        assertThat(poll(reader)).containsExactly(seq);
      }
      assertThat(poll(late)).isEqualTo(range(1, 100));
    }
    assertThat(segments(archive)).isNotEmpty();
  }

  @Test
  void aWriterGoesOnBehindWhatHasMoved() throws IOException {
    JournalPosition middle = write(1, 40, START);
    write(41, 60, middle);
    open().moveUpTo(60, _ -> true);

    write(41, 80, middle);

    assertThat(readFrom(1)).isEqualTo(range(1, 80));
  }

  @Test
  void aMoveThatWasCutOffIsMadeGood() throws IOException {
    write(1, 60, START);
    JournalArchive moving = open();
    Path first = segments(journal).getFirst();
    Path copied = archive.resolve(first.getFileName());
    Files.copy(first, copied);
    Files.writeString(archive.resolve(first.getFileName() + ".new"), "half of it");

    assertThat(moving.moveUpTo(60, _ -> true)).isPositive();
    assertThat(first).doesNotExist();
    assertThat(readFrom(1)).isEqualTo(range(1, 60));
  }

  @Test
  void nothingIsRemovedBeforeItsNameInTheArchiveIsOnTheDisk() throws IOException {
    write(1, 60, START);
    JournalArchive moving =
        JournalArchive.open(
            journal,
            GENESIS,
            archive,
            directory -> {
              throw new IOException("no sync of " + directory);
            });
    List<Path> before = segments(journal);

    assertFails(Kind.IO, "can not move " + before.getFirst(), () -> moving.moveUpTo(60, _ -> true));
    // The copy stands there now.
    assertFails(Kind.IO, "can not move " + before.getFirst(), () -> moving.moveUpTo(60, _ -> true));
    assertThat(segments(archive)).hasSize(1);
    assertThat(segments(journal)).isEqualTo(before);
  }

  @Test
  void aSegmentForWhichThereIsNoRoomStays() throws IOException {
    write(1, 60, START);
    JournalArchive moving = open();
    List<Path> before = segments(journal);
    List<Long> asked = new ArrayList<>();

    int moved =
        moving.moveUpTo(
            60,
            bytes -> {
              asked.add(bytes);
              return asked.size() < 2;
            });

    assertThat(moved).isEqualTo(1);
    assertThat(asked).last().isEqualTo(Files.size(before.get(1)));
    assertThat(segments(journal)).isEqualTo(before.subList(1, before.size()));
    assertThat(segments(archive)).hasSize(1);
    assertThat(readFrom(1)).isEqualTo(range(1, 60));
    assertThat(moving.moveUpTo(60, _ -> true)).isEqualTo(before.size() - 2);
  }

  @Test
  void aDamagedSegmentStaysAndIsNamed() throws IOException {
    write(1, 60, START);
    JournalArchive moving = open();
    Path second = segments(journal).get(1);
    flip(second, JournalFormat.HEADER_LENGTH + 50);

    assertFails(Kind.DAMAGED, second + " at offset 96", () -> moving.moveUpTo(60, _ -> true));
    assertThat(second).exists();
    assertThat(segments(archive)).hasSize(1);
  }

  @Test
  void bytesBehindAnEndedSegmentAreDamage() throws IOException {
    write(1, 60, START);
    Path first = segments(journal).getFirst();
    byte[] bytes = Files.readAllBytes(first);
    Files.write(first, Arrays.copyOf(bytes, bytes.length + 3));

    assertFails(Kind.DAMAGED, first.toString(), () -> open().moveUpTo(60, _ -> true));
  }

  @Test
  void anArchiveOfAnotherJournalIsNotOverwritten() throws IOException {
    write(1, 60, START);
    JournalArchive moving = open();
    Path first = segments(journal).getFirst();
    Files.writeString(archive.resolve(first.getFileName()), "another's");

    assertFails(Kind.DIFFERENT, "is another segment", () -> moving.moveUpTo(60, _ -> true));
    assertThat(first).exists();
  }

  @Test
  void aFlippedBitInTheArchiveIsReportedWithItsPlace() throws IOException {
    write(1, 60, START);
    open().moveUpTo(60, _ -> true);
    Path archived = segments(archive).get(1);
    flip(archived, (int) Files.size(archived) - 1);

    assertFails(Kind.DAMAGED, archived.getFileName().toString(), () -> readFrom(1));
    assertFails(Kind.DAMAGED, " at offset ", () -> readFrom(1));
  }

  @Test
  void anArchiveThatIsGoneIsNamed() throws IOException {
    write(1, 60, START);
    open().moveUpTo(60, _ -> true);
    Path gone = root.resolve("gone");
    Files.move(archive, gone);

    assertFails(Kind.DAMAGED, "belong in its archive", () -> readFrom(1));
    assertThat(readFrom(60)).containsExactly(60L);
  }

  @Test
  void anotherArchiveIsTakenOnlyWithWhatWasInTheFormer() throws IOException {
    write(1, 60, START);
    open().moveUpTo(60, _ -> true);
    Path other = root.resolve("other");

    assertFails(Kind.DAMAGED, "copy them to", () -> JournalArchive.open(journal, GENESIS, other));
    for (Path segment : segments(archive)) {
      Files.copy(segment, other.resolve(segment.getFileName()));
    }
    JournalArchive.open(journal, GENESIS, other);
    for (Path segment : segments(archive)) {
      Files.delete(segment);
    }
    assertThat(readFrom(1)).isEqualTo(range(1, 60));
  }

  @Test
  void journalAndArchiveCanBeMovedTogether() throws IOException {
    write(1, 60, START);
    open().moveUpTo(60, _ -> true);
    Path elsewhere = root.resolveSibling(root.getFileName() + "-elsewhere");
    Files.move(root, elsewhere);
    try (JournalReader reader = JournalReader.open(elsewhere.resolve("journal"), GENESIS, 1)) {
      assertThat(poll(reader)).isEqualTo(range(1, 60));
    } finally {
      Files.move(elsewhere, root);
    }
  }

  @Test
  void aMissingSegmentInTheMiddleIsFound() throws IOException {
    write(1, 60, START);
    Path second = segments(journal).get(1);
    Files.delete(second);

    assertFails(Kind.DAMAGED, "is missing", () -> readFrom(1));
    assertFails(Kind.DAMAGED, "is missing", () -> write(61, 61, START));
    assertFails(
        Kind.DAMAGED, "is missing", () -> JournalCopy.copy(journal, GENESIS, root.resolve("copy")));
  }

  @Test
  void aDamagedSegmentThatHasNotMovedIsFoundAtTheNextStart() throws IOException {
    JournalPosition end = write(1, 60, START);
    Path first = segments(journal).getFirst();
    flip(first, JournalFormat.HEADER_LENGTH + 300);

    assertFails(Kind.DAMAGED, first + " at offset ", () -> write(61, 61, end));
  }

  @Test
  void aJournalWhoseLastSegmentIsGoneIsNotBegunAnew() throws IOException {
    write(1, 60, START);
    open().moveUpTo(60, _ -> true);
    Files.delete(segments(journal).getFirst());

    assertFails(Kind.DAMAGED, "last segment is missing", () -> write(1, 1, START));
  }

  @Test
  void aCopyHoldsEveryWholeRecordAndNothingElse() throws IOException {
    JournalPosition end = write(1, 60, START);
    open().moveUpTo(30, _ -> true);
    Path last = segments(journal).getLast();
    Files.write(last, Arrays.copyOf(Files.readAllBytes(last), (int) Files.size(last) + 10));
    Path copy = root.resolve("copy");

    assertThat(JournalCopy.copy(journal, GENESIS, copy)).isEqualTo(end);
    assertThat(JournalCopy.verify(copy, GENESIS)).isEqualTo(end);
    try (JournalReader reader = JournalReader.open(copy, GENESIS, 1)) {
      assertThat(poll(reader)).isEqualTo(range(1, 60));
      assertThat(reader.unfinishedBytes()).isZero();
    }
    assertThat(segments(copy)).hasSize(segments(journal).size() + segments(archive).size());
  }

  @Test
  void aCopyIsTakenWhileTheJournalGrows() throws IOException {
    try (JournalWriter writer = JournalWriter.open(journal, GENESIS, START, SMALL_SEGMENT)) {
      for (long seq = 1; seq <= 40; seq++) {
        append(writer, seq);
      }
      writer.flush();
      assertThat(JournalCopy.copy(journal, GENESIS, root.resolve("copy")))
          .isEqualTo(writer.position());
      append(writer, 41);
    }
    assertThat(readFrom(1)).hasSize(41);
  }

  @Test
  void aDamagedJournalIsNotCopied() throws IOException {
    write(1, 60, START);
    flip(segments(journal).get(2), JournalFormat.HEADER_LENGTH + 60);
    assertFails(
        Kind.DAMAGED,
        " at offset ",
        () -> JournalCopy.copy(journal, GENESIS, root.resolve("copy")));
  }

  @Test
  void anEmptyJournalHasAnEmptyCopy() throws IOException {
    assertThat(JournalCopy.copy(journal, GENESIS, root.resolve("copy"))).isEqualTo(START);
  }

  @Test
  void aReaderThatHasReadEverythingWaits() {
    write(1, 60, START);
    try (JournalReader reader = JournalReader.open(journal, GENESIS, 60)) {
      assertThat(reader.poll(NOTHING, 10)).isEqualTo(1);
      assertThat(reader.poll(NOTHING, 10)).isZero();
    }
  }

  @Test
  void oldSegmentsAreReadFromAnotherArchiveWhenOneIsNamed() throws IOException {
    write(1, 60, START);
    assertThat(open().moveUpTo(60, _ -> true)).isPositive();
    Path elsewhere = root.resolve("elsewhere");
    Files.move(archive, elsewhere);
    assertFails(Kind.DAMAGED, "", () -> readFrom(1));
    try (JournalReader reader = JournalReader.open(journal, elsewhere, GENESIS, 1)) {
      assertThat(poll(reader)).isEqualTo(range(1, 60));
    }
  }
}
