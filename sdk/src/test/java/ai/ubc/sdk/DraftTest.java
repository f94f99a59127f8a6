package ai.ubc.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DraftTest {
  @TempDir private Path directory;

  @Test
  void noFileButTheOneThatIsNamedIsTouched() throws IOException {
    Path other = Files.writeString(directory.resolve("receipt.new"), "mine");
    Path file = directory.resolve("receipt");
    Draft.write(file, new byte[] {1});
    Draft.write(file, new byte[] {2});
    assertThat(file).hasBinaryContent(new byte[] {2});
    assertThat(other).hasContent("mine");
    assertThat(directory.toFile().list()).hasSize(2);
    assertThat(Draft.of(file)).isNotEqualTo(Draft.of(file));
  }

  @Test
  void aLinkIsReplacedAndNotFollowed() throws IOException {
    Path target = Files.writeString(directory.resolve("target"), "somebody's");
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);
    Draft.write(link, new byte[] {1});
    assertThat(target).hasContent("somebody's");
    assertThat(link).isRegularFile().hasBinaryContent(new byte[] {1});
    assertThat(Files.isSymbolicLink(link)).isFalse();
  }

  @Test
  void whatCanNotBeWrittenLeavesNothingBehind() throws IOException {
    Path place = Files.createDirectory(directory.resolve("place"));
    assertThatThrownBy(() -> Draft.write(place, new byte[] {1}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("directory");
    Path nowhere = directory.resolve("missing").resolve("file");
    assertThatThrownBy(() -> Draft.write(nowhere, new byte[] {1})).isInstanceOf(IOException.class);
    assertThat(directory.toFile().list()).containsExactly("place");
  }
}
