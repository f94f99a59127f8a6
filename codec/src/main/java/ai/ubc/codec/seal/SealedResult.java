package ai.ubc.codec.seal;

import ai.ubc.domain.Hash32;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What a sealed result says of itself: its header. Who can not open the result has only this word
 * for it.
 *
 * @param resultRoot root over the items' results
 * @param units metered units
 */
public record SealedResult(Hash32 resultRoot, long units) {
  /** Bytes of the header. */
  public static final int HEADER_BYTES = Hash32.BYTES + Long.BYTES;

  /**
   * The sealed result.
   *
   * @param bundle the result bundle
   */
  public byte[] seal(JobKey key, byte[] bundle, SecureRandom random) {
    byte[] header =
        ByteBuffer.allocate(HEADER_BYTES).put(resultRoot.bytes()).putLong(units).array();
    return key.seal(SealedBody.Kind.RESULT, header, bundle, random);
  }

  /** Reads the header of a sealed result; empty when it has another form. */
  public static Optional<SealedResult> read(byte[] header) {
    if (header.length != HEADER_BYTES) {
      return Optional.empty();
    }
    ByteBuffer from = ByteBuffer.wrap(header);
    SealedResult result = new SealedResult(Words.get(from), from.getLong());
    return result.units() < 0 ? Optional.empty() : Optional.of(result);
  }
}
