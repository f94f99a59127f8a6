package ai.ubc.codec.session;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The two messages of a session: a submission carries one log entry to the cluster, an
 * acknowledgement its position and code back. Both begin with type, version and a correlation id
 * that the sender chose.
 */
public final class SessionMessages {
  /** Type of a submission. */
  public static final int SUBMIT = 1;

  /** Type of an acknowledgement. */
  public static final int ACK = 2;

  /** Version of both messages. */
  public static final int VERSION = 1;

  /** Bytes before the entry in a submission. */
  public static final int SUBMIT_HEADER_BYTES = 16;

  /** Bytes of an acknowledgement. */
  public static final int ACK_BYTES = 24;

  private static final int TYPE_OFFSET = 0;
  private static final int VERSION_OFFSET = 2;
  private static final int CODE_OFFSET = 4;
  private static final int RESERVED_OFFSET = 6;
  private static final int CORRELATION_OFFSET = 8;
  private static final int SEQ_OFFSET = 16;

  private SessionMessages() {}

  /** Writes the header of a submission; the entry follows at {@link #SUBMIT_HEADER_BYTES}. */
  public static void putSubmitHeader(MutableDirectBuffer buffer, int offset, long correlationId) {
    putHead(buffer, offset, SUBMIT, 0, correlationId);
  }

  /** Writes an acknowledgement. */
  public static void putAck(
      MutableDirectBuffer buffer, int offset, long correlationId, long seq, int code) {
    putHead(buffer, offset, ACK, code, correlationId);
    buffer.putLong(offset + SEQ_OFFSET, seq, LITTLE_ENDIAN);
  }

  private static void putHead(
      MutableDirectBuffer buffer, int offset, int type, int code, long correlationId) {
    buffer.putShort(offset + TYPE_OFFSET, (short) type, LITTLE_ENDIAN);
    buffer.putShort(offset + VERSION_OFFSET, (short) VERSION, LITTLE_ENDIAN);
    buffer.putShort(offset + CODE_OFFSET, (short) code, LITTLE_ENDIAN);
    buffer.putShort(offset + RESERVED_OFFSET, (short) 0, LITTLE_ENDIAN);
    buffer.putLong(offset + CORRELATION_OFFSET, correlationId, LITTLE_ENDIAN);
  }

  /** Whether the bytes are a submission of this version; its entry may still be anything. */
  public static boolean isSubmit(DirectBuffer buffer, int offset, int length) {
    return length >= SUBMIT_HEADER_BYTES && isA(SUBMIT, buffer, offset);
  }

  /** Whether the bytes are an acknowledgement of this version. */
  public static boolean isAck(DirectBuffer buffer, int offset, int length) {
    return length == ACK_BYTES && isA(ACK, buffer, offset);
  }

  private static boolean isA(int type, DirectBuffer buffer, int offset) {
    return buffer.getShort(offset + TYPE_OFFSET, LITTLE_ENDIAN) == type
        && buffer.getShort(offset + VERSION_OFFSET, LITTLE_ENDIAN) == VERSION;
  }

  /** The correlation id of either message. */
  public static long correlationId(DirectBuffer buffer, int offset) {
    return buffer.getLong(offset + CORRELATION_OFFSET, LITTLE_ENDIAN);
  }

  /** The position in an acknowledgement. */
  public static long ackSeq(DirectBuffer buffer, int offset) {
    return buffer.getLong(offset + SEQ_OFFSET, LITTLE_ENDIAN);
  }

  /** The code in an acknowledgement, 0 to 65,535. */
  public static int ackCode(DirectBuffer buffer, int offset) {
    return buffer.getShort(offset + CODE_OFFSET, LITTLE_ENDIAN) & 0xffff;
  }
}
