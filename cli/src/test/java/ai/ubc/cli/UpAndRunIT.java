package ai.ubc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.CommandProcess.Up;
import ai.ubc.cli.DocumentedCommands.Shown;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.sdk.EventStream;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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
      Set.of(
          "up",
          "demo",
          "replay",
          "backup",
          "restore",
          "soak",
          "sequencer",
          "gateway",
          "provider",
          "invite",
          "validator");
  private static final int READS_MAX = 300;
  private static final long READ_PAUSE_MS = 500;

  private Path directory = Path.of("");
  private Path home = Path.of("");

  private CommandProcess command;
  private Up up;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    home = directory.resolve("home");
    command = new CommandProcess(home);
    up = command.up(CommandProcess.freePort(), directory.resolve("network"));
  }

  @AfterAll
  void stop() {
    up.close();
  }

  private Ended ubc(String... arguments) {
    return ubc(new byte[0], arguments);
  }

  private Ended ubc(byte[] stdin, String... arguments) {
    return new CommandHere(variables()).run(stdin, arguments);
  }

  private Map<String, String> variables() {
    return Map.of("UBC_HOME", home.toString(), "UBC_GATEWAY", up.url());
  }

  @Test
  @Order(1)
  void aProgramReadsStandardInputAndItsOutputIsTheCommandsOwn() throws Exception {
    // In a process of its own, which finds the network by the context that "up" wrote.
    Ended ended =
        command.run(
            "one two two\n".getBytes(UTF_8), "run", WORDCOUNT, "--stdin", "-", "--check", "none");
    assertThat(ended.err()).startsWith("ubc: receipt in " + home).endsWith("nobody re-ran this\n");
    assertThat(ended.out()).contains("two");
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  @Order(2)
  void aCheckedJobReadsADirectoryAndGivesTheSameAsAnUncheckedOne() throws Exception {
    String texts = EXAMPLES.resolve("texts").toString();
    Ended checked = ubc("run", WORDCOUNT, "--in", texts, "--check", "quorum");
    Ended unchecked = ubc("run", WORDCOUNT, "--in", texts, "--check", "none");
    assertThat(checked.err()).contains("verified: re-run by 3 of 3");
    assertThat(checked.exitCode()).isZero();
    assertThat(checked.out()).isNotEmpty().isEqualTo(unchecked.out());
  }

  @Test
  @Order(3)
  void aProgramWritesFilesIntoTheDirectoryOfOut() throws Exception {
    Path out = directory.resolve("pictures");
    Ended ended = ubc("run", PICTURE, "--out", out.toString(), "--check", "none");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    try (var files = Files.list(out)) {
      assertThat(files.toList()).hasSize(1);
    }
  }

  @Test
  @Order(4)
  void theExitCodeIsTheProgramsOwn() throws Exception {
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
  void theCostNeverExceedsTheLimitAndTheAccountShowsIt() throws Exception {
    long before = settledMicros();
    Ended ended = ubc("run", PRIMES, "--arg", "20000", "--max-price", "0.5", "--check", "quorum");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    long after = settledMicros();
    assertThat(before - after).isBetween(1L, 500_000L);
  }

  @Test
  @Order(6)
  void whatCanNotBeDoneSaysWhyAndWhatToDo() throws Exception {
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
  @Order(6)
  void aRunThatIsKilledAndRepeatedIsOneJobAndOnePayment() throws Exception {
    int before = jobs();
    String[] run = {"run", PRIMES, "--check", "none", "--id", "nightly", "--", "30000000"};
    Process killed = command.begin(directory.resolve("killed.err"), run);
    until(() -> jobs() > before);
    killed.destroyForcibly().waitFor();
    Ended repeated = ubc(run);
    assertThat(repeated.exitCode()).as(repeated.err()).isZero();
    assertThat(repeated.out()).contains("1857859");
    assertThat(ubc(run).out()).isEqualTo(repeated.out());
    assertThat(jobs()).isEqualTo(before + 1);
    run[run.length - 1] = "30000001";
    Ended other = ubc(run);
    assertThat(other.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(other.err()).startsWith("ubc: KEY_IN_USE: ").contains("Nothing was bought");
    assertThat(jobs()).isEqualTo(before + 1);
  }

  @Test
  @Order(6)
  void afterCtrlCTheJobGoesOnAndIsWaitedForLater() throws Exception {
    int before = jobs();
    Path err = directory.resolve("left.err");
    Process left = command.begin(err, "run", PRIMES, "--check", "none", "--", "60000000");
    until(() -> jobs() > before);
    Process interrupt =
        new ProcessBuilder("kill", "-INT", Long.toString(left.pid())).inheritIO().start();
    assertThat(interrupt.waitFor()).isZero();
    assertThat(left.waitFor()).isEqualTo(130);
    assertThat(Files.readString(err)).containsPattern("ubc jobs (wait \\d+|list)");
    Matcher newest =
        Pattern.compile("job (\\d+) ").matcher(ubc("jobs", "list", "--limit", "1").out());
    assertThat(newest.find()).isTrue();
    Ended waited = ubc("jobs", "wait", newest.group(1));
    assertThat(waited.exitCode()).as(waited.err()).isZero();
    assertThat(waited.out()).contains("primes up to 60000000");
    assertThat(jobs()).isEqualTo(before + 1);
  }

  @Test
  @Order(6)
  void theJsonNamesTheOutcomeWhateverItIs() throws Exception {
    Path json = directory.resolve("outcome.json");
    String file = json.toString();
    Ended limited = ubc("run", PRIMES, "--check", "none", "--max-price", "0.0103", "--json", file);
    assertThat(limited.exitCode()).isEqualTo(ExitCode.TRAP_OR_LIMIT);
    assertThat(limited.err()).startsWith("ubc: OUT_OF_UNITS: ");
    assertThat(json).content().contains("\"OUT_OF_UNITS\"", "\"exitCode\" : 122", "\"units\"");
    ubc("run", PRIMES, "--max-price", "0.000001", "--json", file);
    assertThat(json).content().contains("\"COST_LIMIT\"", "\"exitCode\" : 121");
    Ended detached = ubc("run", PRIMES, "--check", "none", "--detach", "--json", "-", "--", "10");
    assertThat(detached.out()).contains("\"SUBMITTED\"");
    Ended mixed = ubc("run", PRIMES, "--json", "-");
    assertThat(mixed.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ubc("account", "--json", "-").out()).contains("\"freeMicros\"");
  }

  @Test
  @Order(6)
  void whatIsHeldNeverExceedsTheLimitThatWasPrinted() {
    Ended detached =
        ubc("run", PRIMES, "--max-price", "0.3", "--detach", "--json", "-", "--", "10");
    String job = detached.out().replaceAll("(?s).*\"job\" : (\\d+).*", "$1");
    Matcher held =
        Pattern.compile(
                "held +([0-9.]+) COMPUTE price, ([0-9.]+) COMPUTE fee, ([0-9.]+) COMPUTE checking")
            .matcher(ubc("jobs", "logs", job).out());
    assertThat(held.find()).isTrue();
    BigDecimal sum =
        new BigDecimal(held.group(1))
            .add(new BigDecimal(held.group(2)))
            .add(new BigDecimal(held.group(3)));
    // To the last units that still fit.
    assertThat(sum).isBetween(new BigDecimal("0.29999"), new BigDecimal("0.3"));
    assertThat(ubc("quote", "--max-price", "0.3").out()).contains("of 0.3 COMPUTE buys at most");
  }

  @Test
  @Order(6)
  void aMapThatIsRunAgainBuysNothingAndAnotherMapIsRefused() throws IOException {
    String out = directory.resolve("counts").toString();
    String each = EXAMPLES.resolve("texts").resolve("*").toString();
    int before = jobs();
    String[] map = {
      "map",
      WORDCOUNT,
      "--each",
      each,
      "--out",
      out,
      "--budget",
      "2",
      "--jobs",
      "2",
      "--check",
      "none"
    };
    Ended first = ubc(map);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(jobs()).isEqualTo(before + 2);
    assertThat(Path.of(out, "garden.txt.out")).content().contains("words");
    assertThat(Path.of(out, "summary.json")).content().contains("\"items\" : 3");
    assertThat(first.err()).contains("ubc: receipt in " + out, "2 jobs, 3 items: verified");
    String receipt = Path.of(out, "receipt.json").toString();
    Ended verified = ubc("receipt", "verify", receipt);
    assertThat(verified.exitCode()).as(verified.out()).isZero();
    assertThat(verified.out())
        .contains("nobody re-ran this", "✓ body", "2 jobs, 3 items: verified");
    assertThat(ubc("receipt", "show", receipt, "--json", "-").out()).contains("\"sum\"");
    assertThat(ubc("receipt", "verify", receipt, "--rerun").exitCode()).isEqualTo(ExitCode.USAGE);
    Files.delete(Path.of(out, ".ubc-map", "job-1.json"));
    assertThat(ubc(map).out()).isEqualTo(first.out());
    assertThat(jobs()).isEqualTo(before + 2);
    map[7] = "3";
    Ended other = ubc(map);
    assertThat(other.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(other.err()).startsWith("ubc: OTHER_MAP: ").contains("Nothing was bought");
  }

  @Test
  @Order(6)
  void whatIsNewRunsAsItIs() throws IOException {
    String at = directory.resolve("first").toString();
    assertThat(ubc("new", "job", "--lang", "js", at).exitCode()).isZero();
    Ended again = ubc("new", "job", "--lang", "js", at);
    assertThat(again.err()).startsWith("ubc: FILE_EXISTS: ");
    Ended ended =
        ubc(
            "run",
            at + "/job.js",
            "--in",
            at + "/in",
            "--out",
            at + "/out",
            "--check",
            "none",
            "--env",
            "API_TOKEN=x");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("3 three\n");
    assertThat(ended.err()).contains("warning: --env API_TOKEN looks like a secret");
    assertThat(Path.of(at, "out", "words.json")).hasContent("{\"three\":3,\"two\":2,\"one\":1}");
  }

  @Test
  @Order(6)
  void aSessionKeySpendsItsBudgetAndNothingElse() throws IOException {
    String key = directory.resolve("agent.key").toString();
    Ended made =
        ubc("key", "new", "--budget", "0.2", "--expires", "1h", "--payee", "4", "--out", key);
    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out()).contains("0.2 COMPUTE", "60 min", "accounts 4");
    Ended ran =
        ubc("run", PRIMES, "--max-price", "0.1", "--check", "none", "--wallet", key, "--", "100");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ubc("pay", "4", "0.05", "--wallet", key).exitCode()).isZero();

    assertRefused(ExitCode.BUDGET, "OVER_BUDGET", "run", PRIMES, "--wallet", key);
    assertRefused(ExitCode.BUDGET, "OVER_BUDGET", "pay", "4", "0.2", "--wallet", key);
    assertRefused(ExitCode.FAILURE, "PAYEE_NOT_ALLOWED", "pay", "5", "0.01", "--wallet", key);
    assertThat(ubc("key", "new", "--budget", "1", "--expires", "1h", "--wallet", key).exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(ubc("account", "--wallet", key).out()).contains("of 0.2 COMPUTE left, ends in");

    assertThat(ubc("key", "revoke", key).out()).contains("is ended");
    assertRefused(ExitCode.FAILURE, "MANDATE_REVOKED", "pay", "4", "0.01", "--wallet", key);
    assertRefused(ExitCode.FAILURE, "MANDATE_REVOKED", "key", "revoke", "1");
    assertRefused(ExitCode.FAILURE, "UNKNOWN_MANDATE", "key", "revoke", "0x12");
    for (String name : List.of("second", "third")) {
      String file = directory.resolve(name + "-agent.key").toString();
      assertThat(ubc("key", "new", "--budget", "1", "--expires", "7d", "--out", file).exitCode())
          .isZero();
    }
    assertThat(ubc("key", "list").out().lines()).hasSize(2);
    assertThat(ubc("key", "list", "--all").out().lines()).hasSize(3);
    assertRefused(
        ExitCode.FAILURE,
        "KEY_EXISTS",
        "key",
        "new",
        "--budget",
        "1",
        "--expires",
        "7d",
        "--out",
        key);
    assertRefused(
        ExitCode.FAILURE,
        "UNKNOWN_PAYEE",
        "key",
        "new",
        "--budget",
        "1",
        "--expires",
        "7d",
        "--payee",
        "99999");
    Ended own = ubc("key", "new", "--budget", "1", "--expires", "7d", "--payee", ownAccount());
    assertThat(own.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ubc("key", "list").out().lines()).hasSize(2);
  }

  private String ownAccount() {
    return ubc("account").out().split("\\s+", 3)[1];
  }

  private void assertRefused(int exitCode, String outcome, String... line) {
    Ended ended = ubc(line);
    assertThat(ended.err()).startsWith("ubc: " + outcome + ": ");
    assertThat(ended.exitCode()).isEqualTo(exitCode);
  }

  @Test
  @Order(6)
  void theProgramOfTheSdksGuideRunsAsItStandsThere() throws Exception {
    String page = Files.readString(REPOSITORY.resolve("docs/guides/sdk.md"));
    int from = page.indexOf("```java\n") + "```java\n".length();
    Path at = Files.createDirectories(directory.resolve("sdk"));
    Files.writeString(at.resolve("First.java"), page.substring(from, page.indexOf("```", from)));
    copy(EXAMPLES, at.resolve("examples"));
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "First.java")
            .directory(at.toFile())
            .redirectErrorStream(true);
    java.environment().putAll(variables());
    java.environment().put("UBC_WALLET", home.resolve("wallet.key").toString());
    Process process = java.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("2262");
  }

  @Test
  @Order(6)
  void anotherNetworkAtTheAddressOfAContextIsRefused() throws IOException {
    Path contexts = Files.createDirectories(directory.resolve("strange").resolve("contexts"));
    Files.writeString(
        contexts.resolve("local.context"),
        "gateway=" + up.url() + "\nwallet=" + otherWallet() + "\nfingerprint=0x12\n");
    Files.writeString(directory.resolve("strange").resolve("context"), "local\n");
    CommandHere strange =
        new CommandHere(Map.of("UBC_HOME", directory.resolve("strange").toString()));
    Ended refused = strange.run("account");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(refused.err()).startsWith("ubc: OTHER_NETWORK: ").contains("Nothing was sent");
    assertThat(strange.run("context", "use", "local", "--gateway", up.url()).exitCode()).isZero();
    assertThat(strange.run("market").out()).contains("0.01 COMPUTE");
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
    Path docsHome = Files.createDirectories(directory.resolve("docs-home"));
    copy(home.resolve("contexts"), docsHome.resolve("contexts"));
    Files.copy(home.resolve("context"), docsHome.resolve("context"));
    Files.writeString(programs.resolve("password.txt"), "a password\n");
    String oldKey = programs.resolve("old.key").toString();
    assertThat(ubc("wallet", "faucet", "--wallet", oldKey).exitCode()).isZero();
    String nodeKey = root.resolve("node").resolve("node.key").toString();
    assertThat(ubc("wallet", "faucet", "--wallet", nodeKey).exitCode()).isZero();
    String keystore = programs.resolve("keystore.json").toString();
    String password = programs.resolve("password.txt").toString();
    assertThat(
            ubc(
                    "wallet",
                    "export",
                    keystore,
                    "--password-file",
                    password,
                    "--wallet",
                    otherWallet())
                .exitCode())
        .isZero();
    assertThat(run(pages, root, docsHome) + run(help, programs, docsHome))
        .isGreaterThanOrEqualTo(30);
  }

  private String otherWallet() {
    return directory.resolve("other.key").toString();
  }

  // Networks, the demonstration and what is done to a network's files are run by other tests; their
  // lines must be such that they would start.
  private int run(List<Shown> shown, Path at, Path docsHome)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (Shown one : shown) {
      String line = one.line().replace("http://127.0.0.1:8080", up.url());
      List<String> words = LineRunner.words(line);
      if (words.size() > 1 && RUN_ELSEWHERE.contains(words.get(1))) {
        new CommandLine(new Main())
            .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
      } else {
        lines.add(one.where() + "\t" + line);
      }
    }
    Path file = Files.write(at.resolve("lines"), lines);
    Map<String, String> variables =
        Map.of(
            "UBC_HOME", docsHome.toString(),
            "UBC_GATEWAY", up.url(),
            "UBC_WALLET", home.resolve("wallet.key").toString());
    Ended ended = command.lines(at, file, variables);
    assertThat(ended.out()).as(ended.err()).isEqualTo("ran " + lines.size() + "\n");
    return lines.size();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  @Test
  @Order(8)
  void afterAStopTheNetworkGoesOnWithTheSameState() throws Exception {
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
  void aSecondNetworkSaysWhatIsInItsWay() throws Exception {
    String data = directory.resolve("network").toString();
    Ended sameDirectory = command.run("up", "--port", "0", "--data", data);
    assertThat(sameDirectory.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(sameDirectory.err())
        .contains(data, "is in use by process ", "choose another directory");
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
  void aStopInTheMiddleOfTheStartLeavesNothingBehind() throws Exception {
    Path data = directory.resolve("stopped");
    try (Up starting =
        command.upUntil("starting PostgreSQL", "--port", "0", "--data", data.toString())) {
      assertThat(starting.stop("TERM")).isZero();
    }
    assertThat(ProcessHandle.allProcesses())
        .extracting(process -> process.info().commandLine().orElse(""))
        .noneMatch(line -> line.contains(data.toString()));
  }

  @Test
  @Order(9)
  void withoutANetworkACommandSaysHowToStartOne() throws Exception {
    Ended ended =
        command.run("account", "--gateway", "http://127.0.0.1:" + CommandProcess.freePort());
    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(ended.err()).startsWith("ubc: ").contains("ubc up");
  }

  // What a job holds moves when its windows end; then the free balance says what was spent.
  private long settledMicros() throws UbcException, InterruptedException {
    AtomicReference<String> out = new AtomicReference<>("");
    until(() -> {
      out.set(ubc("account").out());
      return micros(out.get(), "held by jobs") == 0;
    });
    return micros(out.get(), "free");
  }

  private int jobs() {
    return (int) ubc("jobs", "list", "--limit", "1000").out().lines().count();
  }

  // Looks again whenever something happens on the ledger, or a while has passed.
  private void until(BooleanSupplier holds) throws UbcException, InterruptedException {
    try (UbcClient client = UbcClient.connect(URI.create(up.url()));
        EventStream news = client.stream(OptionalInt.empty(), client.headSeq())) {
      for (int i = 0; i < READS_MAX; i++) {
        if (holds.getAsBoolean()) {
          return;
        }
        news.next(READ_PAUSE_MS);
      }
    }
    throw new AssertionError("what is waited for does not come");
  }

  private static long micros(String account, String line) {
    Matcher matcher = Pattern.compile(line + " +([0-9.]+) COMPUTE").matcher(account);
    assertThat(matcher.find()).as(account).isTrue();
    return new BigDecimal(matcher.group(1)).movePointRight(6).longValueExact();
  }
}
