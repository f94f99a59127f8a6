package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Seed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Random bytes of an item: SHA-256 of the job's seed, the item's index and a counter, block after
 * block.
 *
 * <pre>
 * block n = SHA-256("ubc wasi/1 random" | seed (32) | item (4, big-endian) | n (8, big-endian))
 * </pre>
 */
final class SeededRandom {

  private static final String TAG = "ubc wasi/1 random";
  private static final int BLOCK_BYTES = 32;

  private final MessageDigest digest;
  private final ByteBuffer message;
  private final int counterAt;
  private byte[] block = new byte[0];
  private int used;
  private long counter;

  SeededRandom(Seed seed, int item) {
    byte[] tag = TAG.getBytes(StandardCharsets.US_ASCII);
    message = ByteBuffer.allocate(tag.length + BLOCK_BYTES + Integer.BYTES + Long.BYTES);
    message.put(tag);
    message.putLong(seed.x0()).putLong(seed.x1()).putLong(seed.x2()).putLong(seed.x3());
    message.putInt(item);
    counterAt = message.position();
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The next bytes. */
  byte[] next(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      if (used == block.length) {
        message.putLong(counterAt, counter++);
        block = digest.digest(message.array());
        used = 0;
      }
      bytes[i] = block[used++];
    }
    return bytes;
  }
}
