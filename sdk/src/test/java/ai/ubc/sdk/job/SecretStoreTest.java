package ai.ubc.sdk.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretStoreTest {
  private static final Hash32 SECRET = new Hash32(1, 2, 3, 4);
  private static final Hash32 HASH = JobHashes.secretHash(SECRET);

  @TempDir Path directory;

  @Test
  void aSecretIsFoundByItsHashUntilItIsForgotten() throws IOException {
    for (SecretStore store :
        List.of(SecretStore.inMemory(), SecretStore.in(directory.resolve("a/b")))) {
      assertThat(store.find(HASH)).isEmpty();
      store.keep(SECRET);
      assertThat(store.find(HASH)).contains(SECRET);
      assertThat(store.find(SECRET)).isEmpty();
      store.forget(HASH);
      store.forget(HASH);
      assertThat(store.find(HASH)).isEmpty();
    }
  }

  @Test
  void aSecretOnDiskOutlivesTheProgramAndIsForItsOwnerOnly() throws IOException {
    SecretStore.in(directory).keep(SECRET);
    assertThat(SecretStore.in(directory).find(HASH)).contains(SECRET);
    Path file = directory.resolve(HASH.hex() + ".secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileWithAnotherSecretIsNotTaken() throws IOException {
    Path file = directory.resolve(HASH.hex() + ".secret");
    Files.writeString(file, new Hash32(4, 3, 2, 1).hex());
    assertThat(SecretStore.in(directory).find(HASH)).isEmpty();
    Files.writeString(file, "torn");
    assertThatThrownBy(() -> SecretStore.in(directory).find(HASH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no secret");
  }
}
