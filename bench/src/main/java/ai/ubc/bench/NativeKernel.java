package ai.ubc.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A kernel as gcc compiles it.
 *
 * @param program the executable
 */
record NativeKernel(Path program) {

  /** What one run printed, and the processor time it took in microseconds. */
  record Run(String output, long micros) {}

  /**
   * Compiles a kernel.
   *
   * @throws IOException when there is no gcc, or it fails
   */
  static NativeKernel compile(Kernel kernel, Path sources, Path directory)
      throws IOException, InterruptedException {
    Path program = directory.resolve(kernel.file());
    List<String> command = new ArrayList<>(List.of("gcc", "-std=c11", "-O2", "-ffp-contract=off"));
    command.addAll(List.of("-o", program.toString()));
    command.add(sources.resolve(kernel.file() + ".c").toString());
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("gcc failed on " + kernel.file());
    }
    return new NativeKernel(program);
  }

  /**
   * Runs it for so many rounds.
   *
   * @throws IOException when it fails
   */
  Run run(int rounds) throws IOException, InterruptedException {
    Path time = Files.createTempFile(program.getParent(), "time", "");
    Process process =
        new ProcessBuilder(program.toString(), Integer.toString(rounds))
            .redirectError(time.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(program + " failed");
    }
    return new Run(output, Long.parseLong(Files.readString(time).strip()));
  }
}
