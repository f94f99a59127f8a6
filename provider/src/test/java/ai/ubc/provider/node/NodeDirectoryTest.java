package ai.ubc.provider.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDirectoryTest {
  @TempDir Path root;

  @Test
  void oneNodeUsesItAtATimeAndFindsItsVaultAgain() throws IOException {
    try (NodeDirectory directory = NodeDirectory.open(root, FakeLedger.GENESIS)) {
      Files.createDirectories(directory.work().resolve("job-1/deep"));
      Files.writeString(directory.work().resolve("job-1/deep/file"), "left");
      Files.writeString(directory.vault().resolve("kept"), "kept");
      assertThatThrownBy(() -> NodeDirectory.open(root, FakeLedger.GENESIS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another node uses");
    }
    try (NodeDirectory directory = NodeDirectory.open(root, FakeLedger.GENESIS)) {
      assertThat(directory.work()).isEmptyDirectory();
      assertThat(directory.vault().resolve("kept")).exists();
    }
  }

  @Test
  void nobodyElseOfTheMachineReadsWhatLiesThere() throws IOException {
    Path opened = root.resolve("node");
    NodeDirectory.open(opened, FakeLedger.GENESIS).close();
    Path own;
    try (Stream<Path> below = Files.list(opened)) {
      own = below.findFirst().orElseThrow();
    }
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (NodeDirectory directory = NodeDirectory.open(opened, FakeLedger.GENESIS)) {
      assertThat(directory.work().getParent()).isEqualTo(own);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void everyNetworkHasItsOwn() throws IOException {
    try (NodeDirectory one = NodeDirectory.open(root, FakeLedger.GENESIS);
        NodeDirectory other = NodeDirectory.open(root, Hash32.ZERO)) {
      assertThat(one.vault()).isNotEqualTo(other.vault());
    }
  }
}
