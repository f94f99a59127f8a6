package ai.ubc.codec;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.domain.Address;
import ai.ubc.domain.Hash32;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the notary signs of the log: the EIP-712 struct {@code LogRoot(uint64 size,bytes32
 * root,uint64 timeMs)}. It follows from the log alone, so two statements of one size that differ
 * are proof of two logs.
 *
 * @param size number of records
 * @param root root of the tree (RFC 9162) whose leaves are these records
 * @param timeMs log time of the last of them, milliseconds; 0 without records
 */
public record LogRoot(long size, Hash32 root, long timeMs) {
  private static final int BLOCK_BYTES = 48;

  /** The notary's signature over this: {@link Signatures#BYTES} bytes. */
  public byte[] sign(Eip712 domain, KeyPair notary) {
    return notary.sign(digest(domain));
  }

  /** Who signed this; empty when no key did. */
  public Optional<Address> signer(Eip712 domain, byte[] signature) {
    return Signatures.recover(digest(domain), signature);
  }

  private byte[] digest(Eip712 domain) {
    UnsafeBuffer block = new UnsafeBuffer(new byte[BLOCK_BYTES]);
    block.putLong(0, size, LITTLE_ENDIAN);
    block.putLong(8, root.word0(), BIG_ENDIAN);
    block.putLong(16, root.word1(), BIG_ENDIAN);
    block.putLong(24, root.word2(), BIG_ENDIAN);
    block.putLong(32, root.word3(), BIG_ENDIAN);
    block.putLong(40, timeMs, LITTLE_ENDIAN);
    return domain.digest(block, 0, LogEntry.LOG_ROOT_TEMPLATE);
  }
}
