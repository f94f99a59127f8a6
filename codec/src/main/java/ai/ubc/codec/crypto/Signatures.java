package ai.ubc.codec.crypto;

import ai.ubc.domain.Address;
import ai.ubc.domain.Hash32;
import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;
import java.util.Optional;

/** Recovers the signer of an Ethereum signature, low-s only. From any thread. */
public final class Signatures {
  /** r (32 bytes), s (32 bytes), v (27 or 28). */
  public static final int BYTES = 65;

  // Half of the group order, rounded down (SEC 2, section 2.4.1); a larger s is the malleated twin
  // of a smaller one.
  private static final byte[] HALF_ORDER =
      java.util.HexFormat.of()
          .parseHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

  private Signatures() {}

  /**
   * The address whose key signed the 32-byte digest; empty when the signature has another length, v
   * is not 27 or 28, s is in the upper half, or no key recovers.
   */
  public static Optional<Address> recover(byte[] digest, byte[] signature) {
    if (signature.length != BYTES
        || Arrays.compareUnsigned(signature, 32, 64, HALF_ORDER, 0, 32) > 0) {
      return Optional.empty();
    }
    int recovery = signature[BYTES - 1] - 27;
    if (recovery != 0 && recovery != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          address(Secp256k1.get().ecdsaRecover(Arrays.copyOf(signature, 64), digest, recovery)));
    } catch (Secp256k1Exception e) {
      return Optional.empty();
    }
  }

  /**
   * A signature in 64 bytes (EIP-2098): r, and s with the recovery bit in its highest bit.
   *
   * @param r the first word
   * @param vs the second word
   */
  public record Compact(Hash32 r, Hash32 vs) {
    private static final int RECOVERY_BIT = 0x80;
    private static final int S_OFFSET = 32;

    /**
     * The compact form of r, s, v.
     *
     * @param signature {@link #BYTES} bytes, low-s, v 27 or 28
     */
    public static Compact of(byte[] signature) {
      byte[] vs = Arrays.copyOfRange(signature, S_OFFSET, BYTES - 1);
      if (signature[BYTES - 1] == 28) {
        vs[0] |= (byte) RECOVERY_BIT;
      }
      return new Compact(Hash32.of(Arrays.copyOf(signature, S_OFFSET)), Hash32.of(vs));
    }

    /**
     * Reads 64 bytes in hexadecimal with {@code 0x}.
     *
     * @throws IllegalArgumentException when the text is not of that form
     */
    public static Compact parse(String text) {
      if (text.length() != 2 + 4 * Hash32.BYTES) {
        throw new IllegalArgumentException("a compact signature is 0x and 128 digits");
      }
      int middle = 2 + 2 * Hash32.BYTES;
      return new Compact(
          Hash32.parse(text.substring(0, middle)), Hash32.parse("0x" + text.substring(middle)));
    }

    /** As {@link #parse} reads it. */
    public String text() {
      return r + vs.hex();
    }

    /** r, s, v: {@link #BYTES} bytes. */
    public byte[] bytes() {
      byte[] bytes = Arrays.copyOf(r.bytes(), BYTES);
      byte[] s = vs.bytes();
      boolean isOdd = (s[0] & RECOVERY_BIT) != 0;
      s[0] &= (byte) ~RECOVERY_BIT;
      System.arraycopy(s, 0, bytes, S_OFFSET, s.length);
      bytes[BYTES - 1] = (byte) (isOdd ? 28 : 27);
      return bytes;
    }
  }

  static Address address(byte[] publicKey) {
    byte[] hash = KeccakHash.of(Arrays.copyOfRange(publicKey, 1, publicKey.length));
    return Address.of(Arrays.copyOfRange(hash, 12, hash.length));
  }
}
