package ai.ubc.domain;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Thirty-two bytes as four big-endian words: a Keccak-256 or SHA-256 digest, a salt or a secret.
 *
 * @param word0 bytes 0 to 7, big-endian
 * @param word1 bytes 8 to 15, big-endian
 * @param word2 bytes 16 to 23, big-endian
 * @param word3 bytes 24 to 31, big-endian
 */
public record Hash32(long word0, long word1, long word2, long word3) {
  /** Length in bytes. */
  public static final int BYTES = 32;

  /** Thirty-two zero bytes, used where a hash is absent. */
  public static final Hash32 ZERO = new Hash32(0, 0, 0, 0);

  /**
   * Reads a hash from exactly 32 bytes.
   *
   * @throws IllegalArgumentException when {@code bytes} has another length
   */
  public static Hash32 of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, got " + bytes.length);
    }
    ByteBuffer words = ByteBuffer.wrap(bytes);
    return new Hash32(words.getLong(), words.getLong(), words.getLong(), words.getLong());
  }

  /**
   * Reads 64 hexadecimal digits, with or without {@code 0x}, in either case.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static Hash32 parse(String text) {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    return of(HexFormat.of().parseHex(digits));
  }

  /** The 32 bytes, in a fresh array. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(word0)
        .putLong(word1)
        .putLong(word2)
        .putLong(word3)
        .array();
  }

  /** 64 lower-case hexadecimal digits without prefix. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /** Whether every byte is zero. */
  public boolean isZero() {
    return (word0 | word1 | word2 | word3) == 0;
  }

  @Override
  public String toString() {
    return "0x" + hex();
  }
}
