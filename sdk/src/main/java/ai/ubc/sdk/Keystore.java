package ai.ubc.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.crypto.KeyPair;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key under a password, in the form that Ethereum wallets share: Web3 Secret Storage, version 3.
 * The password is stretched by scrypt (PBKDF2 is read too), the key encrypted by AES-128-CTR, and a
 * Keccak-256 over half of the stretched password and the ciphertext tells a wrong password. Source:
 * the definition at ethereum.org. Why no library's: docs/adr/0021-keystores-without-a-library.md.
 */
public final class Keystore {
  private static final int SCRYPT_N = 1 << 18;
  private static final int SCRYPT_R = 8;
  private static final int SCRYPT_P = 1;

  /** With one block, the library takes no more steps than this. */
  private static final int SCRYPT_N_OF_ONE_BLOCK_MAX = 1 << 15;

  /** Most memory that a keystore may make us use: scrypt takes 128·N·r bytes. */
  private static final long SCRYPT_BYTES_MAX = 1L << 30;

  private static final int PBKDF2_ROUNDS_MAX = 50_000_000;
  private static final int DERIVED_BYTES = 32;
  private static final int SECRET_BYTES = 32;
  private static final int CIPHER_KEY_BYTES = 16;
  private static final int SALT_BYTES = 32;
  private static final HexFormat HEX = HexFormat.of();
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Keystore() {}

  /**
   * Encrypts a wallet's key.
   *
   * @param password any text; its UTF-8 bytes count
   * @return the keystore, JSON
   */
  public static String encrypt(Wallet wallet, String password, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] iv = new byte[CIPHER_KEY_BYTES];
    random.nextBytes(iv);
    byte[] idBytes = new byte[CIPHER_KEY_BYTES];
    random.nextBytes(idBytes);
    byte[] derived =
        SCrypt.generate(
            password.getBytes(UTF_8), salt, SCRYPT_N, SCRYPT_R, SCRYPT_P, DERIVED_BYTES);
    byte[] ciphertext = cipher(derived, iv, wallet.secret());
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("dklen", DERIVED_BYTES);
    parameters.put("n", SCRYPT_N);
    parameters.put("p", SCRYPT_P);
    parameters.put("r", SCRYPT_R);
    parameters.put("salt", HEX.formatHex(salt));
    Map<String, Object> crypto = new LinkedHashMap<>();
    crypto.put("cipher", "aes-128-ctr");
    crypto.put("cipherparams", Map.of("iv", HEX.formatHex(iv)));
    crypto.put("ciphertext", HEX.formatHex(ciphertext));
    crypto.put("kdf", "scrypt");
    crypto.put("kdfparams", parameters);
    crypto.put("mac", HEX.formatHex(mac(derived, ciphertext)));
    Map<String, Object> keystore = new LinkedHashMap<>();
    keystore.put("address", wallet.address().toString().substring(2));
    keystore.put("crypto", crypto);
    keystore.put("id", UUID.nameUUIDFromBytes(idBytes).toString());
    keystore.put("version", 3);
    return MAPPER.writeValueAsString(keystore);
  }

  /**
   * Decrypts a keystore.
   *
   * @throws IOException when it is none of version 3, wants more work than is reasonable, or the
   *     password is another
   */
  public static Wallet decrypt(String keystore, String password) throws IOException {
    JsonNode root;
    try {
      root = MAPPER.readTree(keystore);
    } catch (JacksonException e) {
      throw new IOException("it is not JSON", e);
    }
    JsonNode crypto = root.path("crypto");
    if (root.path("version").asInt(0) != 3 || !crypto.isObject()) {
      throw new IOException("it is no keystore of version 3");
    }
    if (!"aes-128-ctr".equals(crypto.path("cipher").asString(""))) {
      throw new IOException("its cipher is not aes-128-ctr");
    }
    try {
      byte[] derived = derived(crypto, password);
      byte[] ciphertext = bytes(crypto, "ciphertext");
      if (!MessageDigest.isEqual(mac(derived, ciphertext), bytes(crypto, "mac"))) {
        throw new IOException("the password is another, or the keystore was changed");
      }
      byte[] secret = cipher(derived, bytes(crypto.path("cipherparams"), "iv"), ciphertext);
      return Wallet.of(KeyPair.of(padded(secret)));
    } catch (IllegalArgumentException e) {
      throw new IOException("it is damaged: " + e.getMessage(), e);
    }
  }

  // Some programs leave a key's leading zeros out.
  private static byte[] padded(byte[] secret) {
    if (secret.length > SECRET_BYTES) {
      throw new IllegalArgumentException("its key has more than 32 bytes");
    }
    byte[] padded = new byte[SECRET_BYTES];
    System.arraycopy(secret, 0, padded, SECRET_BYTES - secret.length, secret.length);
    return padded;
  }

  private static byte[] derived(JsonNode crypto, String password) throws IOException {
    JsonNode parameters = crypto.path("kdfparams");
    byte[] salt = bytes(parameters, "salt");
    if (parameters.path("dklen").asInt(0) != DERIVED_BYTES) {
      throw new IOException("its derived key has not 32 bytes");
    }
    String kdf = crypto.path("kdf").asString("").toLowerCase(Locale.ROOT);
    return switch (kdf) {
      case "scrypt" -> {
        int n = parameters.path("n").asInt(0);
        int r = parameters.path("r").asInt(0);
        int p = parameters.path("p").asInt(0);
        if (n < 2
            || (r == 1 && n > SCRYPT_N_OF_ONE_BLOCK_MAX)
            || r < 1
            || p < 1
            || p > 64
            || 128L * n * r > SCRYPT_BYTES_MAX) {
          throw new IOException("its scrypt parameters are out of reach");
        }
        yield SCrypt.generate(password.getBytes(UTF_8), salt, n, r, p, DERIVED_BYTES);
      }
      case "pbkdf2" -> {
        int rounds = parameters.path("c").asInt(0);
        if (rounds < 1
            || rounds > PBKDF2_ROUNDS_MAX
            || !"hmac-sha256".equals(parameters.path("prf").asString(""))) {
          throw new IOException("its PBKDF2 parameters are out of reach");
        }
        var generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        generator.init(password.getBytes(UTF_8), salt, rounds);
        yield ((KeyParameter) generator.generateDerivedMacParameters(8 * DERIVED_BYTES)).getKey();
      }
      default -> throw new IOException("its key derivation \"" + kdf + "\" is not known");
    };
  }

  private static byte[] bytes(JsonNode of, String name) {
    return HEX.parseHex(of.path(name).asString(""));
  }

  private static byte[] mac(byte[] derived, byte[] ciphertext) {
    byte[] text = Arrays.copyOfRange(derived, CIPHER_KEY_BYTES, DERIVED_BYTES + ciphertext.length);
    System.arraycopy(ciphertext, 0, text, DERIVED_BYTES - CIPHER_KEY_BYTES, ciphertext.length);
    return KeccakHash.of(text);
  }

  // The same in both directions.
  private static byte[] cipher(byte[] derived, byte[] iv, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(derived, 0, CIPHER_KEY_BYTES, "AES"),
          new IvParameterSpec(iv));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("its cipher can not be used: " + e.getMessage(), e);
    }
  }
}
