package ai.ubc.codec.crypto;

import ai.ubc.domain.Hash32;
import ai.ubc.domain.Keccak;
import java.nio.ByteBuffer;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256, by Bouncy Castle. Allocates nothing after construction; one owner, one thread. */
public final class KeccakHash implements Keccak {
  private final KeccakDigest digest = new KeccakDigest(256);
  private final byte[] scratch = new byte[8];
  private final byte[] output = new byte[Hash32.BYTES];
  private final ByteBuffer words = ByteBuffer.wrap(output);
  private final ByteBuffer scratchWords = ByteBuffer.wrap(scratch);

  /** Keccak-256 of the bytes, in a fresh array; from any thread. */
  public static byte[] of(byte[] message) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(message, 0, message.length);
    byte[] result = new byte[Hash32.BYTES];
    digest.doFinal(result, 0);
    return result;
  }

  @Override
  public Keccak begin() {
    digest.reset();
    return this;
  }

  @Override
  public Keccak putByte(int value) {
    digest.update((byte) value);
    return this;
  }

  @Override
  public Keccak putInt(int value) {
    scratchWords.putInt(0, value);
    digest.update(scratch, 0, Integer.BYTES);
    return this;
  }

  @Override
  public Keccak putLong(long value) {
    scratchWords.putLong(0, value);
    digest.update(scratch, 0, Long.BYTES);
    return this;
  }

  @Override
  public Keccak putBytes(byte[] source, int offset, int length) {
    digest.update(source, offset, length);
    return this;
  }

  @Override
  public void end() {
    digest.doFinal(output, 0);
  }

  @Override
  public long word(int index) {
    return words.getLong(index * Long.BYTES);
  }
}
