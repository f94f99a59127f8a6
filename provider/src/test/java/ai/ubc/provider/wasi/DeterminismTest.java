package ai.ubc.provider.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.wasi.WasiProgram.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same output, digests, marks and units, whatever executes a program. The property {@code
 * ubc.modules} says how many generated modules there are; {@code -Dubc.modules=5000} is a soak. The
 * seed of a module that differs stands in the failure.
 */
class DeterminismTest {

  private static final Path EXAMPLES = Path.of("../examples");
  private static final int MODULES = Integer.getInteger("ubc.modules", 200);

  /** Bytecode that is interpreted takes so many times longer, above all to compile WebAssembly. */
  private static final int MODULES_INTERPRETED = Math.max(10, MODULES / 10);

  /** So does code that is optimized before it is known to be worth it. */
  private static final int MODULES_OPTIMIZED = Math.max(10, MODULES / 3);

  @TempDir Path directory;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endWhatWasStarted() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void interpreterCompilerAndThreeConfigurationsOfTheJitAgree() throws Exception {
    Process baseline = start("baseline", MODULES, "-XX:TieredStopAtLevel=1");
    Process optimizing =
        start(
            "optimizing",
            MODULES_OPTIMIZED,
            "-XX:-TieredCompilation",
            "-XX:CompileThresholdScaling=0.05",
            "-XX:-DontCompileHugeMethods");
    Process none = start("none", MODULES_INTERPRETED, "-Xint");

    List<String> expected = DeterminismCorpus.lines(Execution.COMPILED, EXAMPLES, 1, MODULES);
    assertThat(DeterminismCorpus.lines(Execution.INTERPRETED, EXAMPLES, 1, MODULES))
        .isEqualTo(expected);
    assertThat(linesOf("baseline", baseline)).isEqualTo(expected);
    assertThat(linesOf("optimizing", optimizing)).isEqualTo(first(expected, MODULES_OPTIMIZED));
    assertThat(linesOf("none", none)).isEqualTo(first(expected, MODULES_INTERPRETED));
  }

  /** The lines of the programs and of so many modules. */
  private static List<String> first(List<String> lines, int modules) {
    return lines.subList(0, lines.size() - MODULES + modules);
  }

  private Process start(String name, int modules, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(DeterminismCorpus.class.getName(), Execution.COMPILED.name()));
    command.addAll(List.of(EXAMPLES.toString(), "1", Integer.toString(modules)));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve(name).toFile())
            .redirectError(directory.resolve(name + ".err").toFile())
            .start();
    started.add(process);
    return process;
  }

  private List<String> linesOf(String name, Process process) throws Exception {
    assertThat(process.waitFor(1, TimeUnit.HOURS)).isTrue();
    assertThat(Files.readString(directory.resolve(name + ".err"))).isEmpty();
    return Files.readAllLines(directory.resolve(name));
  }
}
