package ai.ubc.codec.journal;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import java.security.DigestException;
import java.security.MessageDigest;

/** The running SHA-256 over a journal's records; extends without allocating. One thread. */
final class ChainHash {
  private final MessageDigest sha256 = Sha256.digest();
  private final byte[] value = new byte[Hash32.BYTES];
  private final byte[] next = new byte[Hash32.BYTES];

  ChainHash(Hash32 start) {
    set(start);
  }

  void set(Hash32 hash) {
    System.arraycopy(hash.bytes(), 0, value, 0, Hash32.BYTES);
  }

  /** Computes what the chain becomes with this record body; {@link #accept()} takes it over. */
  byte[] propose(byte[] source, int offset, int length) {
    try {
      sha256.update(value);
      sha256.update(source, offset, length);
      sha256.digest(next, 0, Hash32.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("a SHA-256 digest has 32 bytes", e);
    }
    return next;
  }

  void accept() {
    System.arraycopy(next, 0, value, 0, Hash32.BYTES);
  }

  Hash32 hash() {
    return Hash32.of(value);
  }
}
