package ai.ubc.cli.soak;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One part of the network as a process of its own, started again with the same command after it was
 * killed. One thread.
 */
final class PartProcess {
  private static final String READY = "ready ";
  private static final long READY_WAIT_S = 180;
  private static final long END_WAIT_S = 60;

  private final String name;
  private final List<String> command;
  private final Path log;
  private @Nullable Process process;
  private CompletableFuture<String> ready = new CompletableFuture<>();

  PartProcess(Class<?> main, String name, Path directory, List<String> arguments) {
    this.name = name;
    this.log = directory.resolve(name + ".log");
    this.command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As this process runs, so do those that it starts.
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(arguments);
  }

  String name() {
    return name;
  }

  /** Starts it; {@link #awaitReady} returns when it works. */
  void start() throws IOException {
    Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.getOutputStream().close();
    CompletableFuture<String> said = new CompletableFuture<>();
    Thread.ofVirtual().name(name + "-output").start(() -> keep(started, said));
    process = started;
    ready = said;
  }

  // What it says is read to its end, or it would wait for that.
  private void keep(Process started, CompletableFuture<String> said) {
    try (BufferedReader reader = started.inputReader();
        BufferedWriter writer =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        writer.write(line);
        writer.newLine();
        writer.flush();
        if (line.startsWith(READY)) {
          said.complete(line.substring(READY.length()));
        }
      }
      said.completeExceptionally(
          new IOException(name + " ended before it was ready; its log is " + log));
    } catch (IOException e) {
      said.completeExceptionally(e);
    }
  }

  /**
   * Waits until it says that it is ready.
   *
   * @throws IOException when it ends before; the message names its log
   */
  void awaitReady() throws IOException, InterruptedException {
    try {
      ready.get(READY_WAIT_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IOException(
          name + " was not ready within " + READY_WAIT_S + " s; its log is " + log, e);
    }
  }

  /** Kills it, like a power cut, and tells which processes it has left behind. */
  List<ProcessHandle> kill() {
    Process killed = running();
    List<ProcessHandle> children = killed.descendants().toList();
    killed.destroyForcibly().onExit().join();
    return children;
  }

  /** The processes that it has started, and theirs, whose program's name ends so. */
  List<ProcessHandle> children(String program) {
    return running()
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith(program))
        .toList();
  }

  /** Whether it runs. */
  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /**
   * Asks it to stop and waits for it.
   *
   * @return whether it stopped in time and without a fault
   */
  boolean stop() throws InterruptedException {
    Process stopped = running();
    stopped.destroy();
    if (stopped.waitFor(END_WAIT_S, TimeUnit.SECONDS)) {
      return stopped.exitValue() == 0;
    }
    stopped.destroyForcibly().waitFor();
    return false;
  }

  /** Its log's last lines, for people. */
  String complaint() throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return process;
  }
}
