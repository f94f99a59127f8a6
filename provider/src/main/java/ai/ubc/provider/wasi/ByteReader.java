package ai.ubc.provider.wasi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the primitive forms of WebAssembly's binary format, and refuses whatever runs past its end.
 */
final class ByteReader {

  private final byte[] bytes;
  private final int end;
  private int position;

  /** A reader of {@code bytes[from, to)}. */
  ByteReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.end = to;
  }

  int position() {
    return position;
  }

  boolean hasMore() {
    return position < end;
  }

  int remaining() {
    return end - position;
  }

  int readByte() throws InvalidProgram {
    if (position >= end) {
      throw invalid("unexpected end");
    }
    return bytes[position++] & 0xFF;
  }

  /** The next byte, left where it is. */
  int peekByte() throws InvalidProgram {
    int value = readByte();
    position--;
    return value;
  }

  void skip(int count) throws InvalidProgram {
    if (count < 0 || count > remaining()) {
      throw invalid("unexpected end");
    }
    position += count;
  }

  /** An unsigned 32-bit number that is used as a count or an index, so at most 2^31-1. */
  int readIndex() throws InvalidProgram {
    int value = readU32();
    if (value < 0) {
      throw invalid("number too large");
    }
    return value;
  }

  /** A count of elements that take at least one byte each. */
  int readCount() throws InvalidProgram {
    int count = readIndex();
    if (count > remaining()) {
      throw invalid("more elements than bytes");
    }
    return count;
  }

  /** An unsigned 32-bit number in LEB128, as its bits. */
  int readU32() throws InvalidProgram {
    int value = 0;
    int shift = 0;
    while (true) {
      int next = readByte();
      if (shift == 28 && (next & 0xF0) != 0) {
        throw invalid("number too large");
      }
      value |= (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
      shift += 7;
    }
  }

  /** A signed number of at most {@code bits} bits in LEB128. */
  long readSigned(int bits) throws InvalidProgram {
    long value = 0;
    int shift = 0;
    int next;
    do {
      if (shift >= bits) {
        throw invalid("number too long");
      }
      next = readByte();
      value |= (next & 0x7FL) << shift;
      shift += 7;
    } while ((next & 0x80) != 0);
    return shift < 64 && (next & 0x40) != 0 ? value | (-1L << shift) : value;
  }

  String readName() throws InvalidProgram {
    int length = readCount();
    try {
      String name =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, position, length))
              .toString();
      position += length;
      return name;
    } catch (CharacterCodingException e) {
      throw new InvalidProgram("a name at byte " + position + " is not UTF-8", e);
    }
  }

  InvalidProgram invalid(String what) {
    return new InvalidProgram(what + " at byte " + position);
  }
}
