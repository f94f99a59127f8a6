package ai.ubc.codec;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.codec.generated.CommandDispatcher;
import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import java.util.Arrays;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of one entry of the log: {@code [SBE header 8][block][signature 65][signer 20]}. Header
 * and block are what is signed; the signer is what the signature recovers to, added by the gateway
 * and checked by every replay. Entries of the network itself carry zeros in both places. What a
 * client sends is the entry without the signer.
 */
public final class LogEntry {
  /** Length of the SBE message header. */
  public static final int HEADER_BYTES = 8;

  /** The most bytes of an entry. */
  public static final int BYTES_MAX = 64 * 1024;

  /** First template of the network's own commands; those below are users'. */
  public static final int FIRST_SYSTEM_TEMPLATE = 64;

  /** Template of {@code Access}, which is signed but never logged. */
  public static final int ACCESS_TEMPLATE = 128;

  /** Template of {@code BodyReceipt}, which is signed; the signature stands in an opening. */
  public static final int BODY_RECEIPT_TEMPLATE = 129;

  /** Template of {@code LogRoot}, which is signed but never logged. */
  public static final int LOG_ROOT_TEMPLATE = 130;

  /** Template of {@code EncryptionKey}, which is signed but never logged. */
  public static final int ENCRYPTION_KEY_TEMPLATE = 131;

  /** The version of the schema that commands are written in. */
  public static final int SCHEMA_VERSION = 3;

  private static final int SCHEMA_ID = 1;
  private static final int TRAILER_BYTES = Signatures.BYTES + Address.BYTES;

  private LogEntry() {}

  /** Template of the entry at {@code offset}. */
  public static int templateId(DirectBuffer buffer, int offset) {
    return buffer.getShort(offset + 2, LITTLE_ENDIAN) & 0xFFFF;
  }

  /** Whether a user gives this template's command. */
  public static boolean isUser(int templateId) {
    return templateId < FIRST_SYSTEM_TEMPLATE;
  }

  /** Whether {@code length} bytes at {@code offset} are a whole entry of this schema. */
  public static boolean isWellFormed(DirectBuffer buffer, int offset, int length) {
    return length >= HEADER_BYTES + TRAILER_BYTES
        && length == HEADER_BYTES + signedBlockLength(buffer, offset) + TRAILER_BYTES;
  }

  // The block length of a command of this schema version, or a value no length matches.
  private static int signedBlockLength(DirectBuffer buffer, int offset) {
    int block = CommandDispatcher.blockLength(templateId(buffer, offset));
    boolean fits =
        (buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF) == block
            && (buffer.getShort(offset + 4, LITTLE_ENDIAN) & 0xFFFF) == SCHEMA_ID
            && (buffer.getShort(offset + 6, LITTLE_ENDIAN) & 0xFFFF) == SCHEMA_VERSION;
    return fits ? block : Integer.MIN_VALUE;
  }

  /** Length of header and block of a well-formed entry of {@code length} bytes. */
  public static int signedLength(int length) {
    return length - TRAILER_BYTES;
  }

  /** Where the signer stands in a well-formed entry of {@code length} bytes. */
  public static int signerOffset(int length) {
    return length - Address.BYTES;
  }

  /** Encodes and signs a command: header, block and signature, as a client sends it. */
  public static byte[] sign(Eip712 domain, KeyPair key, Command.Head head, Command command) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
    int signed = CommandCodec.encode(head, command, buffer, 0);
    byte[] digest = domain.digest(buffer, HEADER_BYTES, templateId(buffer, 0));
    buffer.putBytes(signed, key.sign(digest));
    byte[] bytes = new byte[signed + Signatures.BYTES];
    buffer.getBytes(0, bytes);
    return bytes;
  }

  /**
   * Recovers the signer of what a client sent and makes the entry to log.
   *
   * @return empty when the bytes are not a user's command, or the signature is not valid (low-s)
   *     for any key; see {@link #isSignedCommand} to tell the two apart
   */
  public static Optional<byte[]> admit(Eip712 domain, byte[] sent) {
    if (!isSignedCommand(sent)) {
      return Optional.empty();
    }
    UnsafeBuffer buffer = new UnsafeBuffer(sent);
    byte[] signature = new byte[Signatures.BYTES];
    buffer.getBytes(sent.length - Signatures.BYTES, signature);
    return Signatures.recover(domain.digest(buffer, HEADER_BYTES, templateId(buffer, 0)), signature)
        .map(signer -> {
          byte[] entry = Arrays.copyOf(sent, sent.length + Address.BYTES);
          System.arraycopy(signer.bytes(), 0, entry, sent.length, Address.BYTES);
          return entry;
        });
  }

  /** Whether the bytes have the form of a user's signed command (header, block, signature). */
  public static boolean isSignedCommand(byte[] sent) {
    if (sent.length < HEADER_BYTES + Signatures.BYTES) {
      return false;
    }
    UnsafeBuffer buffer = new UnsafeBuffer(sent);
    return isUser(templateId(buffer, 0))
        && sent.length == HEADER_BYTES + signedBlockLength(buffer, 0) + Signatures.BYTES;
  }

  /**
   * Whether the signer that stands in a well-formed user entry is the one its signature recovers
   * to.
   */
  public static boolean isSignerProven(Eip712 domain, byte[] entry) {
    byte[] sent = Arrays.copyOf(entry, signerOffset(entry.length));
    return admit(domain, sent).filter(proven -> Arrays.equals(proven, entry)).isPresent();
  }

  /** Hash by which a command is known: Keccak-256 of its signed bytes, header and block. */
  public static Hash32 commandHash(byte[] bytes, int signedLength) {
    KeccakHash keccak = new KeccakHash();
    keccak.begin().putBytes(bytes, 0, signedLength).end();
    return keccak.digest();
  }

  /** Makes an entry of the network itself from an encoded system command (header and block). */
  public static byte[] system(DirectBuffer command, int offset, int length) {
    byte[] entry = new byte[length + TRAILER_BYTES];
    command.getBytes(offset, entry, 0, length);
    return entry;
  }
}
