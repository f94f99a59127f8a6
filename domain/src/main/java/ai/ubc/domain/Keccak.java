package ai.ubc.domain;

/**
 * Keccak-256 as the engine needs it: an accumulator fed with primitives in big-endian order. One
 * owner, one thread; reset by {@link #begin()}. The implementation lives in {@code codec}.
 */
public interface Keccak {
  /** Starts a new message. */
  Keccak begin();

  /** Appends one byte: the low eight bits of {@code value}. */
  Keccak putByte(int value);

  /** Appends four bytes, big-endian. */
  Keccak putInt(int value);

  /** Appends eight bytes, big-endian. */
  Keccak putLong(long value);

  /** Appends {@code length} bytes of {@code source} from {@code offset}. */
  Keccak putBytes(byte[] source, int offset, int length);

  /** Ends the message; the digest is read by {@link #word(int)} until the next {@link #begin()}. */
  void end();

  /** Word {@code index} (0 to 3, big-endian) of the last digest. */
  long word(int index);

  /** Appends a 32-byte value given as four words. */
  default Keccak putHash(long word0, long word1, long word2, long word3) {
    return putLong(word0).putLong(word1).putLong(word2).putLong(word3);
  }

  /** The last digest as a value; allocates, for the cold path. */
  default Hash32 digest() {
    return new Hash32(word(0), word(1), word(2), word(3));
  }
}
