package ai.ubc.codec.journal;

import ai.ubc.codec.journal.JournalException.Kind;
import ai.ubc.codec.journal.JournalFormat.Header;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a journal. Records given again after a crash are compared with what stands, and only then
 * does it grow. Appending to a segment does not allocate. One thread, one writer a directory.
 */
public final class JournalWriter implements AutoCloseable {
  /** Size at which a segment is ended, unless asked otherwise, bytes. */
  public static final int SEGMENT_BYTES = 64 << 20;

  /** Records are collected up to this size before they are written, bytes. */
  private static final int BATCH_BYTES = 1 << 20;

  private final Path directory;
  private final Hash32 genesisHash;
  private final int segmentBytes;
  private final ChainHash chain;
  private final UnsafeBuffer view;

  private byte[] batch = new byte[BATCH_BYTES];
  private ByteBuffer source = ByteBuffer.wrap(batch);
  private int batched;
  private Path file;
  private FileChannel channel;

  /** Bytes of the open segment, with those still in the batch. */
  private long segmentSize;

  private long lastSeq;
  private @Nullable JournalReader standing;
  private long standingLastSeq;

  private JournalWriter(
      Path directory, Hash32 genesisHash, int segmentBytes, Path file, FileChannel channel) {
    this.directory = directory;
    this.genesisHash = genesisHash;
    this.segmentBytes = segmentBytes;
    this.file = file;
    this.channel = channel;
    this.chain = new ChainHash(genesisHash);
    this.view = new UnsafeBuffer(batch);
  }

  /** As {@link #open(Path, Hash32, JournalPosition, int)} with {@link #SEGMENT_BYTES}. */
  public static JournalWriter open(Path directory, Hash32 genesisHash, JournalPosition synced) {
    return open(directory, genesisHash, synced, SEGMENT_BYTES);
  }

  /**
   * Opens the journal in {@code directory}, creating it if there is none, and cuts a torn tail to
   * the last whole record. The next record appended is the one after {@code synced}; records that
   * stand behind it are expected again, identical.
   *
   * @param synced the place that the journal was last known to be synced to: of the snapshot that
   *     the ledger starts from, or {@link JournalPosition#start}
   * @param segmentBytes size at which a segment is ended
   * @throws JournalException when the journal is another network's, is damaged before {@code
   *     synced} or contradicts it, or the disk fails; nothing was cut then
   */
  public static JournalWriter open(
      Path directory, Hash32 genesisHash, JournalPosition synced, int segmentBytes) {
    try {
      Files.createDirectories(directory);
      List<Long> live = SegmentFiles.of(directory).live();
      if (live.isEmpty()) {
        requireNew(directory, synced);
        createSegment(directory, new Header(genesisHash, 1, genesisHash));
        live = List.of(1L);
      }
      requireWhole(directory, genesisHash, live);
      return continueSegment(directory, genesisHash, synced, segmentBytes, live.getLast());
    } catch (IOException e) {
      throw new JournalException(Kind.IO, "can not open the journal " + directory, e);
    }
  }

  private static void requireNew(Path directory, JournalPosition synced) {
    requireReaches(directory.toString(), 0, synced);
    if (!SegmentFiles.of(directory).all().isEmpty()) {
      throw new JournalException(
          Kind.DAMAGED,
          directory
              + ": its last segment is missing, although earlier ones are in the archive; restore"
              + " it from a copy");
    }
  }

  /** Checks the ended segments that have not moved to the archive, where they were checked. */
  private static void requireWhole(Path directory, Hash32 genesisHash, List<Long> live) {
    long last = live.getLast();
    try (JournalReader reader = JournalReader.open(directory, genesisHash, live.getFirst())) {
      reader.verifyTo(last - 1);
    }
  }

  private static JournalWriter continueSegment(
      Path directory, Hash32 genesisHash, JournalPosition synced, int segmentBytes, long firstSeq)
      throws IOException {
    JournalPosition end;
    long size;
    try (JournalReader reader = JournalReader.openToMend(directory, genesisHash, firstSeq)) {
      reader.skipToEnd();
      end = reader.position();
      size = reader.offset();
      requireReaches(reader.place(), end.seq(), synced);
    }
    Path file = JournalFormat.segmentPath(directory, firstSeq);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    if (channel.size() > size) {
      channel.truncate(size);
      channel.force(true);
    }
    JournalWriter writer = new JournalWriter(directory, genesisHash, segmentBytes, file, channel);
    writer.segmentSize = size;
    writer.standingLastSeq = end.seq();
    writer.startFrom(synced, end);
    return writer;
  }

