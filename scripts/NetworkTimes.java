import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobOrder;
import ai.ubc.sdk.job.JobResult;
import ai.ubc.sdk.job.SecretStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long {@code ubc up} takes until it is ready, how long a job takes beyond its program's own
 * run, and what the network costs while nothing happens. Needs Linux, and a command that is built.
 * Its arguments are the {@code ubc} command and a WASI program that counts the primes up to its
 * argument.
 */
public final class NetworkTimes {
  private static final int STARTS = 3;
  private static final int WARM_UPS = 60;
  private static final int JOBS = 40;
  private static final int VALIDATORS = 3;
  private static final long JOB_COST_MICROS = 1_000_000;
  private static final Duration REST = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final int NS_PER_MS = 1_000_000;
  private static final int KIB_PER_MIB = 1_024;

  private final Path command;
  private final Path program;
  private final Path directory;
  private final PrintStream out;

  private NetworkTimes(Path command, Path program, Path directory, PrintStream out) {
    this.command = command.toAbsolutePath();
    this.program = program;
    this.directory = directory;
    this.out = out;
  }

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("ubc-times");
    new NetworkTimes(Path.of(args[0]), Path.of(args[1]), directory, System.out).measure();
  }

  private void measure() throws IOException, UbcException, InterruptedException {
    out.printf(
        Locale.ROOT,
        "%s, %d cores, Java %s%n",
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"));
    for (int start = 1; start <= STARTS; start++) {
      long begun = System.nanoTime();
      try (Up up = up("network-" + start)) {
        say(
            "start " + start + ", a new network, until ready",
            (System.nanoTime() - begun) / NS_PER_MS);
        if (start == STARTS) {
          jobs(up);
          idle(up);
        }
      }
    }
  }

  private record Up(Process process, URI url) implements AutoCloseable {
    @Override
    public void close() {
      process.destroy();
      process.onExit().join();
    }
  }

  private Up up(String name) throws IOException {
    Process process =
        ubc("up", "--port", "0", "--data", directory.resolve(name).toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready ")) {
        return new Up(process, URI.create(line.substring("ready ".length()).strip()));
      }
    }
    process.destroy();
    throw new IOException("\"ubc up\" ended before it was ready");
  }

  private ProcessBuilder ubc(String... arguments) {
    List<String> line = new ArrayList<>(List.of(command.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("UBC_HOME", directory.resolve("home").toString());
    return builder;
  }

  private void jobs(Up up) throws IOException, UbcException, InterruptedException {
    Process faucet =
        ubc("wallet", "faucet", "--amount", "200", "--gateway", up.url().toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (faucet.waitFor() != 0) {
      throw new IOException("the faucet gave nothing");
    }
    Wallet wallet = Wallet.load(directory.resolve("home").resolve("wallet.key"));
    try (UbcClient client = UbcClient.connect(up.url())) {
      JobClient jobs =
          new JobClient(Session.open(client, wallet).orElseThrow(), SecretStore.inMemory());
      JobOrder.Builder order = JobOrder.of(program, JOB_COST_MICROS).args("10");
      jobs("job without check, accepted until its result is here", jobs, order.build());
      jobs(
          "job that three validators check, accepted until its result is here",
          jobs,
          order.quorum(VALIDATORS).build());
    }
  }

  private void jobs(String what, JobClient jobs, JobOrder order)
      throws UbcException, InterruptedException {
    long[] times = new long[JOBS];
    for (int i = -WARM_UPS; i < JOBS; i++) {
      long job = jobs.submit(order);
      long accepted = System.nanoTime();
      JobResult result = jobs.await(job, view -> {});
      long ms = (System.nanoTime() - accepted) / NS_PER_MS;
      String counted = new String(result.items().getFirst().stdout(), UTF_8);
      if (!counted.contains("4")) {
        throw new IllegalStateException("there are 4 primes up to 10, not " + counted);
      }
      if (i >= 0) {
        times[i] = ms;
      }
    }
    Arrays.sort(times);
    out.printf(
        Locale.ROOT,
        "%-70s %5d ms median, %d least, %d most of %d%n",
        what,
        times[JOBS / 2],
        times[0],
        times[JOBS - 1],
        JOBS);
  }

  private void idle(Up up) throws IOException, InterruptedException {
    Thread.sleep(REST);
    long before = cpuMs(up);
    Thread.sleep(IDLE);
    long spent = cpuMs(up) - before;
    out.printf(
        Locale.ROOT,
        "%-70s %5.1f %% of a core, %d MiB in %d processes%n",
        "idle network, over " + IDLE.toSeconds() + " s",
        100.0 * spent / IDLE.toMillis(),
        memoryMib(up),
        processes(up).size());
  }

  private static List<ProcessHandle> processes(Up up) {
    return Stream.concat(Stream.of(up.process().toHandle()), up.process().descendants()).toList();
  }

  private static long cpuMs(Up up) {
    return processes(up).stream()
        .map(handle -> handle.info().totalCpuDuration())
        .flatMap(Optional::stream)
        .mapToLong(Duration::toMillis)
        .sum();
  }

  // Memory that processes share is counted in parts.
  private static long memoryMib(Up up) throws IOException {
    long kib = 0;
    for (ProcessHandle handle : processes(up)) {
      for (String line : Files.readAllLines(Path.of("/proc/" + handle.pid() + "/smaps_rollup"))) {
        if (line.startsWith("Pss:")) {
          kib += Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    }
    return kib / KIB_PER_MIB;
  }

  private void say(String what, long ms) {
    out.printf(Locale.ROOT, "%-70s %5d ms%n", what, ms);
  }
}
