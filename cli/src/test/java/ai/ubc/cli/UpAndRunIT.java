package ai.ubc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.CommandProcess.Up;
import ai.ubc.cli.command.ExitCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code up} in one process and the client commands in others, as in two shells. The order is that
 * of a day.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class UpAndRunIT {
  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
  private static final String WORDCOUNT = EXAMPLES.resolve("wordcount.wasm").toString();
  private static final String PRIMES = EXAMPLES.resolve("primes.wasm").toString();
  private static final String PICTURE = EXAMPLES.resolve("picture.wasm").toString();

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
    long before = freeMicros();
    Ended ended = ubc("run", PRIMES, "--arg", "20000", "--max-price", "0.5", "--check", "quorum");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    long after = freeMicros();
    assertThat(before - after).isBetween(1L, 500_000L);
  }

  @Test
  @Order(6)
  void whatCanNotBeDoneSaysWhyAndWhatToDo() throws IOException, InterruptedException {
    Ended missing = ubc("run", directory.resolve("missing.wasm").toString());
    assertThat(missing.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(missing.err()).startsWith("ubc: ").contains("missing.wasm");
    Path noProgram = Files.writeString(directory.resolve("no-program.wasm"), "this is no program");
    Ended invalid = ubc("run", noProgram.toString(), "--check", "none");
    assertThat(invalid.exitCode()).isEqualTo(ExitCode.TRAP_OR_LIMIT);
    assertThat(invalid.err()).startsWith("ubc: ");
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
  void afterAStopTheNetworkGoesOnWithTheSameState() throws IOException, InterruptedException {
    String account = ubc("account").out();
    long before = freeMicros();
    assertThat(up.stop("TERM")).isZero();
    up = command.up(CommandProcess.freePort(), directory.resolve("network"));
    assertThat(freeMicros()).isEqualTo(before);
    assertThat(ubc("account").out().lines().findFirst()).isEqualTo(account.lines().findFirst());
    assertThat(ubc("run", PRIMES, "--arg", "1000").exitCode()).isZero();
    assertThat(up.stop("INT")).isZero();
  }

  @Test
  @Order(8)
  void withoutANetworkACommandSaysHowToStartOne() throws IOException, InterruptedException {
    Ended ended =
        command.run("account", "--gateway", "http://127.0.0.1:" + CommandProcess.freePort());
    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(ended.err()).startsWith("ubc: ").contains("ubc up");
  }

  private long freeMicros() throws IOException, InterruptedException {
    String out = ubc("account").out();
    Matcher matcher = Pattern.compile("free +([0-9.]+) COMPUTE").matcher(out);
    assertThat(matcher.find()).as(out).isTrue();
    return new BigDecimal(matcher.group(1)).movePointRight(6).longValueExact();
  }
}
