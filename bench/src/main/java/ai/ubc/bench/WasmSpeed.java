package ai.ubc.bench;

import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.wasi.WasiRuntime;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Compares three kernels as metered WebAssembly with the same as native code: their results must be
 * equal, and the shortest of several runs counts. Time is that of the processor, in the whole
 * process, so that other work on the machine matters little. Needs gcc. Its argument is the
 * directory of the kernels' sources.
 */
public final class WasmSpeed {

  private static final int NATIVE_RUNS = 5;
  private static final int WARM_UPS = 5;
  private static final int RUNS = 7;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final WasiRuntime runtime = new WasiRuntime();

  private WasmSpeed() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    measure(Path.of(args[0]), 1, System.out);
  }

  /** Measures with a part of the rounds. */
  static void measure(Path sources, int divisor, PrintStream out)
      throws IOException, InterruptedException, ProviderFault {
    out.println("machine  " + machine());
    out.println("jvm      " + System.getProperty("java.vm.version") + ' ' + jvmFlags());
    out.println("kernel    native ms   wasm ms   ratio  goal   with marks   units/s");
    Path directory = Files.createTempDirectory("kernels");
    for (Kernel kernel : Kernel.values()) {
      NativeKernel compiled = NativeKernel.compile(kernel, sources, directory);
      out.println(new WasmSpeed().row(kernel, compiled, Math.max(1, kernel.rounds() / divisor)));
    }
  }

  private String row(Kernel kernel, NativeKernel compiled, int rounds)
      throws IOException, InterruptedException, ProviderFault {
    long nativeMicros = Long.MAX_VALUE;
    String output = "";
    for (int i = 0; i < NATIVE_RUNS; i++) {
      NativeKernel.Run run = compiled.run(rounds);
      nativeMicros = Math.min(nativeMicros, run.micros());
      output = run.output();
    }
    RunRequest request = kernel.request(rounds);
    RunRequest marked = request.withMarks();
    for (int i = 0; i < WARM_UPS; i++) {
      measured(request, output);
    }
    long plainMicros = Long.MAX_VALUE;
    long markedMicros = Long.MAX_VALUE;
    long units = 0;
    for (int i = 0; i < RUNS; i++) {
      Measured plain = measured(request, output);
      plainMicros = Math.min(plainMicros, plain.micros());
      markedMicros = Math.min(markedMicros, measured(marked, output).micros());
      units = plain.units();
    }
    return String.format(
        Locale.ROOT,
        "%-8s %10.1f %9.1f %7.2f %5.1f %11.1f%% %8.0fM",
        kernel.file(),
        nativeMicros / 1e3,
        plainMicros / 1e3,
        (double) plainMicros / nativeMicros,
        kernel.ratioMax(),
        100.0 * markedMicros / plainMicros - 100,
        (double) units / plainMicros);
  }

  private record Measured(long micros, long units) {}

  private Measured measured(RunRequest request, String output)
      throws InterruptedException, ProviderFault {
    long from = SYSTEM.getProcessCpuTime();
    ItemResult result = runtime.run(request).items().getFirst();
    long micros = (SYSTEM.getProcessCpuTime() - from) / 1_000;
    if (!result.stdout().toUtf8().equals(output)) {
      throw new IllegalStateException(
          "native code printed " + output + ", WebAssembly " + result.stdout().toUtf8());
    }
    return new Measured(micros, result.units());
  }

  private static String machine() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    String model =
        lines.stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    return model + ", " + Runtime.getRuntime().availableProcessors() + " cores";
  }

  private static String jvmFlags() {
    return String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments());
  }
}
