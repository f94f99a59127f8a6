package ai.ubc.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.DevelopmentGenesis;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.domain.Address;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is refused before a file is copied. */
final class BackupFilesTest {
  @TempDir private Path directory;
  private Path backup;
  private Path network;

  @BeforeEach
  void makeBackup() throws IOException {
    backup = directory.resolve("backup");
    network = directory.resolve("network");
    Files.createDirectories(backup.resolve("keys"));
    Files.writeString(backup.resolve("keys/operator"), "secret");
    Files.writeString(backup.resolve("genesis.json"), "{}");
    new BackupNote(Hash32.ZERO, JournalPosition.start(Hash32.ZERO)).write(backup);
    Manifest.of(backup).write(backup);
  }

  private static void assertRefused(Callable<Integer> command, String... parts) {
    assertThatThrownBy(command::call)
        .isInstanceOf(CommandFailure.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  private static Callable<Integer> restore(Path from, Path data) {
    return CommandLine.populateCommand(
        new RestoreCommand(), "--from", from.toString(), "--data", data.toString());
  }

  private static Callable<Integer> backup(Path data, Path to) {
    return CommandLine.populateCommand(
        new BackupCommand(), "--data", data.toString(), "--to", to.toString());
  }

  private void assertNotRestored(String... parts) {
    assertRefused(restore(backup, network), parts);
    assertThat(network).doesNotExist();
    assertThat(directory.resolve("network.unfinished")).doesNotExist();
  }

  @Test
  void aGenesisOfAnotherVersionIsNamed() throws IOException {
    Files.createDirectory(network);
    Files.writeString(network.resolve("genesis.json"), "{\"name\": \"old\"}");
    assertRefused(
        backup(network, directory.resolve("to")),
        network.resolve("genesis.json") + " is not a genesis",
        "another version");
  }

  @Test
  void aManifestThatWasCutOffIsFound() throws IOException {
    Path manifest = backup.resolve(Manifest.FILE);
    List<String> lines = Files.readAllLines(manifest);
    Files.write(manifest, lines.subList(0, lines.size() - 1));
    assertNotRestored(backup.resolve("keys/operator").toString(), "was not backed up");
    Files.writeString(manifest, "");
    assertNotRestored(backup.resolve("BACKUP").toString(), manifest + " does not name it");
    Files.delete(manifest);
    assertNotRestored(manifest + " is missing");
  }

  @Test
  void aFileThatWasAddedChangedOrRemovedIsNamed() throws IOException {
    Manifest.requireUnchanged(backup);
    Path added = Files.writeString(backup.resolve("keys/another"), "mine");
    assertNotRestored(added.toString(), "was not backed up");
    Files.delete(added);
    Path key = Files.writeString(backup.resolve("keys/operator"), "Secret");
    assertNotRestored(key.toString(), "is not what was backed up");
    Files.delete(key);
    assertNotRestored(key + " is missing from the backup");
  }

  @Test
  void aBackupDoesNotGoIntoWhatIsBackedUp() throws IOException {
    makeNetwork();
    Path link = Files.createSymbolicLink(directory.resolve("link"), network);
    for (Path within : List.of(network, network.resolve("nodes/backup"), link.resolve("backup"))) {
      assertRefused(
          backup(network, within), within + " lies in the data directory " + network, "--to");
      assertRefused(backup(link, within), within + " lies in the data directory");
    }
    try (var files = Files.list(network)) {
      assertThat(files).containsExactly(network.resolve("genesis.json"));
    }
  }

  private void makeNetwork() throws IOException {
    Files.createDirectory(network);
    GenesisFile.write(
        network.resolve("genesis.json"),
        DevelopmentGenesis.create(
            Hash32.ZERO, 1, new Address(1, 2, 3), new Address(4, 5, 6), Hash32.ZERO));
  }

  @Test
  void aRestoredGatewayShowsTheKeyThatItWasKnownBy() throws Exception {
    makeNetwork();
    Path tls = Files.createDirectories(network.resolve("gateway/tls"));
    Files.writeString(tls.resolve("certificate.pem"), "who it is");
    Path key = Files.writeString(tls.resolve("key.pem"), "its secret");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.createDirectories(new NetworkDirectory(network).journal());
    Path to = directory.resolve("to");
    backup(network, to).call();
    Path restored = directory.resolve("restored");
    restore(to, restored).call();
    Path again = restored.resolve("gateway/tls");
    assertThat(again.resolve("certificate.pem")).hasContent("who it is");
    assertThat(again.resolve("key.pem")).hasContent("its secret");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(again.resolve("key.pem"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aNetworkIsNotRestoredIntoItsBackupNorAroundIt() {
    for (Path data : List.of(backup, backup.resolve("network"), directory)) {
      assertRefused(restore(backup, data), "lie one in the other", backup.toString(), "--data");
    }
    assertThat(backup.resolve("network.unfinished")).doesNotExist();
  }
}
