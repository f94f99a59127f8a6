package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.MarketView;
import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.CommandProcess.Up;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.sdk.EventStream;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Keys of a user and of a node are changed on a running network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyRotationIT {
  private static final String PRIMES =
      Path.of("..", "examples", "primes.wasm").toAbsolutePath().normalize().toString();

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
    return new CommandHere(Map.of("UBC_HOME", home.toString())).run(new byte[0], arguments);
  }

  private static long micros(String account, String line) {
    Matcher matcher = Pattern.compile(line + " +([0-9.]+) COMPUTE").matcher(account);
    assertThat(matcher.find()).as(account).isTrue();
    return new BigDecimal(matcher.group(1)).movePointRight(6).longValueExact();
  }

  @Test
  void anAccountGoesToANewKeyWithAllThatItHas() throws IOException {
    Path movedHome = directory.resolve("moved");
    Path moved = Files.createDirectories(movedHome.resolve("contexts"));
    String old = movedHome.resolve("wallet.key").toString();
    String next = movedHome.resolve("next.key").toString();
    Files.writeString(
        moved.resolve("local.context"),
        Files.readString(home.resolve("contexts").resolve("local.context"))
            .replaceAll("wallet=.*", "wallet=" + Matcher.quoteReplacement(old)));
    Files.writeString(movedHome.resolve("context"), "local\n");
    CommandHere owner = new CommandHere(Map.of("UBC_HOME", movedHome.toString()));
    assertThat(owner.run("wallet", "rotate", "--to", next).err()).startsWith("ubc: NO_KEY: ");
    assertThat(owner.run("wallet", "faucet", "--amount", "7").exitCode()).isZero();
    String agent = movedHome.resolve("agent.key").toString();
    assertThat(
            owner.run("key", "new", "--budget", "1", "--expires", "1h", "--out", agent).exitCode())
        .isZero();
    String account = owner.run("account").out();

    Ended rotated = owner.run("wallet", "rotate", "--to", next);
    assertThat(rotated.exitCode()).as(rotated.err()).isZero();
    assertThat(rotated.out()).contains("context  local uses this file from now on", next);
    Ended after = owner.run("account");
    assertThat(after.out().split("  ", 2)[0]).isEqualTo(account.split("  ", 2)[0]);
    assertThat(micros(after.out(), "free")).isEqualTo(micros(account, "free"));
    assertThat(owner.run("run", PRIMES, "--check", "none", "--", "100").exitCode()).isZero();

    Ended former = owner.run("account", "--wallet", old);
    assertThat(former.err()).startsWith("ubc: NO_ACCOUNT: ");
    Ended bought = owner.run("pay", "4", "0.01", "--wallet", agent);
    assertThat(bought.err()).startsWith("ubc: MANDATE_REVOKED: ");
    // As after a kill between the last answer and the change of the context.
    Ended again = owner.run("wallet", "rotate", "--wallet", old, "--to", next);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(owner.run("wallet", "rotate", "--to", next).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(owner.run("wallet", "rotate", "--to", agent).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ubc("wallet", "faucet").exitCode()).isZero();
    Ended taken = owner.run("wallet", "rotate", "--to", home.resolve("wallet.key").toString());
    assertThat(taken.err()).startsWith("ubc: OWNER_EXISTS: ");
  }

  @Test
  void aNodeUnderANewKeyKeepsItsBondAndEarnsOn() throws Exception {
    Path node = directory.resolve("cheap-node");
    Path key = node.resolve("node.key");
    String ready = startAndStop(node, () -> awaitOffer(key));
    String before = ubc("account", "--wallet", key.toString()).out();
    assertThat(offers(key)).as("a node that was told to stop takes its offers along").isEmpty();
    String next = node.resolve("new.key").toString();
    Ended rotated = ubc("wallet", "rotate", "--wallet", key.toString(), "--to", next);
    assertThat(rotated.exitCode()).as(rotated.err()).isZero();
    Files.move(key, node.resolve("old.key"));
    Files.move(Path.of(next), key);

    String again =
        startAndStop(
            node,
            () -> {
              Ended ran = ubc("run", PRIMES, "--check", "quorum", "--", "20000");
              assertThat(ran.exitCode()).as(ran.err()).isZero();
            });
    assertThat(again).isEqualTo(ready);
    String after = ubc("account", "--wallet", key.toString()).out();
    assertThat(micros(after, "free")).isGreaterThan(micros(before, "free"));
    assertThat(offers(key)).isEmpty();
  }

  /** What a node does while something else happens. */
  private interface Meanwhile {
    void happens() throws Exception;
  }

  private String startAndStop(Path node, Meanwhile meanwhile) throws Exception {
    try (Up provider =
        command.startUntil(
            "ready ",
            "provider",
            "--gateway",
            up.url(),
            "--data",
            node.toString(),
            "--min-price",
            "0.001")) {
      meanwhile.happens();
      provider.stop("TERM");
      return provider.url();
    }
  }

  // Looks again whenever something happens on the ledger, or a while has passed.
  private void awaitOffer(Path key) throws Exception {
    try (UbcClient client = UbcClient.connect(URI.create(up.url()));
        EventStream news = client.stream(OptionalInt.empty(), client.headSeq())) {
      for (int i = 0; i < READS_MAX && offers(key).isEmpty(); i++) {
        news.next(READ_PAUSE_MS);
      }
    }
  }

  private List<MarketView.Offer> offers(Path key) throws Exception {
    try (UbcClient client = UbcClient.connect(URI.create(up.url()))) {
      int account = Session.open(client, Wallet.load(key)).orElseThrow().account();
      return client.market(OptionalInt.of(account), 100, client.headSeq()).value().offers();
    }
  }
}
