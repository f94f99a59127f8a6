package ai.ubc.provider.runtime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable byte string, equal to any other with the same bytes. */
public final class Bytes {

  /** The byte string of length 0. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** The bytes of the array, which is copied. */
  public static Bytes copyOf(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array.clone());
  }

  /** The bytes {@code from} (inclusive) to {@code to} (exclusive) of the array, which is copied. */
  public static Bytes copyOfRange(byte[] array, int from, int to) {
    return new Bytes(Arrays.copyOfRange(array, from, to));
  }

  /** How many bytes there are. */
  public int length() {
    return array.length;
  }

  /**
   * Copies {@code count} bytes, the first of them the one at {@code from}, into the target at
   * {@code at}.
   */
  public void copyTo(int from, byte[] target, int at, int count) {
    System.arraycopy(array, from, target, at, count);
  }

  /** A new array with the bytes. */
  public byte[] toArray() {
    return array.clone();
  }

  /** A stream over the bytes, which can not fail. */
  public InputStream openStream() {
    return new ByteArrayInputStream(array);
  }

  /**
   * Writes the bytes.
   *
   * @throws IOException when the stream throws it
   */
  public void writeTo(OutputStream out) throws IOException {
    out.write(array);
  }

  /** The bytes read as UTF-8, malformed ones replaced. */
  public String toUtf8() {
    return new String(array, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return "Bytes[" + array.length + ']';
  }
}
