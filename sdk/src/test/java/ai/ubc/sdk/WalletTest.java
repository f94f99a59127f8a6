package ai.ubc.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.AccessToken;
import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalletTest {
  private static final Eip712 DOMAIN = new Eip712(0, new Hash32(1, 2, 3, 4));

  @TempDir Path directory;

  @Test
  void aNewKeyFileIsForItsOwnerOnlyAndReadsBackAsTheSameKey() throws IOException {
    Path file = directory.resolve("deep/below/wallet.key");
    Wallet created = Wallet.create(file, new SecureRandom());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n");
    assertThat(Wallet.load(file).address()).isEqualTo(created.address());
    assertThat(Wallet.loadOrCreate(file, new SecureRandom()).address())
        .isEqualTo(created.address());
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aSessionKeysFileNamesTheAccountThatItActsFor() throws IOException {
    Path file = directory.resolve("agent.key");
    Wallet key = Wallet.sessionKey(KeyPair.generate(new SecureRandom()), 12);
    key.save(file);
    Wallet read = Wallet.load(file);
    assertThat(read.address()).isEqualTo(key.address());
    assertThat(read.delegator()).hasValue(12);
    assertThat(Wallet.of(key.key()).delegator()).isEmpty();
  }

  @Test
  void anExistingKeyFileIsNeverReplaced() throws IOException {
    Path file = directory.resolve("wallet.key");
    Wallet.loadOrCreate(file, new SecureRandom());
    String before = Files.readString(file);
    assertThatThrownBy(() -> Wallet.create(file, new SecureRandom()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  @Test
  void aKeyFileThatOthersMayReadIsRefusedWithTheRemedy() throws IOException {
    Path file = directory.resolve("wallet.key");
    Wallet.create(file, new SecureRandom());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> Wallet.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void aFileWithoutAKeyIsNamed() throws IOException {
    for (String text :
        new String[] {
          "",
          "xyz",
          "11".repeat(32) + "\naccount 0",
          "11".repeat(32) + " more",
          "00".repeat(32),
          "11".repeat(31),
          "x".repeat(999)
        }) {
      Path file = Files.createTempFile(directory, "bad", ".key");
      Files.writeString(file, text);
      assertThatThrownBy(() -> Wallet.load(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("64 hexadecimal digits");
    }
  }

  @Test
  void aDirectoryIsNoMissingKeyFile() {
    assertThatThrownBy(() -> Wallet.load(directory))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(NoSuchFileException.class)
        .hasMessage(
            "the key file " + directory + " is a directory; name a file in it, such as wallet.key");
    assertThatThrownBy(() -> Wallet.loadOrCreate(directory, new SecureRandom()))
        .hasMessageContaining("is a directory");
  }

  @Test
  void whyAFileCanNotBeWrittenIsSaidAndTheFileNamedOnce() throws IOException {
    Path inTheWay = Files.writeString(directory.resolve("file"), "x");
    Path file = inTheWay.resolve("wallet.key");
    assertThatThrownBy(() -> Wallet.create(file, new SecureRandom()))
        .hasMessage(
            "the key file " + file + " can not be written: " + inTheWay + " is no directory");
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = directory.resolve("none.key");
    assertThatThrownBy(() -> Wallet.load(file))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void whatItSignsRecoversToItsAddress() {
    Wallet wallet = Wallet.of(KeyPair.generate(new SecureRandom()));
    byte[] sent = wallet.sign(DOMAIN, new Command.Head(7, 1, 2), new Command.CloseJob(9));
    byte[] entry = LogEntry.admit(DOMAIN, sent).orElseThrow();
    assertThat(LogEntry.isSignerProven(DOMAIN, entry)).isTrue();
    String token = wallet.accessToken(DOMAIN, 7, 99);
    assertThat(AccessToken.parse(DOMAIN, token).orElseThrow().signer()).isEqualTo(wallet.address());
    assertThat(wallet).hasToString("Wallet(" + wallet.address() + ")");
  }
}
