package ai.ubc.provider.wasi;

import java.util.Arrays;

/** Writes the primitive forms of WebAssembly's binary format into a buffer that grows. */
final class ByteWriter {

  private byte[] bytes;
  private int length;

  ByteWriter(int capacity) {
    bytes = new byte[Math.max(capacity, 16)];
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  void clear() {
    length = 0;
  }

  ByteWriter writeByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
    return this;
  }

  ByteWriter write(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  ByteWriter write(ByteWriter source) {
    return write(source.bytes, 0, source.length);
  }

  /** An unsigned number in LEB128; a negative one is taken as 2^32 more. */
  ByteWriter writeU32(int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    return writeByte(rest);
  }

  /** A signed number in LEB128. */
  ByteWriter writeSigned(long value) {
    long rest = value;
    while (rest < -64 || rest > 63) {
      writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>= 7;
    }
    return writeByte((int) (rest & 0x7F));
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }
}
