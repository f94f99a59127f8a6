package ai.ubc.codec.seal;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.domain.Address;
import ai.ubc.domain.Hash32;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The X25519 key by which an account reads, stated by its owner: the EIP-712 struct {@code
 * EncryptionKey(uint32 account,bytes32 publicKey)} with the owner's signature (EIP-2098). Who hands
 * it out can not change it.
 *
 * @param account the account
 * @param publicKey the key
 * @param signature the owner's
 */
public record ReaderKey(int account, Hash32 publicKey, Signatures.Compact signature) {
  /** Bytes of a statement without its account: the key, and r and vs of the signature. */
  public static final int BYTES = 3 * Hash32.BYTES;

  private static final int BLOCK_BYTES = 36;

  /** A statement about {@code account}, signed by its owner. */
  public static ReaderKey issue(Eip712 domain, KeyPair owner, int account, Hash32 publicKey) {
    byte[] signature = owner.sign(digest(domain, account, publicKey));
    return new ReaderKey(account, publicKey, Signatures.Compact.of(signature));
  }

  /**
   * The statement about {@code account} in these bytes; empty when there are not {@link #BYTES}.
   */
  public static Optional<ReaderKey> read(int account, byte[] bytes) {
    return bytes.length == BYTES
        ? Optional.of(read(account, ByteBuffer.wrap(bytes)))
        : Optional.empty();
  }

  static ReaderKey read(int account, ByteBuffer from) {
    return new ReaderKey(
        account, Words.get(from), new Signatures.Compact(Words.get(from), Words.get(from)));
  }

  /** As {@link #read} reads it. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .put(publicKey.bytes())
        .put(signature.r().bytes())
        .put(signature.vs().bytes())
        .array();
  }

  /** Who signed it; empty when no key did. */
  public Optional<Address> signer(Eip712 domain) {
    return Signatures.recover(digest(domain, account, publicKey), signature.bytes());
  }

  private static byte[] digest(Eip712 domain, int account, Hash32 publicKey) {
    UnsafeBuffer block = new UnsafeBuffer(new byte[BLOCK_BYTES]);
    block.putInt(0, account, LITTLE_ENDIAN);
    block.putLong(4, publicKey.word0(), BIG_ENDIAN);
    block.putLong(12, publicKey.word1(), BIG_ENDIAN);
    block.putLong(20, publicKey.word2(), BIG_ENDIAN);
    block.putLong(28, publicKey.word3(), BIG_ENDIAN);
    return domain.digest(block, 0, LogEntry.ENCRYPTION_KEY_TEMPLATE);
  }
}
