package ai.ubc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.CommandProcess.Up;
import ai.ubc.cli.DocumentedCommands.Shown;
import ai.ubc.cli.command.ExitCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code up} in one process and the client commands in others, as in two shells. The order is that
 * of a day.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class UpAndRunIT {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLES = REPOSITORY.resolve("examples");
  private static final String WORDCOUNT = EXAMPLES.resolve("wordcount.wasm").toString();
  private static final String PRIMES = EXAMPLES.resolve("primes.wasm").toString();
  private static final String PICTURE = EXAMPLES.resolve("picture.wasm").toString();

  private static final Set<String> RUN_ELSEWHERE =
      Set.of("up", "demo", "replay", "backup", "restore");
  private static final int SHELLS = 3;
  private static final int SETTLED_READS_MAX = 100;

  private Path directory = Path.of("");

  private CommandProcess command;
  private Up up;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    command = new CommandProcess(directory.resolve("home"));
    up = command.up(CommandProcess.freePort(), directory.resolve("network"));
  }

  @AfterAll
  void stop() {
    up.close();
  }

  private Ended ubc(String... arguments) throws IOException, InterruptedException {
    return ubc(new byte[0], arguments);
  }

  private Ended ubc(byte[] stdin, String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--gateway", up.url()));
    return command.run(stdin, all.toArray(String[]::new));
  }

  @Test
  @Order(1)
  void aProgramReadsStandardInputAndItsOutputIsTheCommandsOwn()
      throws IOException, InterruptedException {
    Ended ended =
        ubc("one two two\n".getBytes(UTF_8), "run", WORDCOUNT, "--stdin", "-", "--check", "none");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("two");
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  @Order(2)
  void aCheckedJobReadsADirectoryAndGivesTheSameAsAnUncheckedOne()
      throws IOException, InterruptedException {
    String texts = EXAMPLES.resolve("texts").toString();
    Ended checked = ubc("run", WORDCOUNT, "--in", texts, "--check", "quorum");
    Ended unchecked = ubc("run", WORDCOUNT, "--in", texts, "--check", "none");
    assertThat(checked.err()).isEmpty();
    assertThat(checked.exitCode()).isZero();
    assertThat(checked.out()).isNotEmpty().isEqualTo(unchecked.out());
  }

  @Test
  @Order(3)
  void aProgramWritesFilesIntoTheDirectoryOfOut() throws IOException, InterruptedException {
    Path out = directory.resolve("pictures");
    Ended ended = ubc("run", PICTURE, "--out", out.toString(), "--check", "none");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    try (var files = Files.list(out)) {
      assertThat(files.toList()).hasSize(1);
    }
  }

  @Test
  @Order(4)
  void theExitCodeIsTheProgramsOwn() throws IOException, InterruptedException {
    Ended faucet = ubc("wallet", "faucet", "--amount", "7");
    assertThat(faucet.exitCode()).as(faucet.err()).isZero();
    assertThat(faucet.out()).contains("7 COMPUTE");
    assertThat(command.run("wallet", "show").out()).contains("0x");
    Ended ended = ubc("run", PRIMES, "--arg", "nonsense", "--check", "none");
    assertThat(ended.exitCode()).isBetween(1, 120);
    assertThat(ended.stderr()).isNotEmpty();
  }

  @Test
  @Order(5)
  void theCostNeverExceedsTheLimitAndTheAccountShowsIt() throws IOException, InterruptedException {
    long before = settledMicros();
    Ended ended = ubc("run", PRIMES, "--arg", "20000", "--max-price", "0.5", "--check", "quorum");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    long after = settledMicros();
    assertThat(before - after).isBetween(1L, 500_000L);
  }

  @Test
  @Order(6)
  void whatCanNotBeDoneSaysWhyAndWhatToDo() throws IOException, InterruptedException {
    Ended missing = ubc("run", directory.resolve("missing.wasm").toString());
    assertThat(missing.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(missing.err()).startsWith("ubc: ").contains("missing.wasm");
    Path noProgram = Files.writeString(directory.resolve("no-program.wasm"), "this is no program");
    long before = settledMicros();
    Ended invalid = ubc("run", noProgram.toString(), "--check", "none");
    assertThat(invalid.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(invalid.err())
        .startsWith("ubc: ")
        .contains("not a WebAssembly module", "Nothing was bought");
    assertThat(settledMicros()).isEqualTo(before);
    Ended cheap = ubc("run", PRIMES, "--arg", "100", "--max-price", "0.000001");
    assertThat(cheap.exitCode()).isIn(ExitCode.BUDGET, ExitCode.NO_OFFER_OR_DEADLINE);
    Ended dear = ubc("run", PRIMES, "--arg", "100", "--max-price", "100000");
    assertThat(dear.exitCode()).as("no more units are bought than a run may need").isZero();
    Ended usage = ubc("run", PRIMES, "--check", "sometimes");
    assertThat(usage.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.err() + invalid.err() + cheap.err() + dear.err())
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
  }

  @Test
  @Order(7)
  void everyCommandThatTheDocumentationShowsRuns() throws Exception {
    List<Shown> pages = DocumentedCommands.inPages(REPOSITORY);
    List<Shown> help = DocumentedCommands.inHelp();
    // Each from where its reader is: a page's commands from the repository's root, the help's from
    // a directory with programs.
    Path root = Files.createDirectories(directory.resolve("pages"));
    copy(EXAMPLES, root.resolve("examples"));
    Path programs = directory.resolve("help");
    copy(EXAMPLES, programs);
    Files.copy(Path.of(PRIMES), programs.resolve("PROGRAM.wasm"));
    Map<Shown, Future<Ended>> running = new LinkedHashMap<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(SHELLS)) {
      for (Shown shown : pages) {
        start(shown, root, executor).ifPresent(ended -> running.put(shown, ended));
      }
      for (Shown shown : help) {
        start(shown, programs, executor).ifPresent(ended -> running.put(shown, ended));
      }
      for (Map.Entry<Shown, Future<Ended>> command : running.entrySet()) {
        Ended ended = command.getValue().get();
        assertThat(ended.exitCode()).as("%s: %s", command.getKey(), ended.err()).isZero();
      }
    }
    assertThat(running).hasSizeGreaterThanOrEqualTo(8);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  // Networks, the demonstration and what is done to a network's files are run by other tests; their
  // lines must be such that they would start.
  private Optional<Future<Ended>> start(Shown shown, Path at, ExecutorService executor) {
    List<String> words = List.of(shown.line().replaceFirst(" +#.*", "").split(" +"));
    if (words.size() > 1 && RUN_ELSEWHERE.contains(words.get(1))) {
      new CommandLine(new Main()).parseArgs(words.subList(1, words.size()).toArray(String[]::new));
      return Optional.empty();
    }
    return Optional.of(executor.submit(() -> command.shell(at, shown.line(), up.url())));
  }

  @Test
  @Order(8)
  void afterAStopTheNetworkGoesOnWithTheSameState() throws IOException, InterruptedException {
    String account = ubc("account").out();
    long before = settledMicros();
    assertThat(up.stop("TERM")).isZero();
    up = command.up(CommandProcess.freePort(), directory.resolve("network"));
    assertThat(settledMicros()).isEqualTo(before);
    assertThat(ubc("account").out().lines().findFirst()).isEqualTo(account.lines().findFirst());
    assertThat(ubc("run", PRIMES, "--arg", "1000").exitCode()).isZero();
    assertThat(up.stop("INT")).isZero();
  }

  @Test
  @Order(2)
  void aSecondNetworkSaysWhatIsInItsWay() throws IOException, InterruptedException {
    String data = directory.resolve("network").toString();
    Ended sameDirectory = command.run("up", "--port", "0", "--data", data);
    assertThat(sameDirectory.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(sameDirectory.err()).contains(data, "is in use by process ", "choose another directory");
    String port = Integer.toString(URI.create(up.url()).getPort());
    String other = directory.resolve("other").toString();
    Ended samePort = command.run("up", "--port", port, "--data", other);
    assertThat(samePort.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(samePort.err()).contains("port " + port, "--port");
    assertThat(sameDirectory.err().lines()).hasSize(1);
    assertThat(samePort.err().lines()).hasSize(1);
  }

  @Test
  @Order(9)
  void aStopInTheMiddleOfTheStartLeavesNothingBehind() throws IOException, InterruptedException {
    Path data = directory.resolve("stopped");
    try (Up starting = command.up(0, data, "starting PostgreSQL")) {
      assertThat(starting.stop("TERM")).isZero();
    }
    assertThat(ProcessHandle.allProcesses())
        .extracting(process -> process.info().commandLine().orElse(""))
        .noneMatch(line -> line.contains(data.toString()));
  }

  @Test
  @Order(9)
  void withoutANetworkACommandSaysHowToStartOne() throws IOException, InterruptedException {
    Ended ended =
        command.run("account", "--gateway", "http://127.0.0.1:" + CommandProcess.freePort());
    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(ended.err()).startsWith("ubc: ").contains("ubc up");
  }

  // What a job holds moves when its windows end; then the free balance says what was spent.
  private long settledMicros() throws IOException, InterruptedException {
    for (int i = 0; i < SETTLED_READS_MAX; i++) {
      String out = ubc("account").out();
      if (micros(out, "held by jobs") == 0) {
        return micros(out, "free");
      }
    }
    throw new AssertionError("the account's jobs do not end");
  }

  private static long micros(String account, String line) {
    Matcher matcher = Pattern.compile(line + " +([0-9.]+) COMPUTE").matcher(account);
    assertThat(matcher.find()).as(account).isTrue();
    return new BigDecimal(matcher.group(1)).movePointRight(6).longValueExact();
  }
}
