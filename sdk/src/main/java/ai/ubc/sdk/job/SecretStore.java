package ai.ubc.sdk.job;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the secrets of submitted jobs are kept until they are revealed, so that a program that was
 * started again can still reveal them. From any thread.
 */
public interface SecretStore {
  /**
   * Keeps a secret.
   *
   * @throws IOException when it can not be kept
   */
  void keep(Hash32 secret) throws IOException;

  /**
   * A secret by its hash.
   *
   * @throws IOException when it can not be read
   */
  Optional<Hash32> find(Hash32 secretHash) throws IOException;

  /**
   * Forgets a secret by its hash, if it is there.
   *
   * @throws IOException when it can not be deleted
   */
  void forget(Hash32 secretHash) throws IOException;

  /** Keeps secrets as long as the program runs. */
  static SecretStore inMemory() {
    Map<Hash32, Hash32> secrets = new ConcurrentHashMap<>();
    return new SecretStore() {
      @Override
      public void keep(Hash32 secret) {
        secrets.put(JobHashes.secretHash(secret), secret);
      }

      @Override
      public Optional<Hash32> find(Hash32 secretHash) {
        return Optional.ofNullable(secrets.get(secretHash));
      }

      @Override
      public void forget(Hash32 secretHash) {
        secrets.remove(secretHash);
      }
    };
  }

  /** Keeps each secret in a file of the directory, which is made when it is missing. */
  static SecretStore in(Path directory) {
    return new SecretStore() {
      @Override
      public void keep(Hash32 secret) throws IOException {
        Files.createDirectories(directory);
        // A temporary file is readable by its owner only.
        Path draft = Files.createTempFile(directory, "secret", ".tmp");
        Files.write(draft, secret.hex().getBytes(US_ASCII));
        Files.move(draft, file(JobHashes.secretHash(secret)), StandardCopyOption.ATOMIC_MOVE);
      }

      @Override
      public Optional<Hash32> find(Hash32 secretHash) throws IOException {
        try {
          Hash32 secret = Hash32.parse(Files.readString(file(secretHash), US_ASCII).strip());
          return Optional.of(secret).filter(s -> JobHashes.secretHash(s).equals(secretHash));
        } catch (NoSuchFileException e) {
          return Optional.empty();
        } catch (IllegalArgumentException e) {
          throw new IOException(file(secretHash) + " holds no secret", e);
        }
      }

      @Override
      public void forget(Hash32 secretHash) throws IOException {
        Files.deleteIfExists(file(secretHash));
      }

      private Path file(Hash32 secretHash) {
        return directory.resolve(secretHash.hex() + ".secret");
      }
    };
  }
}
