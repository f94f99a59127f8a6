package ai.ubc.codec.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.ubc.codec.crypto.SecretFile;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a session proves its role with: a secret of 32 bytes that the node keeps in a file which
 * only its user can read.
 */
public final class Credentials {
  private static final int BYTES = 1 + Hash32.BYTES;

  private final SessionRole role;
  private final byte[] secret;

  /**
   * Pairs a role with its secret.
   *
   * @throws IllegalArgumentException when the secret does not have 32 bytes
   */
  public Credentials(SessionRole role, byte[] secret) {
    if (secret.length != Hash32.BYTES) {
      throw new IllegalArgumentException("a secret has 32 bytes, got " + secret.length);
    }
    this.role = role;
    this.secret = secret.clone();
  }

  /** The role. */
  public SessionRole role() {
    return role;
  }

  /**
   * Reads the role's credentials from {@code directory}.
   *
   * @throws IOException when there are none or they can not be read
   */
  public static Credentials read(Path directory, SessionRole role) throws IOException {
    Path file = directory.resolve(role.fileName());
    String text = Files.readString(file).strip();
    try {
      return new Credentials(role, HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " does not hold 64 hexadecimal digits", e);
    }
  }

  /**
   * Reads the role's credentials from {@code directory}; where there are none, draws and keeps
   * them.
   *
   * @throws IOException when they can not be read or written
   */
  public static Credentials readOrCreate(Path directory, SessionRole role, SecureRandom random)
      throws IOException {
    Path file = directory.resolve(role.fileName());
    if (!Files.exists(file)) {
      Files.createDirectories(directory);
      byte[] secret = new byte[Hash32.BYTES];
      random.nextBytes(secret);
      SecretFile.write(file, (HexFormat.of().formatHex(secret) + "\n").getBytes(US_ASCII));
    }
    return read(directory, role);
  }

  /** The bytes that a session is opened with: the role's code, then the secret. */
  public byte[] encode() {
    byte[] encoded = new byte[BYTES];
    encoded[0] = (byte) role.code();
    System.arraycopy(secret, 0, encoded, 1, Hash32.BYTES);
    return encoded;
  }

  /** Whether {@code encoded} proves this role; takes the same time for every wrong secret. */
  public boolean areProvenBy(byte[] encoded) {
    return encoded.length == BYTES
        && encoded[0] == role.code()
        && MessageDigest.isEqual(Arrays.copyOfRange(encoded, 1, BYTES), secret);
  }
}
