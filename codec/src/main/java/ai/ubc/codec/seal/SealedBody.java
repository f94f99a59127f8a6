package ai.ubc.codec.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.ubc.domain.Hash32;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The form of a sealed body: {@code UBCSEAL1}, kind u8, header length u32, header, salt of 32
 * bytes; then the content, encrypted with AES-256-GCM under a key of its own, authenticating all
 * before it. Integers are big-endian.
 */
public final class SealedBody {
  /** Most bytes of a header. */
  public static final int HEADER_BYTES_MAX = 64 << 10;

  private static final byte[] MAGIC = "UBCSEAL1".getBytes(US_ASCII);

  /**
   * Bytes before the header; whoever has them knows whether a body is sealed, and of which kind.
   */
  public static final int START_BYTES = MAGIC.length + 1 + Integer.BYTES;

  /** What a body is. Codes are permanent. */
  public enum Kind {
    /** A program. */
    PROGRAM(1),
    /** An input; its header says for whom. */
    INPUT(2),
    /** A result; its header says what it comes to. */
    RESULT(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The permanent code. */
    public int code() {
      return code;
    }

    private static Optional<Kind> of(int code) {
      return Arrays.stream(values()).filter(k -> k.code == code).findFirst();
    }
  }

  private final Kind kind;
  private final byte[] prefix;
  private final byte[] bytes;

  private SealedBody(Kind kind, byte[] prefix, byte[] bytes) {
    this.kind = kind;
    this.prefix = prefix;
    this.bytes = bytes;
  }

  /** Whether a body that begins so is sealed. */
  public static boolean isSealed(byte[] start) {
    return start.length >= MAGIC.length
        && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * The sealed body of this kind; empty when the bytes are none.
   *
   * @param bytes the whole body; not copied
   */
  public static Optional<SealedBody> read(Kind kind, byte[] bytes) {
    return prefixLength(kind, bytes)
        .filter(length -> bytes.length >= length + Primitives.TAG_BYTES)
        .map(length -> new SealedBody(kind, Arrays.copyOf(bytes, length), bytes));
  }

  private static Optional<Integer> prefixLength(Kind kind, byte[] bytes) {
    return headerLength(kind, bytes).map(length -> START_BYTES + length + Hash32.BYTES);
  }

  /**
   * Bytes of the header of a sealed body that begins so; empty when it is no sealed body of this
   * kind.
   *
   * @param start its first {@link #START_BYTES} bytes or more
   */
  public static Optional<Integer> headerLength(Kind kind, byte[] start) {
    if (start.length < START_BYTES || !isSealed(start)) {
      return Optional.empty();
    }
    ByteBuffer fields = ByteBuffer.wrap(start, MAGIC.length, START_BYTES - MAGIC.length);
    Optional<Kind> found = Kind.of(fields.get());
    int length = fields.getInt();
    return found.filter(kind::equals).isPresent() && length >= 0 && length <= HEADER_BYTES_MAX
        ? Optional.of(length)
        : Optional.empty();
  }

  /** What stands before the ciphertext. */
  static byte[] open(Kind kind, byte[] header, Hash32 salt) {
    if (header.length > HEADER_BYTES_MAX) {
      throw new IllegalArgumentException("a header has at most " + HEADER_BYTES_MAX + " bytes");
    }
    return ByteBuffer.allocate(START_BYTES + header.length + Hash32.BYTES)
        .put(MAGIC)
        .put((byte) kind.code())
        .putInt(header.length)
        .put(header)
        .put(salt.bytes())
        .array();
  }

  static byte[] salt(byte[] prefix) {
    return Arrays.copyOfRange(prefix, prefix.length - Hash32.BYTES, prefix.length);
  }

  /** What it is. */
  public Kind kind() {
    return kind;
  }

  /** A copy of the header. */
  public byte[] header() {
    return Arrays.copyOfRange(prefix, START_BYTES, prefix.length - Hash32.BYTES);
  }

  byte[] prefix() {
    return prefix;
  }

  byte[] bytes() {
    return bytes;
  }
}
