package ai.ubc.gateway.keys;

import ai.ubc.codec.crypto.SecretFile;
import ai.ubc.codec.seal.ReaderKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The reader keys of accounts, each a file of the signed statement. Whoever changes one breaks its
 * signature. From any thread.
 */
public final class ReaderKeyFiles {
  private final Path directory;

  /**
   * Keys below {@code directory}, which is made when it is missing.
   *
   * @throws IOException when it can not be written
   */
  public ReaderKeyFiles(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /**
   * Keeps an account's key in place of the one before; on disk when this returns.
   *
   * @throws IOException when the disk fails
   */
  public synchronized void put(ReaderKey key) throws IOException {
    SecretFile.write(file(key.account()), key.bytes());
  }

  /**
   * An account's key; empty when it has published none.
   *
   * @throws IOException when it can not be read
   */
  public Optional<ReaderKey> get(int account) throws IOException {
    try {
      return ReaderKey.read(account, Files.readAllBytes(file(account)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Path file(int account) {
    return directory.resolve(Integer.toUnsignedString(account));
  }
}
