package ai.ubc.codec.crypto;

import ai.ubc.domain.Address;
import ai.ubc.domain.Hash32;
import fr.acinq.secp256k1.Secp256k1;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A secp256k1 key and the Ethereum address it controls. Never printed: {@link #toString()} shows
 * the address only.
 */
public final class KeyPair {
  private final byte[] secret;
  private final byte[] publicKey;
  private final Address address;

  private KeyPair(byte[] secret) {
    this.secret = secret;
    this.publicKey = Secp256k1.get().pubkeyCreate(secret);
    this.address = Signatures.address(publicKey);
  }

  /** A new key from the given source of randomness. */
  public static KeyPair generate(SecureRandom random) {
    byte[] secret = new byte[Hash32.BYTES];
    do {
      random.nextBytes(secret);
    } while (!Secp256k1.get().secKeyVerify(secret));
    return new KeyPair(secret);
  }

  /**
   * The key with this 32-byte secret.
   *
   * @throws IllegalArgumentException when the bytes are not a secp256k1 secret key
   */
  public static KeyPair of(byte[] secret) {
    if (secret.length != Hash32.BYTES || !Secp256k1.get().secKeyVerify(secret)) {
      throw new IllegalArgumentException(
          "not a secp256k1 secret key: it must be 32 bytes, above 0 and below the order");
    }
    return new KeyPair(secret.clone());
  }

  /** The address that this key controls. */
  public Address address() {
    return address;
  }

  /** A copy of the secret, for key files. */
  public byte[] secret() {
    return secret.clone();
  }

  /**
   * Signs a 32-byte digest (RFC 6979, low-s).
   *
   * @return r, s and v (27 or 28), {@link Signatures#BYTES} bytes
   */
  public byte[] sign(byte[] digest) {
    byte[] compact = Secp256k1.get().sign(digest, secret, null);
    byte[] signature = Arrays.copyOf(compact, Signatures.BYTES);
    for (int recovery = 0; recovery < 2; recovery++) {
      if (Arrays.equals(Secp256k1.get().ecdsaRecover(compact, digest, recovery), publicKey)) {
        signature[Signatures.BYTES - 1] = (byte) (27 + recovery);
        return signature;
      }
    }
    throw new IllegalStateException("the signature does not recover its own key");
  }

  @Override
  public String toString() {
    return "KeyPair(" + address + ")";
  }
}
