package ai.ubc.codec.crypto;

import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, by which bodies are named. */
public final class Sha256 {
  private Sha256() {}

  /** A fresh digest of the JDK. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** SHA-256 of the bytes. */
  public static Hash32 of(byte[] bytes) {
    return Hash32.of(digest().digest(bytes));
  }

  /**
   * SHA-256 of a file, read in pieces.
   *
   * @throws IOException when it can not be read
   */
  public static Hash32 of(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] piece = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        digest.update(piece, 0, n);
      }
    }
    return Hash32.of(digest.digest());
  }
}
