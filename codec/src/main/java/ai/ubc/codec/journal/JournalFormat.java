package ai.ubc.codec.journal;

import ai.ubc.codec.journal.JournalException.Kind;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** The bytes of a segment, shared by writer and reader. Integers are little-endian. */
final class JournalFormat {
  /** "UBCJRNL1" as bytes in file order. */
  static final long MAGIC = 0x314c_4e52_4a43_4255L;

  static final int VERSION = 1;

  // Segment header.
  static final int MAGIC_OFFSET = 0;
  static final int VERSION_OFFSET = 8;
  static final int GENESIS_OFFSET = 16;
  static final int FIRST_SEQ_OFFSET = 48;
  static final int PREVIOUS_CHAIN_OFFSET = 56;
  static final int CHECKSUM_OFFSET = 88;
  static final int HEADER_LENGTH = 96;

  // Record.
  static final int LENGTH_OFFSET = 0;
  static final int CODE_OFFSET = 4;
  static final int RESERVED_OFFSET = 6;
  static final int SEQ_OFFSET = 8;
  static final int LOG_TIME_OFFSET = 16;
  static final int ORIGINAL_SEQ_OFFSET = 24;
  static final int ENTRY_LENGTH_OFFSET = 32;
  static final int EVENTS_LENGTH_OFFSET = 36;
  static final int BODY_OFFSET = 40;
  static final int RECORD_OVERHEAD = BODY_OFFSET + Hash32.BYTES;

  /** The longest record, bytes. An entry has at most 64 KiB; the rest is room for its events. */
  static final int RECORD_MAX = 8 << 20;

  private static final String SUFFIX = ".journal";
  private static final int NAME_LENGTH = 20 + SUFFIX.length();

  private JournalFormat() {}

  /** What a segment's header says. */
  record Header(Hash32 genesisHash, long firstSeq, Hash32 previousChain) {}

  static Path segmentPath(Path directory, long firstSeq) {
    String digits = Long.toString(firstSeq);
    return directory.resolve("0".repeat(20 - digits.length()) + digits + SUFFIX);
  }

  /** The first position of the segment with this file name, or -1 when it is no segment's. */
  static long firstSeq(String name) {
    if (name.length() != NAME_LENGTH || !name.endsWith(SUFFIX)) {
      return -1;
    }
    String digits = name.substring(0, 20);
    return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(digits) : -1;
  }

  static ByteBuffer encodeHeader(Header header) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(MAGIC_OFFSET, MAGIC);
    bytes.putInt(VERSION_OFFSET, VERSION);
    bytes.put(GENESIS_OFFSET, header.genesisHash().bytes());
    bytes.putLong(FIRST_SEQ_OFFSET, header.firstSeq());
    bytes.put(PREVIOUS_CHAIN_OFFSET, header.previousChain().bytes());
    bytes.putLong(CHECKSUM_OFFSET, checksum(bytes));
    return bytes;
  }

  /** Reads and checks the header of the segment that should begin with {@code firstSeq}. */
  static Header readHeader(Path file, FileChannel channel, Hash32 genesisHash, long firstSeq)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
      // Read on.
    }
    if (bytes.hasRemaining()
        || bytes.getLong(MAGIC_OFFSET) != MAGIC
        || bytes.getLong(CHECKSUM_OFFSET) != checksum(bytes)) {
      throw new JournalException(
          Kind.DAMAGED, file + ": the segment's header at offset 0 is damaged");
    }
    if (bytes.getInt(VERSION_OFFSET) != VERSION) {
      throw new JournalException(
          Kind.FOREIGN,
          file
              + ": format version "
              + bytes.getInt(VERSION_OFFSET)
              + ", this program reads "
              + VERSION);
    }
    Header header =
        new Header(
            hash(bytes, GENESIS_OFFSET),
            bytes.getLong(FIRST_SEQ_OFFSET),
            hash(bytes, PREVIOUS_CHAIN_OFFSET));
    if (!header.genesisHash().equals(genesisHash)) {
      throw new JournalException(
          Kind.FOREIGN,
          file + ": written by the network " + header.genesisHash() + ", not " + genesisHash);
    }
    if (header.firstSeq() != firstSeq) {
      throw new JournalException(
          Kind.DAMAGED, file + ": the header at offset 0 says it begins at " + header.firstSeq());
    }
    return header;
  }

  private static Hash32 hash(ByteBuffer bytes, int offset) {
    byte[] hash = new byte[Hash32.BYTES];
    bytes.get(offset, hash);
    return Hash32.of(hash);
  }

  private static long checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, CHECKSUM_OFFSET));
    return crc.getValue();
  }
}
