package ai.ubc.codec.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/** The library calls that sealing rests on, with their parameters fixed. From any thread. */
final class Primitives {
  /** Bytes that a wrap adds to what is wrapped: the tag of the AEAD. */
  static final int TAG_BYTES = 16;

  private static final String AEAD = "AES/GCM/NoPadding";
  private static final int TAG_BITS = 8 * TAG_BYTES;
  private static final int NONCE_BYTES = 12;
  private static final byte[] NOTHING = new byte[0];

  private Primitives() {}

  /** HKDF-SHA256 (RFC 5869). */
  static byte[] derive(byte[] secret, byte[] salt, String purpose, int bytes) {
    return derive(secret, salt, purpose.getBytes(US_ASCII), bytes);
  }

  /** HKDF-SHA256 (RFC 5869). */
  static byte[] derive(byte[] secret, byte[] salt, byte[] info, int bytes) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(salt).thenExpand(info, bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("JDK 25 has HKDF-SHA256", e);
    }
  }

  /**
   * Encrypts with AES-256-GCM.
   *
   * @param key for this one message: the nonce is always zero
   * @return ciphertext and tag
   */
  static byte[] encrypt(byte[] key, byte[] associated, byte[] text) {
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key);
      cipher.updateAAD(associated);
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + AEAD, e);
    }
  }

  /**
   * Decrypts what stands in {@code bytes} from {@code offset} to the end; empty when it was not
   * encrypted so.
   */
  static Optional<byte[]> decrypt(byte[] key, byte[] associated, byte[] bytes, int offset) {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key);
      cipher.updateAAD(associated);
      return Optional.of(cipher.doFinal(bytes, offset, bytes.length - offset));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + AEAD, e);
    }
  }

  // A nonce that never changes is right because a key never meets two messages.
  private static Cipher cipher(int mode, byte[] key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(AEAD);
    cipher.init(
        mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, new byte[NONCE_BYTES]));
    return cipher;
  }

  /** The X25519 key pair that RFC 9180 derives from 32 bytes or more. */
  static AsymmetricCipherKeyPair keyPair(byte[] material) {
    return suite().deriveKeyPair(material);
  }

  /** The 32 bytes of a public key. */
  static byte[] publicKey(AsymmetricCipherKeyPair pair) {
    return ((X25519PublicKeyParameters) pair.getPublic()).getEncoded();
  }

  /**
   * HPKE, base mode, one message: 32 bytes of encapsulation, ciphertext and tag. Empty when the
   * reader's key is none to which anybody could encrypt.
   */
  static Optional<byte[]> wrap(
      byte[] reader, byte[] info, AsymmetricCipherKeyPair ephemeral, byte[] text) {
    HPKE suite = suite();
    try {
      HPKEContextWithEncapsulation context =
          suite.setupBaseS(suite.deserializePublicKey(reader), info, ephemeral);
      byte[] encapsulation = context.getEncapsulation();
      byte[] sealed = context.seal(NOTHING, text);
      byte[] wrapped = new byte[encapsulation.length + sealed.length];
      System.arraycopy(encapsulation, 0, wrapped, 0, encapsulation.length);
      System.arraycopy(sealed, 0, wrapped, encapsulation.length, sealed.length);
      return Optional.of(wrapped);
    } catch (InvalidCipherTextException | IllegalStateException | IllegalArgumentException e) {
      return Optional.empty(); // a point of low order: the library refuses the all-zero secret
    }
  }

  /** What {@link #wrap} wrapped for the reader; empty when it was not made so. */
  static Optional<byte[]> unwrap(
      AsymmetricCipherKeyPair reader, byte[] info, byte[] encapsulation, byte[] sealed) {
    try {
      return Optional.of(suite().setupBaseR(encapsulation, reader, info).open(NOTHING, sealed));
    } catch (InvalidCipherTextException | IllegalStateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static HPKE suite() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);
  }
}
