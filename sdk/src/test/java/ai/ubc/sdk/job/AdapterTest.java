package ai.ubc.sdk.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.ubc.codec.crypto.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The adapter of scripts is committed as built; here that it was built from what stands beside it.
 */
class AdapterTest {
  private static final Path SOURCES = Path.of("src/javascript");
  private static final String COMPILER = "clang version 14.";

  @TempDir Path directory;

  @Test
  void theCommittedAdapterWasBuiltFromTheCommittedSources() throws IOException {
    List<String> lines = Files.readAllLines(SOURCES.resolve("adapter.sha256"));
    assertThat(lines)
        .extracting(line -> line.substring(66))
        .containsExactly("adapter.c", "build.sh", "prelude.js", "adapter.wasm");
    for (String line : lines) {
      Path file = SOURCES.resolve(line.substring(66));
      assertThat(line.substring(0, 64))
          .as("%s has changed since adapter.wasm was built; run %s/build.sh", file, SOURCES)
          .isEqualTo(Sha256.of(file).hex());
    }
  }

  @Test
  void theCompilerThatBuiltItBuildsTheSameBytesAgain() throws Exception {
    assumeTrue(
        output("clang", "--version").contains(COMPILER)
            && !output("wasm-ld", "--version").isEmpty()
            && !output("node", "--version").isEmpty(),
        "there is no clang 14 with its linker, or no node");
    output("bash", SOURCES.resolve("build.sh").toString(), directory.toString());
    assertThat(directory.resolve("adapter.wasm"))
        .hasSameBinaryContentAs(SOURCES.resolve("adapter.wasm"));
    assertThat(directory.resolve("adapter.sha256"))
        .hasSameTextualContentAs(SOURCES.resolve("adapter.sha256"));
  }

  /** What a program says; nothing when there is none of that name. */
  private static String output(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said;
    } catch (IOException e) {
      return "";
    }
  }
}
