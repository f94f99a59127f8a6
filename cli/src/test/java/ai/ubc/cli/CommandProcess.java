package ai.ubc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs the command as users do: in a process of its own, with its own home directory. */
final class CommandProcess {
  private static final long LIMIT_SECONDS = 300;

  private final Path home;

  CommandProcess(Path home) {
    this.home = home;
  }

  /** What a command left behind. */
  @SuppressWarnings("ArrayRecordComponent")
  record Ended(int exitCode, byte[] stdout, byte[] stderr) {
    String out() {
      return new String(stdout, UTF_8);
    }

    String err() {
      return new String(stderr, UTF_8);
    }
  }

  /** Runs a command to its end, with nothing on standard input. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return run(new byte[0], arguments);
  }

  /** Runs a command to its end, with these bytes on standard input. */
  Ended run(byte[] stdin, String... arguments) throws IOException, InterruptedException {
    return finish(builder(arguments), stdin, String.join(" ", arguments));
  }

  /** Runs lines in a directory, see {@link LineRunner}; with these variables beside the usual. */
  Ended lines(Path directory, Path lines, Map<String, String> variables)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(builder().command());
    command.set(command.indexOf(Main.class.getName()), LineRunner.class.getName());
    command.add(lines.toString());
    ProcessBuilder builder = builder().command(command).directory(directory.toFile());
    builder.environment().putAll(variables);
    return finish(builder, new byte[0], "the lines of " + lines);
  }

  /** Starts a command whose end somebody else brings about; its standard error goes to a file. */
  Process begin(Path err, String... arguments) throws IOException {
    return builder(arguments)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(err.toFile())
        .start();
  }

  private static Ended finish(ProcessBuilder builder, byte[] stdin, String what)
      throws IOException, InterruptedException {
    Process process = builder.start();
    CompletableFuture<byte[]> out =
        CompletableFuture.supplyAsync(() -> drain(process.getInputStream()));
    CompletableFuture<byte[]> err =
        CompletableFuture.supplyAsync(() -> drain(process.getErrorStream()));
    try (var in = process.getOutputStream()) {
      in.write(stdin);
    }
    boolean ended = process.waitFor(LIMIT_SECONDS, SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended).as("%s ends in time; it said %s", what, err).isTrue();
    return new Ended(process.exitValue(), out.join(), err.join());
  }

  /** A network that was started. */
  static final class Up implements AutoCloseable {
    private final Process process;
    private final String url;

    private Up(Process process, String url) {
      this.process = process;
      this.url = url;
    }

    String url() {
      return url;
    }

    /** Ends the network as Ctrl-C or a service manager does, and waits for it. */
    int stop(String signal) throws IOException, InterruptedException {
      signal(signal);
      return awaitEnd();
    }

    /** Sends a signal and waits for nothing. */
    void signal(String signal) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
          .inheritIO()
          .start()
          .waitFor();
    }

    /** Waits for the end that was asked for; the exit code. */
    int awaitEnd() throws InterruptedException {
      assertThat(process.waitFor(LIMIT_SECONDS, SECONDS)).as("the network stops in time").isTrue();
      return process.exitValue();
    }

    /** Ends the network if it still runs. */
    @Override
    public void close() {
      process.destroy();
      process.onExit().orTimeout(LIMIT_SECONDS, SECONDS).join();
    }
  }

  /** Starts a network and waits until it says where it is. */
  Up up(int port, Path data) throws IOException {
    return up("--port", Integer.toString(port), "--data", data.toString());
  }

  /** Starts a network with these options and waits until it says where it is. */
  Up up(String... options) throws IOException {
    return upUntil("ready ", options);
  }

  /** Starts a network with these options and waits for a line that begins so. */
  Up upUntil(String beginning, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("up"));
    arguments.addAll(List.of(options));
    return startUntil(beginning, arguments.toArray(String[]::new));
  }

  /** Starts a command that runs on, and waits for a line that begins so. */
  Up startUntil(String beginning, String... arguments) throws IOException {
    return startUntil(ProcessBuilder.Redirect.INHERIT, beginning, arguments);
  }

  /** The same, where its standard error goes to a file. */
  Up startUntil(Path err, String beginning, String... arguments) throws IOException {
    return startUntil(ProcessBuilder.Redirect.to(err.toFile()), beginning, arguments);
  }

  private Up startUntil(ProcessBuilder.Redirect err, String beginning, String... arguments)
      throws IOException {
    Process process = builder(arguments).redirectError(err).start();
    BufferedReader reader = process.inputReader();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith(beginning)) {
        return new Up(process, line.substring(beginning.length()));
      }
    }
    throw new AssertionError(
        "the network ended before it was ready, exit code " + process.onExit().join().exitValue());
  }

  /** A port that nobody listened on a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private ProcessBuilder builder(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    // Whoever runs the tests in the background may have told them to ignore Ctrl-C.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Where this process is measured, so are those that it starts.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC"));
    // Nothing here runs so long that the second compiler pays.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(
        List.of("-classpath", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(Files.createDirectories(home).toFile());
    shareProgramsWithOtherTests();
    builder.environment().put("UBC_HOME", home.toString());
    builder.environment().remove("UBC_STDERR_TTY");
    return builder;
  }

  // Unpacking PostgreSQL takes seconds; a test that looks at it has a home without this link.
  private void shareProgramsWithOtherTests() throws IOException {
    Path shared = Files.createDirectories(Path.of("target", "programs").toAbsolutePath());
    Path programs = home.resolve("programs");
    if (!Files.exists(programs)) {
      Files.createSymbolicLink(programs, shared);
    }
  }

  private static byte[] drain(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
