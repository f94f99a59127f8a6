package ai.ubc.codec.journal;

import ai.ubc.codec.journal.JournalException.Kind;
import ai.ubc.codec.journal.JournalFormat.Header;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal from a position on, and follows it while another thread or process writes it.
 * Every record handed over is whole and its chain hash verified; what is not yet whole is waited
 * for. One thread.
 */
public final class JournalReader implements AutoCloseable {
  private static final int READ_BYTES = 256 << 10;
  private static final JournalHandler IGNORE = (s, t, c, o, b, eo, el, vo, vl) -> {};

  private final Path directory;
  private final SegmentFiles segments;
  private final Hash32 genesisHash;
  private final long fromSeq;
  private final ChainHash chain;
  private final boolean strict;

  private byte[] bytes = new byte[READ_BYTES];
  private final UnsafeBuffer view = new UnsafeBuffer(bytes);
  private ByteBuffer target = ByteBuffer.wrap(bytes);
  private @Nullable FileChannel channel;
  private Path file;

  /** Where the next record begins: in the file, and in {@link #bytes}. */
  private long fileOffset;

  private int start;
  private int end;
  private long lastSeq;
  private long segmentFirstSeq;
  private long gapSoughtIn;

  private JournalReader(
      Path directory, SegmentFiles segments, Hash32 genesisHash, long fromSeq, boolean strict) {
    this.directory = directory;
    this.segments = segments;
    this.file = directory;
    this.genesisHash = genesisHash;
    this.fromSeq = fromSeq;
    this.strict = strict;
    this.chain = new ChainHash(genesisHash);
  }

  /**
   * Opens a journal so that the first record handed over is {@code fromSeq}. The directory may be
   * empty, and the position may lie ahead of what has been written: then it is waited for.
   *
   * @param fromSeq position of the first record wanted, at least 1
   * @throws JournalException when the journal is another network's, or does not reach back so far
   */
  public static JournalReader open(Path directory, Hash32 genesisHash, long fromSeq) {
    return open(directory, SegmentFiles.of(directory), genesisHash, fromSeq, true);
  }

  /** The same with old segments in another archive than the one that the directory names. */
  public static JournalReader open(Path directory, Path archive, Hash32 genesisHash, long fromSeq) {
    return open(directory, SegmentFiles.of(directory, archive), genesisHash, fromSeq, true);
  }

  /** Opens a journal for its own writer, to whom everything behind the whole records is a tail. */
  static JournalReader openToMend(Path directory, Hash32 genesisHash, long fromSeq) {
    return open(directory, SegmentFiles.of(directory), genesisHash, fromSeq, false);
  }

  private static JournalReader open(
      Path directory, SegmentFiles segments, Hash32 genesisHash, long fromSeq, boolean strict) {
    if (fromSeq < 1) {
      throw new IllegalArgumentException("positions begin at 1, got " + fromSeq);
    }
    JournalReader reader = new JournalReader(directory, segments, genesisHash, fromSeq, strict);
    reader.openFirstSegment();
    return reader;
  }

  /**
   * Hands over up to {@code limit} records that are there, without waiting.
   *
   * @return how many were handed over
   * @throws JournalException when the journal is damaged or can not be read
   */
  public int poll(JournalHandler handler, int limit) {
    if (channel == null && !openFirstSegment()) {
      return 0;
    }
    int handled = 0;
    while (handled < limit) {
      int length = nextRecord();
      if (length == 0) {
        if (openNextSegment()) {
          continue;
        }
        if (gapSoughtIn != segmentFirstSeq && !isAtEnd()) {
          continue;
        }
        break;
      }
      if (lastSeq + 1 >= fromSeq) {
        hand(handler);
        handled++;
      }
      goBehind(length);
    }
    return handled;
  }

  /** The place behind the last record that was handed over or skipped. */
  public JournalPosition position() {
    return new JournalPosition(lastSeq, chain.hash());
  }

