package ai.ubc.provider.worker;

import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A worker process, used by one thread at a time; any thread may end it. */
final class WorkerProcess implements AutoCloseable {

  /** What the JVM exits with under {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int EXIT_OUT_OF_MEMORY = 3;

  private static final int COMPLAINT_BYTES_MAX = 4_096;
  private static final Duration LAST_WORDS_TIME_MAX = Duration.ofSeconds(2);
  private static final List<String> LOCALE_VARIABLES = List.of("LANG", "LC_ALL", "LC_CTYPE");

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private final FutureTask<String> complaint;
  private int runs;

  private WorkerProcess(Process process) {
    this.process = process;
    this.requests =
        new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    this.complaint = new FutureTask<>(() -> firstOf(process.getErrorStream()));
    Thread.ofPlatform().daemon().name("worker-" + process.pid() + "-stderr").start(complaint);
  }

  /**
   * Starts a worker. It inherits no variable but those of the locale, by which both name files.
   *
   * @throws ProviderFault when the process can not be started
   */
  static WorkerProcess start(List<String> command) throws ProviderFault {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(LOCALE_VARIABLES);
    try {
      return new WorkerProcess(builder.start());
    } catch (IOException e) {
      throw new ProviderFault(
          ProviderFault.Kind.WORKER_LOST, "a worker can not be started: " + e.getMessage(), e);
    }
  }

  /** Keeps the beginning of what a worker complains about, and reads the rest away. */
  private static String firstOf(InputStream stream) throws IOException {
    byte[] first = stream.readNBytes(COMPLAINT_BYTES_MAX);
    stream.transferTo(java.io.OutputStream.nullOutputStream());
    return new String(first, StandardCharsets.UTF_8).strip();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** How many runs were begun here. */
  int runs() {
    return runs;
  }

  /**
   * Has the worker run a request. After anything but a result the worker is of no more use.
   *
   * @throws ProviderFault when the worker says so, ends, or takes longer than it may
   */
  RunResult run(RunRequest request, Duration timeMax) throws ProviderFault, InterruptedException {
    runs++;
    FutureTask<RunResult> exchange =
        new FutureTask<>(() -> {
          WorkerProtocol.writeRequest(requests, request);
          return WorkerProtocol.readAnswer(answers);
        });
    Thread.ofPlatform().daemon().name("worker-" + process.pid()).start(exchange);
    try {
      return exchange.get(timeMax.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new ProviderFault(
          ProviderFault.Kind.LATE, "the run took longer than " + timeMax.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw faultOf(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private ProviderFault faultOf(Throwable cause) throws InterruptedException {
    if (cause instanceof ProviderFault fault) {
      return fault;
    }
    int exit = exitCode();
    String said = said();
    return exit == EXIT_OUT_OF_MEMORY
        ? new ProviderFault(
            ProviderFault.Kind.OUT_OF_MEMORY, "the worker ran out of memory: " + said, cause)
        : new ProviderFault(
            ProviderFault.Kind.WORKER_LOST,
            "the worker ended with code " + exit + ": " + said,
            cause);
  }

  /**
   * The code the worker ends with. Its own, if it is about to end by itself: killing it at the
   * first sign of trouble would hide why it ends.
   */
  private int exitCode() throws InterruptedException {
    if (!process.waitFor(LAST_WORDS_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
      close();
    }
    return process.waitFor();
  }

  /** What the worker complained about; a process that it left behind may keep the stream open. */
  private String said() throws InterruptedException {
    try {
      return complaint.get(LAST_WORDS_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return "its complaint can not be read: " + e.getMessage();
    }
  }

  /** Ends the process at once. Its streams stay open for what it said before. */
  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }

  /** Waits until the process is gone. */
  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }
}
