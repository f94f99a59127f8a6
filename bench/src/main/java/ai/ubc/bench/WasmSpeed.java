package ai.ubc.bench;

import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.wasi.WasiRuntime;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * Compares three kernels as metered WebAssembly with the same as native code: their results must be
 * equal, and the shortest of several runs counts. Time is that of the processor, in the whole
 * process, so that other work on the machine matters little. Needs gcc. Its argument is the
 * directory of the kernels' sources.
 */
public final class WasmSpeed {

  private static final int WARM_UPS = 5;
  private static final int RUNS = 12;
  private static final int DIGESTS = 500;

  /** Marks digest a page at most once in so many units: rule WASI-082. */
  private static final double UNITS_A_PAGE = 1L << 25;

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
    Machine.print(out);
    out.println("kernel    native ms   wasm ms   ratio  goal   marks at most   units/s");
    Path directory = Files.createTempDirectory("kernels");
    for (Kernel kernel : Kernel.values()) {
      NativeKernel compiled = NativeKernel.compile(kernel, sources, directory);
      out.println(new WasmSpeed().row(kernel, compiled, Math.max(1, kernel.rounds() / divisor)));
    }
  }

  private String row(Kernel kernel, NativeKernel compiled, int rounds)
      throws IOException, InterruptedException, ProviderFault {
    RunRequest request = kernel.request(rounds);
    for (int i = 0; i < WARM_UPS; i++) {
      measured(request);
    }
    long nativeMicros = Long.MAX_VALUE;
    long plainMicros = Long.MAX_VALUE;
    long units = 0;
    // By turns, so that what else the machine does meets both alike.
    for (int i = 0; i < RUNS; i++) {
      NativeKernel.Run run = compiled.run(rounds);
      Measured plain = measured(request);
      requireEqual(run.output(), plain.output());
      nativeMicros = Math.min(nativeMicros, run.micros());
      plainMicros = Math.min(plainMicros, plain.micros());
      units = plain.units();
    }
    return String.format(
        Locale.ROOT,
        "%-8s %10.1f %9.1f %7.2f %5.1f %14.1f%% %8.0fM",
        kernel.file(),
        nativeMicros / 1e3,
        plainMicros / 1e3,
        (double) plainMicros / nativeMicros,
        kernel.ratioMax(),
        100 * pageMicros() * units / UNITS_A_PAGE / plainMicros,
        (double) units / plainMicros);
  }

  private record Measured(String output, long micros, long units) {}

  private Measured measured(RunRequest request) throws InterruptedException, ProviderFault {
    long from = SYSTEM.getProcessCpuTime();
    ItemResult result = runtime.run(request).items().getFirst();
    long micros = (SYSTEM.getProcessCpuTime() - from) / 1_000;
    return new Measured(result.stdout().toUtf8(), micros, result.units());
  }

  private static void requireEqual(String expected, String found) {
    if (!found.equals(expected)) {
      throw new IllegalStateException("native code printed " + expected + ", WebAssembly " + found);
    }
  }

  /** Processor time of the digest of a page, which marks consist of, in microseconds. */
  private static double pageMicros() {
    byte[] page = new byte[1 << 16];
    MessageDigest digest = sha256();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double best = Double.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long from = threads.getCurrentThreadCpuTime();
      for (int j = 0; j < DIGESTS; j++) {
        page[j]++;
        digest.digest(page);
      }
      best = Math.min(best, (threads.getCurrentThreadCpuTime() - from) / 1e3 / DIGESTS);
    }
    return best;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
