package ai.ubc.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.tree.TreeHead;
import ai.ubc.codec.tree.TreeProofs;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreeFilesTest {
  private static final Hash32 GENESIS = new Hash32(1, 2, 3, 4);

  @TempDir private Path directory;

  private static Hash32 leaf(long index) {
    return new Hash32(5, 6, 7, index);
  }

  private static void append(TreeFiles files, int count) {
    for (int i = 0; i < count; i++) {
      long index = files.head().size();
      files.append(leaf(index), 1_000 + index);
    }
  }

  private static Hash32 rootOf(int size) {
    TreeHead head = new TreeHead();
    for (int i = 0; i < size; i++) {
      head.append(leaf(i), (level, index, hash) -> {});
    }
    return head.root();
  }

  private void keep(int count) throws IOException {
    try (TreeFiles files = new TreeFiles(directory, GENESIS)) {
      append(files, count);
      files.save();
    }
  }

  @Test
  void whatWasSavedGoesOn() throws IOException {
    keep(21);
    try (TreeFiles files = new TreeFiles(directory, GENESIS)) {
      assertThat(files.head().size()).isEqualTo(21);
      assertThat(files.head().root()).isEqualTo(rootOf(21));
      assertThat(files.timeMs()).isEqualTo(1_020);
      append(files, 12);
      assertThat(files.head().root()).isEqualTo(rootOf(33));
      assertThat(new TreeProofs(files).root(17)).isEqualTo(rootOf(17));
    }
  }

  @Test
  void whatWasNotSavedIsAppendedAgain() throws IOException {
    keep(21);
    try (TreeFiles files = new TreeFiles(directory, GENESIS)) {
      append(files, 50);
    }
    try (TreeFiles files = new TreeFiles(directory, GENESIS)) {
      assertThat(files.head().size()).isEqualTo(21);
      append(files, 3);
      assertThat(files.head().root()).isEqualTo(rootOf(24));
    }
  }

  @Test
  void whatDoesNotFitTogetherIsBegunAnew() throws IOException {
    keep(21);
    Path level = directory.resolve("level-2");
    byte[] nodes = Files.readAllBytes(level);
    nodes[4 * Hash32.BYTES] ^= 1;
    Files.write(level, nodes);
    assertBegunAnew(GENESIS);
    keep(21);
    Files.write(level, new byte[Hash32.BYTES]);
    assertBegunAnew(GENESIS);
    keep(21);
    Files.write(directory.resolve("head"), new byte[7]);
    assertBegunAnew(GENESIS);
    keep(21);
    assertBegunAnew(new Hash32(9, 9, 9, 9));
  }

  private void assertBegunAnew(Hash32 genesis) throws IOException {
    try (TreeFiles files = new TreeFiles(directory, genesis)) {
      assertThat(files.head().size()).isZero();
      assertThat(files.timeMs()).isZero();
      append(files, 5);
      assertThat(files.head().root()).isEqualTo(rootOf(5));
    }
  }

  @Test
  void aNodeThatIsMissingIsSaid() throws IOException {
    try (TreeFiles files = new TreeFiles(directory, GENESIS)) {
      assertThatThrownBy(() -> files.node(0, 0)).isInstanceOf(UncheckedIOException.class);
    }
  }
}
