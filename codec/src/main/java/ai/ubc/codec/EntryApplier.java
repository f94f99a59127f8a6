package ai.ubc.codec;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import ai.ubc.codec.generated.CommandDispatcher;
import ai.ubc.domain.Keccak;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.StateMachine;
import org.agrona.DirectBuffer;

/**
 * Drives a state machine with the entries of a log: the one place where bytes become calls, shared
 * by the sequencer and every replay. Allocates nothing; one thread.
 */
public final class EntryApplier {
  private final StateMachine machine;
  private final Keccak keccak;
  private final byte[] signed = new byte[1_024];

  /** Drives {@code machine}; {@code keccak} must not be shared with it. */
  public EntryApplier(StateMachine machine, Keccak keccak) {
    this.machine = machine;
    this.keccak = keccak;
  }

  /**
   * Applies one entry. Whoever appends entries has checked who may give system commands; here the
   * template alone decides whether admission runs.
   *
   * @param seq position of the entry, one more than the last
   * @param logTimeMs log time, never less than the last entry's
   * @return {@link Refusal#DONE} or the refusal's number; {@code MALFORMED} for bytes that are no
   *     entry, which change nothing
   */
  public int apply(long seq, long logTimeMs, DirectBuffer buffer, int offset, int length) {
    machine.begin(seq, logTimeMs);
    int code = Refusal.MALFORMED.number();
    if (LogEntry.isWellFormed(buffer, offset, length)) {
      int templateId = LogEntry.templateId(buffer, offset);
      code = LogEntry.isUser(templateId) ? admit(buffer, offset, length) : Refusal.DONE;
      if (code == Refusal.DONE && machine.originalSeq() == 0) {
        code =
            CommandDispatcher.dispatch(buffer, offset + LogEntry.HEADER_BYTES, templateId, machine);
      }
    }
    machine.end(code);
    return code;
  }

  private int admit(DirectBuffer buffer, int offset, int length) {
    int signedLength = LogEntry.signedLength(length);
    buffer.getBytes(offset, signed, 0, signedLength);
    keccak.begin().putBytes(signed, 0, signedLength).end();
    int signer = offset + LogEntry.signerOffset(length);
    int block = offset + LogEntry.HEADER_BYTES;
    return machine.admit(
        buffer.getLong(signer, BIG_ENDIAN),
        buffer.getLong(signer + 8, BIG_ENDIAN),
        buffer.getInt(signer + 16, BIG_ENDIAN),
        buffer.getInt(block, LITTLE_ENDIAN),
        buffer.getLong(block + 4, LITTLE_ENDIAN),
        buffer.getLong(block + 12, LITTLE_ENDIAN),
        keccak.word(0),
        keccak.word(1),
        keccak.word(2),
        keccak.word(3));
  }
}
