package ai.ubc.provider.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.Seed;
import ai.ubc.provider.wasi.WasiRuntime;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerPoolTest {

  private static final Limits WIDE = new Limits(1L << 50, Limits.MEMORY_PAGES_CEILING, 1 << 20);

  /** {@code _start: loop br 0 end}, for ever as far as these units go. */
  private static final byte[] ENDLESS = {
    0, 'a', 's', 'm', 1, 0, 0, 0, //
    1, 4, 1, 0x60, 0, 0, //
    3, 2, 1, 0, //
    5, 3, 1, 0, 1, //
    7, 19, 2, 6, '_', 's', 't', 'a', 'r', 't', 0, 0, 6, 'm', 'e', 'm', 'o', 'r', 'y', 2, 0, //
    10, 9, 1, 7, 0, 0x03, 0x40, 0x0C, 0, 0x0B, 0x0B
  };

  private static final Limits ENDLESS_UNITS = new Limits(Limits.UNITS_CEILING, 1, 0);

  @TempDir Path directory;

  private static WorkerSettings settings(int workers) {
    return new WorkerSettings(workers, Duration.ofMinutes(2), Duration.ofMinutes(2), 512, 200);
  }

  private static byte[] probe() {
    try (InputStream in =
        Objects.requireNonNull(WasiRuntime.class.getResourceAsStream("probe.wasm"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static RunRequest probing(String... lines) {
    Content stdin = Content.of(String.join("\n", lines).getBytes(UTF_8));
    Item item = new Item(List.of("x"), new TreeMap<>(), stdin);
    return new RunRequest(Content.of(probe()), List.of(item), Optional.empty(), WIDE, Seed.ZERO);
  }

  /** A program that does nothing. */
  private static RunRequest quick() {
    byte[] module = ENDLESS.clone();
    int loop = module.length - 6;
    Arrays.fill(module, loop, loop + 5, (byte) 0x01);
    return new RunRequest(
        Content.of(module), List.of(Item.of()), Optional.empty(), WIDE, Seed.ZERO);
  }

  private static RunRequest endless() {
    return new RunRequest(
        Content.of(ENDLESS), List.of(Item.of()), Optional.empty(), ENDLESS_UNITS, Seed.ZERO);
  }

  private static void assertFault(ProviderFault.Kind kind, WorkerPool pool, RunRequest request) {
    assertThatExceptionOfType(ProviderFault.class)
        .isThrownBy(() -> pool.run(request))
        .satisfies(fault -> assertThat(fault.kind()).isEqualTo(kind));
  }

  @Test
  void twoWorkersAndThisProcessGiveTheSameResult() throws Exception {
    Path input = Files.createDirectory(directory.resolve("in"));
    Files.writeString(input.resolve("größe.txt"), "from a file");
    Path stdin = directory.resolve("stdin");
    Files.writeString(
        stdin, "list 3 4096 0\nopen 3 größe.txt 0 2 0\nread 5 99\nrandom 20\nclock 0\n");
    Path program = directory.resolve("program.wasm");
    Files.write(program, probe());
    Item item = new Item(List.of("y"), new TreeMap<>(), Content.of(stdin));
    RunRequest request =
        new RunRequest(
            Content.of(program), List.of(item, item), Optional.of(input), WIDE, Seed.ZERO);
    RunResult here = new WasiRuntime().run(request);
    assertThat(here.items().getFirst().stdout().toUtf8()).contains("read 0 11 from a file");
    try (WorkerPool one = new WorkerPool(settings(1));
        WorkerPool other = new WorkerPool(settings(1))) {
      assertThat(one.run(request)).isEqualTo(here);
      assertThat(other.run(request)).isEqualTo(here);
      assertThat(one.run(request)).isEqualTo(here);
    }
  }

  @Test
  void aRunThatTakesTooLongIsLateAndItsWorkerIsReplaced() throws Exception {
    WorkerSettings impatient =
        new WorkerSettings(1, Duration.ofMillis(50), Duration.ofMinutes(1), 256, 200);
    try (WorkerPool pool = new WorkerPool(impatient)) {
      assertFault(ProviderFault.Kind.LATE, pool, endless());
      assertFault(ProviderFault.Kind.LATE, pool, endless());
    }
  }

  @Test
  void aWorkerThatEndsIsAFaultAndIsReplaced() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (WorkerPool pool = new WorkerPool(settings(1))) {
      pool.run(quick());
      final long firstWorker = onlyChild().pid();
      Future<RunResult> running = executor.submit(() -> pool.run(endless()));
      while (!running.isDone()) {
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
      }
      assertThat(running)
          .failsWithin(Duration.ofMinutes(1))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(ProviderFault.class)
          .withMessageContaining("the worker ended with code 137");
      assertThat(pool.run(quick()).items().getFirst().outcome()).isEqualTo(new Outcome.Exit(0));
      assertThat(onlyChild().pid()).isNotEqualTo(firstWorker);
    } finally {
      executor.shutdownNow();
    }
  }

  private static ProcessHandle onlyChild() {
    List<ProcessHandle> children =
        ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    assertThat(children).hasSize(1);
    return children.getFirst();
  }

  @Test
  void aWorkerThatDiesWhileIdleIsReplaced() throws Exception {
    try (WorkerPool pool = new WorkerPool(settings(1))) {
      pool.run(quick());
      ProcessHandle worker = onlyChild();
      worker.destroyForcibly();
      worker.onExit().get(1, TimeUnit.MINUTES);
      assertThat(pool.run(quick()).items().getFirst().outcome()).isEqualTo(new Outcome.Exit(0));
    }
  }

  @Test
  void aCommandThatIsNoWorkerIsAFault() {
    try (WorkerPool pool =
        new WorkerPool(settings(1), List.of("/bin/sh", "-c", "echo no >&2; exit 7"))) {
      assertThatExceptionOfType(ProviderFault.class)
          .isThrownBy(() -> pool.run(quick()))
          .withMessageStartingWith("the worker ended with code");
    }
    try (WorkerPool pool =
        new WorkerPool(settings(1), List.of("/bin/sh", "-c", "printf surprise"))) {
      assertFault(ProviderFault.Kind.WORKER_LOST, pool, quick());
    }
    try (WorkerPool pool = new WorkerPool(settings(1), List.of("/no/such/command"))) {
      assertFault(ProviderFault.Kind.WORKER_LOST, pool, quick());
    }
  }

  @Test
  void memoryThatTheHostLacksIsAFaultAndNotAFailedGrowth() throws Exception {
    WorkerSettings small =
        new WorkerSettings(1, Duration.ofMinutes(1), Duration.ofMinutes(1), 64, 200);
    try (WorkerPool pool = new WorkerPool(small)) {
      assertFault(ProviderFault.Kind.OUT_OF_MEMORY, pool, probing("grow 4000"));
      assertThat(pool.run(probing("grow 10")).items().getFirst().stdout().toUtf8())
          .contains("grow 3");
    }
  }

  @Test
  void inputThatCanNotBeReadIsAFault() {
    RunRequest missing =
        new RunRequest(
            Content.of(directory.resolve("missing")),
            List.of(Item.of()),
            Optional.empty(),
            WIDE,
            Seed.ZERO);
    try (WorkerPool pool = new WorkerPool(settings(1))) {
      assertFault(ProviderFault.Kind.INPUT, pool, missing);
    }
  }

  @Test
  void aWorkerSeesNoVariableOfItsNodeButTheLocale() throws Exception {
    // A worker's answer that is no answer ends up in the fault, and so shows what it sees.
    try (WorkerPool pool =
        new WorkerPool(settings(1), List.of("/bin/sh", "-c", "head -c 4 >/dev/null; env >&2"))) {
      assertThatExceptionOfType(ProviderFault.class)
          .isThrownBy(() -> pool.run(quick()))
          .satisfies(fault -> {
            String message = String.valueOf(fault.getMessage());
            String seen = message.substring(message.indexOf(':') + 1).strip();
            // The shell itself adds PWD and the like.
            assertThat(seen.lines())
                .allMatch(line -> line.matches("(LANG|LC_ALL|LC_CTYPE|PWD|OLDPWD|SHLVL|_)=.*"));
          });
    }
  }

  @Test
  void aCallerThatIsInterruptedEndsItsRunAndTheWorkerThatRunsIt() throws Exception {
    try (WorkerPool pool = new WorkerPool(settings(1))) {
      pool.run(quick());
      ProcessHandle worker = onlyChild();
      FutureTask<Boolean> call =
          new FutureTask<>(() -> {
            try {
              pool.run(endless());
              return false;
            } catch (InterruptedException _) {
              return true;
            }
          });
      Thread thread = Thread.ofPlatform().start(call);
      // With a worker that is free, it waits for nothing but the worker's answer.
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      assertThat(call.get(1, TimeUnit.MINUTES)).isTrue();
      worker.onExit().get(1, TimeUnit.MINUTES);
      assertThat(pool.run(quick()).items()).hasSize(1);
    }
  }

  @Test
  void whoWaitsTooLongForAWorkerIsToldBusy() throws Exception {
    WorkerSettings hasty =
        new WorkerSettings(1, Duration.ofMinutes(2), Duration.ofMillis(1), 256, 200);
    CountDownLatch begun = new CountDownLatch(1);
    WorkerPool pool = new WorkerPool(hasty);
    FutureTask<ProviderFault.Kind> first =
        new FutureTask<>(() -> {
          begun.countDown();
          try {
            pool.run(endless());
            throw new AssertionError("an endless program ended");
          } catch (ProviderFault fault) {
            return fault.kind();
          }
        });
    Thread.ofPlatform().start(first);
    begun.await();
    // Whoever comes second finds no worker, whichever of the two it is.
    ProviderFault.Kind second = null;
    while (second == null && !first.isDone()) {
      try {
        pool.run(quick());
      } catch (ProviderFault fault) {
        second = fault.kind();
      }
    }
    pool.close();
    assertThat(
            List.of(
                first.get(1, TimeUnit.MINUTES), second == null ? ProviderFault.Kind.BUSY : second))
        .contains(ProviderFault.Kind.BUSY);
  }

  @Test
  void aWorkerIsReplacedAfterItsRuns() throws Exception {
    WorkerSettings once =
        new WorkerSettings(1, Duration.ofMinutes(1), Duration.ofMinutes(1), 256, 1);
    try (WorkerPool pool = new WorkerPool(once)) {
      List<ItemResult> first = pool.run(quick()).items();
      assertThat(pool.run(quick()).items()).isEqualTo(first);
    }
  }

  @Test
  void noProcessIsLeftAfterClosing() throws Exception {
    WorkerPool pool = new WorkerPool(settings(2));
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      Future<RunResult> one = executor.submit(() -> pool.run(endless()));
      pool.run(quick());
      pool.close();
      assertThat(one)
          .failsWithin(Duration.ofMinutes(1))
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("the pool of workers is closed");
      assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
      assertFault(ProviderFault.Kind.CLOSED, pool, quick());
      pool.close();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void aWorkerEndsWithItsStandardInputAlsoInTheMiddleOfARun() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            WorkerMain.class.getName());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    WorkerProtocol.writeRequest(new DataOutputStream(process.getOutputStream()), endless());
    process.getOutputStream().close();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void settingsArePositive() {
    assertThat(WorkerSettings.of(2).workers()).isEqualTo(2);
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkerSettings(0, second, second, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkerSettings(1, second, Duration.ZERO, 1, 1));
  }
}