  private static void requireReaches(String place, long seq, JournalPosition synced) {
    if (seq < synced.seq()) {
      throw new JournalException(
          Kind.DAMAGED,
          place
              + ": the last whole record is "
              + seq
              + ", but the journal was synced to "
              + synced.seq()
              + "; restore it from a copy");
    }
  }

  private void startFrom(JournalPosition synced, JournalPosition end) {
    lastSeq = synced.seq();
    chain.set(synced.chain());
    Hash32 stands = end.chain();
    if (synced.seq() < end.seq()) {
      JournalReader reader = JournalReader.open(directory, genesisHash, synced.seq() + 1);
      standing = reader;
      reader.skipToStart();
      stands = reader.position().chain();
    }
    if (!stands.equals(synced.chain())) {
      throw new JournalException(
          Kind.DIFFERENT,
          directory
              + ": the chain hash of record "
              + synced.seq()
              + " is "
              + stands
              + " in the journal and "
              + synced.chain()
              + " in the snapshot");
    }
  }

  /**
   * Appends the next record, or compares it with the one that stands. It reaches the file with
   * {@link #flush()}, or when enough has been collected.
   *
   * @param seq one more than the last
   * @param code 0 to 65,535
   * @throws JournalException {@link Kind#DIFFERENT} when another record stands at this position;
   *     {@link Kind#IO} when the disk fails
   * @throws IllegalArgumentException when {@code seq} is not the next, or the record is too long
   */
  public void append(
      long seq,
      long logTimeMs,
      int code,
      long originalSeq,
      DirectBuffer entry,
      int entryOffset,
      int entryLength,
      DirectBuffer events,
      int eventsOffset,
      int eventsLength) {
    if (seq != lastSeq + 1) {
      throw new IllegalArgumentException("record " + seq + " can not follow " + lastSeq);
    }
    long wanted = (long) entryLength + eventsLength + JournalFormat.RECORD_OVERHEAD;
    if (wanted > JournalFormat.RECORD_MAX) {
      throw new IllegalArgumentException("a record of " + wanted + " bytes is too long");
    }
    int length = (int) wanted;
    makeRoom(seq, length);
    int at = batched;
    view.putInt(at + JournalFormat.LENGTH_OFFSET, length, ByteOrder.LITTLE_ENDIAN);
    view.putShort(at + JournalFormat.CODE_OFFSET, (short) code, ByteOrder.LITTLE_ENDIAN);
    view.putShort(at + JournalFormat.RESERVED_OFFSET, (short) 0, ByteOrder.LITTLE_ENDIAN);
    view.putLong(at + JournalFormat.SEQ_OFFSET, seq, ByteOrder.LITTLE_ENDIAN);
    view.putLong(at + JournalFormat.LOG_TIME_OFFSET, logTimeMs, ByteOrder.LITTLE_ENDIAN);
    view.putLong(at + JournalFormat.ORIGINAL_SEQ_OFFSET, originalSeq, ByteOrder.LITTLE_ENDIAN);
    view.putInt(at + JournalFormat.ENTRY_LENGTH_OFFSET, entryLength, ByteOrder.LITTLE_ENDIAN);
    view.putInt(at + JournalFormat.EVENTS_LENGTH_OFFSET, eventsLength, ByteOrder.LITTLE_ENDIAN);
    int body = at + JournalFormat.BODY_OFFSET;
    entry.getBytes(entryOffset, batch, body, entryLength);
    events.getBytes(eventsOffset, batch, body + entryLength, eventsLength);
    int chainAt = at + length - Hash32.BYTES;
    byte[] next = chain.propose(batch, at, length - Hash32.BYTES);
    System.arraycopy(next, 0, batch, chainAt, Hash32.BYTES);
    JournalReader reader = standing;
    if (reader != null) {
      compare(reader, seq, at, length);
    } else {
      batched += length;
      segmentSize += length;
    }
    chain.accept();
    lastSeq = seq;
  }

  /** The last record's position and chain hash. */
  public JournalPosition position() {
    return new JournalPosition(lastSeq, chain.hash());
  }

