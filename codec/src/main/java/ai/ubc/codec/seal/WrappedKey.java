package ai.ubc.codec.seal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A job key, encrypted to one reader: HPKE's encapsulation, then ciphertext and tag. Immutable. */
public final class WrappedKey {
  /** Bytes of a wrapped key. */
  public static final int BYTES = 80;

  private static final int ENCAPSULATION_BYTES = 32;

  private final byte[] bytes;

  private WrappedKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The wrapped key in these bytes; empty when there are not {@link #BYTES}. */
  public static Optional<WrappedKey> of(byte[] bytes) {
    return bytes.length == BYTES ? Optional.of(new WrappedKey(bytes.clone())) : Optional.empty();
  }

  static WrappedKey read(ByteBuffer from) {
    byte[] bytes = new byte[BYTES];
    from.get(bytes);
    return new WrappedKey(bytes);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  byte[] encapsulation() {
    return Arrays.copyOf(bytes, ENCAPSULATION_BYTES);
  }

  byte[] sealed() {
    return Arrays.copyOfRange(bytes, ENCAPSULATION_BYTES, BYTES);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WrappedKey wrapped && Arrays.equals(bytes, wrapped.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
