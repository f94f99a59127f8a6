package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.CommandProcess.Up;
import ai.ubc.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A network that other machines take part in, and one of those. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class OpenNetworkIT {
  private static final String PRIMES =
      Path.of("..").toAbsolutePath().normalize().resolve("examples/primes.wasm").toString();

  private Path directory = Path.of("");
  private Path network = Path.of("");
  private Up up;
  private String invited = "";

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    network = directory.resolve("network");
    up =
        new CommandProcess(directory.resolve("host"))
            .up("--listen", "0.0.0.0", "--port", "0", "--data", network.toString());
  }

  @AfterAll
  void stop() {
    up.close();
  }

  // A user on another machine.
  private Ended ubc(String... arguments) {
    return new CommandHere(Map.of("UBC_HOME", directory.resolve("guest").toString()))
        .run(arguments);
  }

  private static void isUnsafe(Ended ended, String why) {
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err())
        .startsWith("ubc: UNSAFE_GATEWAY: ")
        .contains(why, "Nothing was sent", "ubc invite");
  }

  @Test
  @Order(1)
  void theLineOfTheInvitationIsAllThatAnotherMachineNeeds() throws Exception {
    assertThat(up.url()).matches("https://127\\.0\\.0\\.1:\\d+#sha256=[0-9a-f]{64}");
    Ended ended = ubc("invite", "--data", network.toString(), "--host", "127.0.0.1");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).isEqualTo("./ubc provider --gateway '" + up.url() + "'\n");
    List<String> words = LineRunner.words(ended.out().strip());
    invited = words.getLast();
    String[] line = words.subList(1, words.size()).toArray(String[]::new);
    try (Up guest = new CommandProcess(directory.resolve("guest")).startUntil("ready ", line)) {
      assertThat(guest.url()).startsWith("account ");
      Ended ran = ubc("run", PRIMES, "--check", "none", "--gateway", invited, "--", "1000");
      assertThat(ran.out()).as(ran.err()).contains("168");
      assertThat(ubc("provider", "status").out()).contains("runs on this machine");
      assertThat(guest.stop("TERM")).isZero();
    }
  }

  @Test
  @Order(2)
  void whoDoesNotHoldTheKeyOrCanBeOverheardIsSentNothing() {
    String other = invited.substring(0, invited.length() - 1);
    other += invited.endsWith("0") ? "1" : "0";
    isUnsafe(ubc("market", "--gateway", other), "not the one that was named");
    String unpinned = invited.substring(0, invited.indexOf('#'));
    isUnsafe(ubc("market", "--gateway", unpinned), "is not trusted");
    isUnsafe(ubc("market", "--gateway", "http://192.0.2.1:8080"), "not encrypted");
  }

  @Test
  @Order(3)
  void aContextKeepsTheKeyAndTheNetworkKeepsItOverARestart() throws Exception {
    assertThat(ubc("context", "use", "far", "--gateway", invited).exitCode()).isZero();
    assertThat(ubc("market").out()).contains("0.01 COMPUTE");
    assertThat(up.stop("TERM")).isZero();
    String port = invited.replaceAll(".*:(\\d+)#.*", "$1");
    up =
        new CommandProcess(directory.resolve("host"))
            .up("--listen", "0.0.0.0", "--port", port, "--data", network.toString());
    assertThat(up.url()).isEqualTo(invited);
    assertThat(ubc("market").exitCode()).isZero();
  }

  @Test
  @Order(4)
  void aNetworkThatOthersCanNotReachInvitesNobody() throws IOException {
    Path closed = Files.createDirectories(directory.resolve("closed"));
    Ended none = ubc("invite", "--data", closed.toString());
    assertThat(none.err()).startsWith("ubc: NOT_RUNNING: ").contains("ubc up --listen 0.0.0.0");
    Path gateway = Files.createDirectories(closed.resolve("gateway"));
    Files.writeString(gateway.resolve("listening"), "127.0.0.1\nhttp://127.0.0.1:8080\n");
    Ended loopback = ubc("invite", "--data", closed.toString());
    assertThat(loopback.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(loopback.err())
        .startsWith("ubc: LOOPBACK_ONLY: ")
        .contains("ubc up --listen 0.0.0.0");
    assertThat(ubc("up", "--tls-cert", "c.pem").err()).contains("go together");
    assertThat(ubc("up", "--listen", "no such address").exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