  /**
   * Makes appended records visible to readers.
   *
   * @throws JournalException when the disk fails
   */
  public void flush() {
    if (batched == 0) {
      return;
    }
    try {
      source.limit(batched).position(0);
      while (source.hasRemaining()) {
        channel.write(source, segmentSize - source.remaining());
      }
      batched = 0;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Flushes, and returns when all appended records are on the disk.
   *
   * @throws JournalException when the disk fails
   */
  public void sync() {
    flush();
    try {
      channel.force(true);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Syncs and closes. */
  @Override
  public void close() {
    try (FileChannel closing = channel) {
      if (standing != null) {
        standing.close();
      }
      flush();
      closing.force(true);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void makeRoom(long seq, int length) {
    boolean grows = standing == null;
    if (grows && segmentSize > JournalFormat.HEADER_LENGTH && segmentSize + length > segmentBytes) {
      roll(seq);
    }
    if (batch.length - batched >= length) {
      return;
    }
    flush();
    if (batch.length < length) {
      batch = new byte[Math.min(JournalFormat.RECORD_MAX, Math.max(length, 2 * batch.length))];
      source = ByteBuffer.wrap(batch);
      view.wrap(batch);
    }
  }

  private void roll(long firstSeq) {
    sync();
    try {
      Header header = new Header(genesisHash, firstSeq, chain.hash());
      Path next = createSegment(directory, header);
      channel.close();
      channel = FileChannel.open(next, StandardOpenOption.WRITE);
      file = next;
      segmentSize = JournalFormat.HEADER_LENGTH;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Creates a segment with its header in one step: no reader and no crash sees half of it. */
  private static Path createSegment(Path directory, Header header) throws IOException {
    Path next = JournalFormat.segmentPath(directory, header.firstSeq());
    Path fresh = next.resolveSibling(next.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = JournalFormat.encodeHeader(header);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, next, StandardCopyOption.ATOMIC_MOVE);
    SegmentFiles.syncNames(directory);
    return next;
  }

  private void compare(JournalReader reader, long seq, int at, int length) {
    String place = reader.place();
    Comparison comparison = new Comparison(view, at, length);
    if (reader.poll(comparison, 1) != 1) {
      throw new JournalException(Kind.DAMAGED, place + ": record " + seq + " is gone");
    }
    String difference = comparison.difference;
    if (difference != null) {
      throw new JournalException(
          Kind.DIFFERENT,
          place + ": record " + seq + " was given again with another " + difference);
    }
    if (seq == standingLastSeq) {
      reader.close();
      standing = null;
    }
  }

  private JournalException failed(IOException cause) {
    return new JournalException(
        Kind.IO, "can not write " + file + ": " + cause.getMessage(), cause);
  }

  /** Names the first part in which a record that stands differs from the one given again. */
  private static final class Comparison implements JournalHandler {
    private final UnsafeBuffer given;
    private final int at;
    private final int length;
    private @Nullable String difference;

    Comparison(UnsafeBuffer given, int at, int length) {
      this.given = given;
      this.at = at;
      this.length = length;
    }

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
      int body = at + JournalFormat.BODY_OFFSET;
      int givenEntryLength =
          given.getInt(at + JournalFormat.ENTRY_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
      int givenEventsLength = length - JournalFormat.RECORD_OVERHEAD - givenEntryLength;
      long givenTime = given.getLong(at + JournalFormat.LOG_TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
      int givenCode =
          given.getShort(at + JournalFormat.CODE_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xffff;
      long givenOriginal =
          given.getLong(at + JournalFormat.ORIGINAL_SEQ_OFFSET, ByteOrder.LITTLE_ENDIAN);
      if (!same(body, givenEntryLength, buffer, entryOffset, entryLength)) {
        difference = "entry";
      } else if (givenTime != logTimeMs) {
        difference = "log time: " + givenTime + " after " + logTimeMs;
      } else if (givenCode != code) {
        difference = "code: " + givenCode + " after " + code;
      } else if (givenOriginal != originalSeq) {
        difference = "original position: " + givenOriginal + " after " + originalSeq;
      } else if (!same(
          body + givenEntryLength, givenEventsLength, buffer, eventsOffset, eventsLength)) {
        difference = "list of events";
      }
    }

    private boolean same(
        int givenOffset, int givenLength, DirectBuffer buffer, int offset, int length) {
      if (givenLength != length) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (given.getByte(givenOffset + i) != buffer.getByte(offset + i)) {
          return false;
        }
      }
      return true;
    }
  }
}
