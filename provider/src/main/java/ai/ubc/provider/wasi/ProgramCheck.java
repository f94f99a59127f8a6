package ai.ubc.provider.wasi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells whether a program would be taken in, without running anything of it. */
public final class ProgramCheck {
  private ProgramCheck() {}

  /**
   * Why a {@link WasiRuntime}, here and on every other machine, would refuse the program whatever
   * its job; a few words for a person. Empty where it would take it in.
   *
   * @throws IOException when the file can not be read
   */
  public static Optional<String> refusal(Path program) throws IOException {
    byte[] module;
    try (InputStream in = Files.newInputStream(program)) {
      module = in.readNBytes(AdmissionLimits.MODULE_BYTES_MAX + 1);
    }
    try {
      WasiProgram.admit(ModuleReader.read(module), WasiProgram.Execution.COMPILED);
      return Optional.empty();
    } catch (InvalidProgram e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
