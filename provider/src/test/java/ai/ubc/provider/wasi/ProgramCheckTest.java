package ai.ubc.provider.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCheckTest {
  @TempDir private Path directory;

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("program.wasm"), content);
  }

  @Test
  void whatTheRuntimeTakesInIsNotRefused() throws IOException {
    byte[] module = ModuleBuilder.command().function(0, "").build();
    assertThat(ProgramCheck.refusal(file(module))).isEmpty();
  }

  @Test
  void whatTheRuntimeRefusesIsRefusedForTheSameReason() throws IOException {
    assertThat(ProgramCheck.refusal(file(new byte[] {1, 2, 3})))
        .hasValueSatisfying(reason -> assertThat(reason).contains("not a WebAssembly module"));
    assertThat(ProgramCheck.refusal(file(new byte[AdmissionLimits.MODULE_BYTES_MAX + 1])))
        .hasValueSatisfying(reason -> assertThat(reason).contains("more than"));
  }
}