  /**
   * Bytes behind the last whole record: 0 at a clean end, more while a record is being written or
   * after a crash.
   */
  public long unfinishedBytes() {
    FileChannel open = channel;
    if (open == null) {
      return 0;
    }
    try {
      return open.size() - fileOffset;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The file and the offset of the next record, for messages. */
  public String place() {
    return file + " at offset " + fileOffset;
  }

  /** Offset of the next record within its segment's file, bytes. */
  long offset() {
    return fileOffset;
  }

  /** Goes through the whole records to the end of what is there. */
  void skipToEnd() {
    while (poll(IGNORE, Integer.MAX_VALUE) > 0) {
      // Until nothing is left.
    }
  }

  /** Goes to the place before the first record wanted. */
  void skipToStart() {
    while (lastSeq < fromSeq - 1) {
      int length = nextRecord();
      if (length == 0 && !openNextSegment()) {
        return;
      }
      goBehind(length);
    }
  }

  /**
   * Reads on to a record that must be there.
   *
   * @throws JournalException when the journal is damaged before, or ends
   */
  void verifyTo(long seq) {
    while (lastSeq < seq) {
      int length = nextRecord();
      if (length == 0 && !openNextSegment()) {
        throw new JournalException(
            Kind.DAMAGED, place() + ": the record " + (lastSeq + 1) + " is missing or damaged");
      }
      goBehind(length);
    }
  }

  /** Reads on to the end of the open segment, as far as it is written. */
  void skipToSegmentEnd() {
    for (int length = nextRecord(); length > 0; length = nextRecord()) {
      goBehind(length);
    }
  }

  /** Goes on to the next segment, if it exists and this one has been read. */
  boolean nextSegment() {
    return openNextSegment();
  }

  /** Whether a segment is open; none is while the journal has none. */
  boolean isOpen() {
    return channel != null;
  }

  /** The open segment's file. */
  Path segment() {
    return file;
  }

  /** Another channel to the open segment. */
  FileChannel reopen() throws IOException {
    return segments.open(segmentFirstSeq);
  }

  /**
   * Makes sure that the journal ends here for now, or goes on without a gap.
   *
   * @throws JournalException when a later segment exists but the one in between does not
   */
  void requireNoGap() {
    if (isOpen()) {
      isAtEnd();
    }
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void goBehind(int length) {
    if (length > 0) {
      chain.accept();
      lastSeq++;
      start += length;
      fileOffset += length;
    }
  }

  private void hand(JournalHandler handler) {
    int entryOffset = start + JournalFormat.BODY_OFFSET;
    int entryLength = intAt(JournalFormat.ENTRY_LENGTH_OFFSET);
    int eventsLength = intAt(JournalFormat.EVENTS_LENGTH_OFFSET);
    handler.onRecord(
        lastSeq + 1,
        longAt(JournalFormat.LOG_TIME_OFFSET),
        view.getShort(start + JournalFormat.CODE_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xffff,
        longAt(JournalFormat.ORIGINAL_SEQ_OFFSET),
        view,
        entryOffset,
        entryLength,
        entryOffset + entryLength,
        eventsLength);
  }

  /** Length of the next record when it is whole, with its chain hash proposed; else 0. */
  private int nextRecord() {
    int length = wholeRecord();
    if (length != 0 || end == start || !strict) {
      return length;
    }
    // Something stands there that is not a whole record. It may be half written; if a later segment
    // exists it was complete once. The second look is needed: the writer may have ended the record
    // and begun the next segment between the first look and the listing.
    boolean sealed = laterSegmentExists();
    forget();
    length = wholeRecord();
    if (length != 0 || end == start) {
      return length;
    }
    int claimed = end - start >= 4 ? intAt(JournalFormat.LENGTH_OFFSET) : 0;
    boolean followed = claimed >= JournalFormat.RECORD_OVERHEAD && claimed < end - start;
    if (sealed || followed) {
      throw new JournalException(
          Kind.DAMAGED, place() + ": the record " + (lastSeq + 1) + " is damaged");
    }
    forget();
    return 0;
  }

  private int wholeRecord() {
    if (!fill(JournalFormat.RECORD_OVERHEAD)) {
      return 0;
    }
    int length = intAt(JournalFormat.LENGTH_OFFSET);
    if (length < JournalFormat.RECORD_OVERHEAD
        || length > JournalFormat.RECORD_MAX
        || !fill(length)) {
      return 0;
    }
    int bodyLength = length - Hash32.BYTES;
    byte[] expected = chain.propose(bytes, start, bodyLength);
    int chainAt = start + bodyLength;
    boolean whole =
        Arrays.equals(expected, 0, Hash32.BYTES, bytes, chainAt, chainAt + Hash32.BYTES);
    if (!whole) {
      // So that the caller sees whether more follows.
      fill(length + 1);
      return 0;
    }
    if (longAt(JournalFormat.SEQ_OFFSET) != lastSeq + 1 || !lengthsAgree(length)) {
      throw new JournalException(
          Kind.DAMAGED, place() + ": the record's fields contradict its place and length");
    }
    return length;
  }

  private boolean lengthsAgree(int length) {
    int entryLength = intAt(JournalFormat.ENTRY_LENGTH_OFFSET);
    int eventsLength = intAt(JournalFormat.EVENTS_LENGTH_OFFSET);
    return entryLength >= 0
        && eventsLength >= 0
        && (long) entryLength + eventsLength + JournalFormat.RECORD_OVERHEAD == length;
  }

  /** Reads on until {@code wanted} bytes of the next record are in memory; false at the end. */
  private boolean fill(int wanted) {
    if (end - start >= wanted) {
      return true;
    }
    makeRoom(wanted);
    FileChannel open = channel;
    if (open == null) {
      return false;
    }
    try {
      while (end - start < wanted) {
        target.limit(bytes.length).position(end);
        int read = open.read(target, fileOffset + (end - start));
        if (read <= 0) {
          return false;
        }
        end += read;
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return true;
  }

  private void makeRoom(int wanted) {
    if (bytes.length - start >= wanted) {
      return;
    }
    int kept = end - start;
    if (wanted <= bytes.length) {
      System.arraycopy(bytes, start, bytes, 0, kept);
    } else {
      byte[] longer = new byte[Math.max(wanted, 2 * bytes.length)];
      System.arraycopy(bytes, start, longer, 0, kept);
      bytes = longer;
      target = ByteBuffer.wrap(bytes);
      view.wrap(bytes);
    }
    start = 0;
    end = kept;
  }

  /** Drops what was read ahead, so that it is read again when the writer has gone on. */
  private void forget() {
    start = 0;
    end = 0;
  }

  private boolean openFirstSegment() {
    List<Long> all = segments.all();
    if (all.isEmpty()) {
      return false;
    }
    long firstSeq = 0;
    for (long candidate : all) {
      if (candidate <= fromSeq) {
        firstSeq = candidate;
      }
    }
    if (firstSeq == 0) {
      Path archive = segments.archive();
      throw new JournalException(
          Kind.DAMAGED,
          directory
              + ": begins at "
              + all.getFirst()
              + ", but "
              + fromSeq
              + " is needed"
              + (archive == null ? "" : "; older segments belong in its archive " + archive));
    }
    Header header = openSegment(firstSeq);
    lastSeq = firstSeq - 1;
    chain.set(header.previousChain());
    return true;
  }

  private boolean openNextSegment() {
    // A segment's name says what it begins with: if the next exists, this one ends at lastSeq.
    if (end != start || segmentFirstSeq == lastSeq + 1 || !segments.exists(lastSeq + 1)) {
      return false;
    }
    Header header = openSegment(lastSeq + 1);
    if (!header.previousChain().equals(chain.hash())) {
      throw new JournalException(
          Kind.DAMAGED, file + ": the header at offset 0 does not continue the segment before it");
    }
    return true;
  }

  private Header openSegment(long firstSeq) {
    try {
      FileChannel opened = segments.open(firstSeq);
      close();
      channel = opened;
      file = segments.find(firstSeq);
      segmentFirstSeq = firstSeq;
      fileOffset = JournalFormat.HEADER_LENGTH;
      forget();
      return JournalFormat.readHeader(file, opened, genesisHash, firstSeq);
    } catch (IOException e) {
      throw new JournalException(Kind.IO, "can not read " + segments.find(firstSeq), e);
    }
  }

  private boolean laterSegmentExists() {
    List<Long> all = segments.all();
    return !all.isEmpty() && all.getLast() > segmentFirstSeq;
  }

  /**
   * Whether the journal ends here for now, which is looked up once a segment.
   *
   * @return false when the writer has gone on meanwhile, so that reading goes on
   * @throws JournalException when a later segment exists but the one in between does not
   */
  private boolean isAtEnd() {
    if (!strict || end != start || !laterSegmentExists()) {
      gapSoughtIn = segmentFirstSeq;
      return true;
    }
    // The writer ends a segment before it begins the next: what is not there now never will be.
    boolean isBegun = segmentFirstSeq <= lastSeq;
    if (wholeRecord() != 0 || (isBegun && segments.exists(lastSeq + 1))) {
      return false;
    }
    throw new JournalException(
        Kind.DAMAGED,
        file
            + ": ends with record "
            + lastSeq
            + ", and the segment that begins with "
            + (lastSeq + 1)
            + " is missing");
  }

  private int intAt(int offset) {
    return view.getInt(start + offset, ByteOrder.LITTLE_ENDIAN);
  }

  private long longAt(int offset) {
    return view.getLong(start + offset, ByteOrder.LITTLE_ENDIAN);
  }

  private JournalException unreadable(IOException cause) {
    return new JournalException(Kind.IO, "can not read " + place(), cause);
  }
}
