package ai.ubc.codec.seal;

import ai.ubc.domain.Hash32;
import java.nio.ByteBuffer;

/** Reads 32 bytes at a time. */
final class Words {
  private Words() {}

  /** The next 32 bytes. */
  static Hash32 get(ByteBuffer from) {
    return new Hash32(from.getLong(), from.getLong(), from.getLong(), from.getLong());
  }
}
