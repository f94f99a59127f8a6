package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.CommandProcess.Up;
import ai.ubc.cli.DocumentedCommands.Shown;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.sdk.EventStream;
import ai.ubc.sdk.UbcClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
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

/** A machine that sells: starts, is looked after, leaves, and takes its money. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SellerIT {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final String PRIMES = REPOSITORY.resolve("examples/primes.wasm").toString();
  private static final Set<String> QUESTIONS = Set.of("status", "earnings", "why", "withdraw");
  private static final int LOOKS_MAX = 300;
  private static final long LOOK_PAUSE_MS = 300;

  private Path home = Path.of("");
  private CommandProcess command = new CommandProcess(Path.of(""));
  private Up up;
  private Up provider;
  private String account = "";
  private String kept = "";
  private int page;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    home = directory.resolve("home");
    command = new CommandProcess(home);
    up = command.up(CommandProcess.freePort(), directory.resolve("network"));
    page = CommandProcess.freePort();
    provider =
        command.startUntil(
            "ready ",
            "provider",
            "--cpus",
            "1",
            "--memory",
            "1G",
            "--min-price",
            "0.005",
            "--listen",
            String.valueOf(page));
  }

  @AfterAll
  void stop() {
    provider.close();
    up.close();
  }

  private Ended ubc(String... arguments) {
    return new CommandHere(Map.of("UBC_HOME", home.toString())).run(arguments);
  }

  private Ended good(String... arguments) {
    Ended ended = ubc(arguments);
    assertThat(ended.exitCode()).as(ended.err() + ended.out()).isZero();
    return ended;
  }

  private static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\" : \"?([^\",\\s]+)").matcher(json);
    assertThat(found.find()).as("%s in %s", name, json).isTrue();
    return found.group(1);
  }

  private String page(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI url = URI.create("http://127.0.0.1:" + page + path);
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  // Looks again after everything that happens on the ledger, and now and then beside it.
  private void until(BooleanSupplier isSo) throws Exception {
    try (UbcClient client = UbcClient.connect(URI.create(up.url()));
        EventStream news = client.stream(OptionalInt.empty(), client.headSeq())) {
      for (int i = 0; !isSo.getAsBoolean(); i++) {
        assertThat(i).as("looks until it was so").isLessThan(LOOKS_MAX);
        news.next(LOOK_PAUSE_MS);
      }
    }
  }

  @Test
  @Order(1)
  void aProviderFindsItsNetworkAndSaysHowItStands() throws Exception {
    assertThat(provider.url())
        .startsWith("account ")
        .contains("0.005 COMPUTE for 1 G units", "one program at a time, at most 1 GiB");
    account = provider.url().replaceAll("account (\\d+),.*", "$1");
    assertThat(good("provider", "status").out())
        .contains("account " + account, "runs on this machine", "100 COMPUTE")
        .contains("0.005 COMPUTE for 1 G", "nothing");
    assertThat(page("/health")).isEqualTo("200 {\"state\":\"working\"}\n");
    assertThat(page("/status")).contains("\"account\":" + account, "\"running\":[]");
    assertThat(good("provider", "earnings").out()).contains("No job of yours is judged yet.");
    assertThat(ubc("provider", "withdraw", "--bond").err()).contains("PROVIDER_RUNS");
    Ended nowhere = ubc("provider", "status", "--data", home.resolve("nowhere").toString());
    assertThat(nowhere.err()).startsWith("ubc: NO_PROVIDER: ").contains("--data");
  }

  @Test
  @Order(2)
  void oneThatIsToldToStopEndsItsJobTakesNoOtherAndLosesNothing() throws Exception {
    kept =
        field(
            good("run", PRIMES, "--check", "quorum", "--detach", "--json", "-", "--", "60000000")
                .out(),
            "job");
    assertThat(field(good("jobs", "logs", kept, "--json", "-").out(), "provider"))
        .isEqualTo(account);
    provider.signal("INT");
    until(() -> good("provider", "status").out().contains("none, so it gets no new work"));
    String other =
        field(
            good("run", PRIMES, "--check", "none", "--detach", "--json", "-", "--", "10").out(),
            "job");
    assertThat(field(good("jobs", "logs", other, "--json", "-").out(), "provider"))
        .isNotEqualTo(account);
    assertThat(provider.awaitEnd()).isZero();
    assertThat(good("jobs", "wait", kept).out()).contains("primes up to 60000000");
    assertThat(good("provider", "status").out()).contains("does not run");
    String earnings = good("provider", "earnings", "--json", "-").out();
    assertThat(field(earnings, "slashedMicros")).isEqualTo("0");
    assertThat(Long.parseLong(field(earnings, "paidMicros"))).isPositive();
    assertThat(good("provider", "why", kept).out())
        .contains("you won it", "accepted: of 3 drawn validators", "paid ");
    assertThat(good("provider", "why", other).out())
        .contains("it went to provider", "you had no offer on the book");
  }

  @Test
  @Order(3)
  void whatTheGuideAndTheHelpShowOfALookedAfterProviderRuns() throws Exception {
    String owner = field(good("wallet", "show", "--json", "-").out(), "address");
    List<Shown> shown = new ArrayList<>(DocumentedCommands.inHelp());
    shown.addAll(DocumentedCommands.inPages(REPOSITORY));
    int ran = 0;
    for (Shown one : shown) {
      List<String> words = LineRunner.words(one.line().replaceAll("0x[0-9a-f]{40}", owner));
      if (words.size() > 2 && words.get(1).equals("provider") && QUESTIONS.contains(words.get(2))) {
        String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
        // A bond is free some seconds after its last job.
        until(() -> ubc(arguments).exitCode() == 0);
        ran++;
      }
    }
    assertThat(ran).isGreaterThanOrEqualTo(10);
  }

  @Test
  @Order(4)
  void itsMoneyGoesToItsOwnerAndItsBondOnceNoJobHoldsIt() throws Exception {
    String owner = field(good("wallet", "show", "--json", "-").out(), "address");
    Ended paid = good("provider", "withdraw", "--to", owner, "--amount", "0.5");
    assertThat(paid.out()).startsWith("0.5 COMPUTE paid to account ");
    Ended much = ubc("provider", "withdraw", "--to", owner, "--amount", "5000");
    assertThat(much.exitCode()).isEqualTo(ExitCode.BUDGET);
    assertThat(much.err()).startsWith("ubc: INSUFFICIENT_FUNDS: ");
    assertThat(ubc("provider", "withdraw").exitCode()).isEqualTo(ExitCode.USAGE);
    String stranger = "0x00000000000000000000000000000000000000aa";
    assertThat(ubc("provider", "withdraw", "--to", stranger).err())
        .startsWith("ubc: UNKNOWN_PAYEE: ");
    until(() -> ubc("provider", "withdraw", "--bond", "--to", owner).exitCode() == 0);
    assertThat(good("provider", "withdraw", "--bond", "--to", owner).out())
        .contains("no bond is free", "nothing is free to pay");
    assertThat(field(good("provider", "status", "--json", "-").out(), "providerBondMicros"))
        .isEqualTo("0");
  }

  @Test
  @Order(5)
  void aSecondCtrlCStopsItAtOnceAndHoursKeepItsOffersAway() throws Exception {
    Path data = Files.createDirectories(home.resolve("night"));
    String hours = hoursThatAreOver();
    provider =
        command.startUntil(
            "ready ", "provider", "--cpus", "1", "--data", data.toString(), "--hours", hours);
    assertThat(provider.url()).contains("so no offer stands now");
    assertThat(good("provider", "status", "--data", data.toString()).out())
        .contains("none, so it gets no new work");
    provider.signal("INT");
    assertThat(provider.stop("INT")).isZero();
  }

  // Two hours that begin in eleven.
  private static String hoursThatAreOver() {
    int hour = LocalTime.now(ZoneOffset.UTC).getHour();
    return (hour + 11) % 24 + "-" + (hour + 13) % 24 + "UTC";
  }
}
