package ai.ubc.domain;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A 20-byte Ethereum address, the owner of an account.
 *
 * @param word0 bytes 0 to 7, big-endian
 * @param word1 bytes 8 to 15, big-endian
 * @param word2 bytes 16 to 19, big-endian
 */
public record Address(long word0, long word1, int word2) {
  /** Length in bytes. */
  public static final int BYTES = 20;

  /** The zero address, which nobody owns. */
  public static final Address ZERO = new Address(0, 0, 0);

  /**
   * Reads an address from exactly 20 bytes.
   *
   * @throws IllegalArgumentException when {@code bytes} has another length
   */
  public static Address of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("an address has 20 bytes, got " + bytes.length);
    }
    ByteBuffer words = ByteBuffer.wrap(bytes);
    return new Address(words.getLong(), words.getLong(), words.getInt());
  }

  /**
   * Reads 40 hexadecimal digits, with or without {@code 0x}, in either case; the mixed-case
   * checksum is not checked.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static Address parse(String text) {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    return of(HexFormat.of().parseHex(digits));
  }

  /** The 20 bytes, in a fresh array. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(word0).putLong(word1).putInt(word2).array();
  }

  /** {@code 0x} and 40 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes());
  }
}
