package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.CommandProcess.Up;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.domain.rules.JobLimits;
import ai.ubc.sdk.EventStream;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.Wallet;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobOrder;
import ai.ubc.sdk.job.SecretStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
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

/**
 * Jobs that cost less than anybody asks: they wait, hold their money meanwhile, are taken back, and
 * are taken by who comes to ask less.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class WaitingJobsIT {
  private static final Path EXAMPLES =
      Path.of("..").toAbsolutePath().normalize().resolve("examples");
  private static final String PRIMES = EXAMPLES.resolve("primes.wasm").toString();
  private static final String WORDCOUNT = EXAMPLES.resolve("wordcount.wasm").toString();
  // Those of the network ask 0.01.
  private static final String CHEAP = "0.005";
  private static final int LOOKS_MAX = 300;
  private static final long LOOK_PAUSE_MS = 300;

  private Path directory = Path.of("");
  private Path home = Path.of("");
  private CommandProcess command = new CommandProcess(Path.of(""));
  private Up up;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    home = directory.resolve("home");
    command = new CommandProcess(home);
    up = command.up(CommandProcess.freePort(), directory.resolve("network"));
    good("wallet", "faucet");
  }

  @AfterAll
  void stop() {
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

  private String[] cheap(String... more) {
    return all(new String[] {"run", PRIMES, "--check", "none", "--max-unit-price", CHEAP}, more);
  }

  private static String[] all(String[] first, String... more) {
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
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

  private String newest() {
    return good("jobs", "list", "--limit", "1").out();
  }

  private static String number(String line) {
    Matcher matcher = Pattern.compile("job (\\d+) ").matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    return matcher.group(1);
  }

  private static String field(Path json, String name) throws IOException {
    String text = Files.readString(json);
    Matcher found = Pattern.compile("\"" + name + "\" : \"?([^\",\\s]+)").matcher(text);
    assertThat(found.find()).as("%s in %s", name, text).isTrue();
    return found.group(1);
  }

  private static void signal(Process process, String signal) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  @Test
  @Order(1)
  void whatIsNotToWaitEndsAtOnceAndAQuoteSaysWhatWouldWait() {
    Ended refused = ubc(cheap("--wait", "0"));
    assertThat(refused.exitCode()).isEqualTo(ExitCode.NO_OFFER_OR_DEADLINE);
    assertThat(refused.err()).startsWith("ubc: NO_OFFER: ");
    assertThat(ubc(cheap("--wait", "0s")).err()).isEqualTo(refused.err());
    assertThat(ubc(cheap("--wait", "-1s")).err()).contains("--wait: \"-1s\" is not a time");
    Ended quote = ubc("quote", "--max-unit-price", CHEAP, "--check", "none");
    assertThat(quote.exitCode()).isEqualTo(ExitCode.NO_OFFER_OR_DEADLINE);
    assertThat(quote.out())
        .contains("NO_OFFER", "at most 0.005 COMPUTE for 1 G instructions", "held meanwhile");
    String[] dear = {"quote", "--max-price", "0.0103", "--check", "none", "--measure"};
    Ended tooDear = ubc(all(dear, PRIMES, "--", "60000000"));
    assertThat(tooDear.exitCode()).as(tooDear.out()).isEqualTo(ExitCode.NO_OFFER_OR_DEADLINE);
    assertThat(tooDear.out()).contains("COST_LIMIT", "run waits", "--max-unit-price sets it");
    assertThat(good("jobs", "list").out()).contains("no job yet");
  }

  @Test
  @Order(1)
  void aMapWhoseJobsHaveTooLittleSaysHowMuchTheyHaveAndWhatToDo() throws IOException {
    String[] map = {
      "map",
      WORDCOUNT,
      "--each",
      EXAMPLES.resolve("texts").resolve("*").toString(),
      "--out",
      directory.resolve("poor").toString(),
      "--budget",
      "0.00002",
      "--jobs",
      "1"
    };
    Path json = directory.resolve("poor.json");
    Ended poor = ubc(all(map, "--json", json.toString()));
    assertThat(poor.exitCode()).isEqualTo(ExitCode.BUDGET);
    assertThat(poor.err())
        .containsPattern("ubc: COST_LIMIT: a job of \\d items has 0.00002 COMPUTE of the budget")
        .contains("Raise --budget, or have less of it go to checking: --check none costs least.")
        .doesNotContain("micro");
    assertThat(field(json, "refusal")).isEqualTo("51");
    assertThat(good("jobs", "list").out()).contains("no job yet");
  }

  @Test
  @Order(2)
  void aJobWaitsWithItsMoneyHeldAndAnotherShellTakesItBack() {
    String before = good("account").out();
    Ended detached = good(cheap("--wait", "1h", "--id", "cheap", "--detach"));
    String job = number("job " + detached.out().replaceAll("\\D+", "") + " ");
    assertThat(detached.out()).isEqualTo("ubc jobs wait " + job + "\n");
    assertThat(newest())
        .contains("job " + job, "WAITING", " COMPUTE held", "at most 0.005 COMPUTE", "until ");
    assertThat(good("account").out()).contains("job " + job + " order").isNotEqualTo(before);
    assertThat(good("market").out()).contains("waiting", "1 job", "0.005 COMPUTE");
    assertThat(good("jobs", "logs", job).out()).contains("waited    for an offer", "WAITING");
    assertThat(good("jobs", "cancel", "--id", "cheap").out())
        .contains("job " + job + " is taken back", "have returned");
    assertThat(good("account").out()).isEqualTo(before);
    assertThat(good("market").out()).doesNotContain("waiting");
    assertThat(good("jobs", "cancel", job).out()).contains("is taken back");
    assertThat(newest()).contains("CANCELLED", "nothing paid");
    Ended waited = ubc("jobs", "wait", job);
    assertThat(waited.exitCode()).isEqualTo(ExitCode.NO_OFFER_OR_DEADLINE);
    assertThat(waited.err()).startsWith("ubc: CANCELLED: ").contains("You paid nothing");
    assertThat(ubc("jobs", "cancel", "--id", "never").err()).startsWith("ubc: UNKNOWN_ID: ");
  }

  @Test
  @Order(2)
  void aWaitThatEndsEndsTheJobAndCostsNothing() throws Exception {
    String before = good("account").out();
    Path json = directory.resolve("unmatched.json");
    Ended unmatched = ubc(cheap("--wait", "1s", "--json", json.toString()));
    assertThat(unmatched.exitCode()).isEqualTo(ExitCode.NO_OFFER_OR_DEADLINE);
    assertThat(unmatched.err()).startsWith("ubc: UNMATCHED: ").doesNotContain("receipt");
    assertThat(field(json, "outcome")).isEqualTo("UNMATCHED");
    assertThat(good("account").out()).isEqualTo(before);
    Ended late = ubc("jobs", "cancel", number(newest()));
    assertThat(late.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(late.err()).startsWith("ubc: TOO_LATE: ").contains("has ended UNMATCHED");
  }

  @Test
  @Order(2)
  void theOtherKeysOfAnAccountDoNotTakeBackWhatASessionKeyBought() throws Exception {
    String agent = directory.resolve("agent.key").toString();
    String other = directory.resolve("other.key").toString();
    for (String key : new String[] {agent, other}) {
      good("key", "new", "--budget", "1", "--expires", "1h", "--out", key);
    }
    good(cheap("--wait", "1h", "--detach", "--wallet", agent));
    String job = number(newest());
    assertThat(good("account", "--wallet", agent).out()).doesNotContain("1 of 1 COMPUTE left");
    assertThat(ubc("jobs", "cancel", job, "--wallet", other).err()).startsWith("ubc: NOT_PARTY: ");
    good("jobs", "cancel", job, "--wallet", agent);
    assertThat(good("account", "--wallet", agent).out()).contains("1 of 1 COMPUTE left");
    good(cheap("--wait", "1h", "--detach", "--wallet", agent));
    job = number(newest());
    assertThat(good("key", "revoke", agent).out())
        .contains("that wait for an offer: " + job, "ubc jobs cancel JOB");
    assertThat(good("jobs", "cancel", job).out()).contains("is taken back");
    assertThat(good("key", "revoke", other).out()).doesNotContain("wait for an offer");
  }

  @Test
  @Order(2)
  void aNameWhoseJobWasTakenBackOrFoundNobodyBuysAnew() {
    String[] named = cheap("--wait", "1h", "--id", "again", "--detach");
    good(named);
    String first = number(newest());
    good(named);
    assertThat(number(newest())).as("it waits").isEqualTo(first);
    good("jobs", "cancel", "--id", "again");
    Ended unmatched = ubc(cheap("--wait", "1s", "--id", "again"));
    assertThat(unmatched.err()).startsWith("ubc: UNMATCHED: ").contains("the same --id");
    String second = number(newest());
    assertThat(second).isNotEqualTo(first);
    good(named);
    assertThat(number(newest())).isNotIn(first, second);
    good("jobs", "cancel", "--id", "again");
  }

  @Test
  @Order(3)
  void aCtrlCTakesTheJobBackAndSaysSo() throws Exception {
    String before = good("account").out();
    for (Map.Entry<String, Integer> signal : Map.of("INT", 130, "TERM", 143).entrySet()) {
      Path err = directory.resolve("left.err");
      Path json = directory.resolve(signal.getKey() + ".json");
      Process run = command.begin(err, cheap("--wait", "1h", "--json", json.toString()));
      until(() -> newest().contains("WAITING"));
      String job = number(newest());
      signal(run, signal.getKey());
      assertThat(run.waitFor()).isEqualTo(signal.getValue());
      assertThat(Files.readString(err)).contains("job " + job + " is taken back");
      assertThat(field(json, "outcome")).isEqualTo("CANCELLED");
      assertThat(field(json, "exitCode")).isEqualTo(signal.getValue().toString());
      assertThat(field(json, "job")).isEqualTo(job);
      assertThat(newest()).contains("CANCELLED");
      assertThat(good("account").out()).isEqualTo(before);
    }
  }

  @Test
  @Order(4)
  void whoComesAndAsksLessTakesWhatWaitsAlsoOfAMapThatWasStopped() throws Exception {
    Path out = directory.resolve("counts");
    String[] map = {
      "map",
      WORDCOUNT,
      "--each",
      EXAMPLES.resolve("texts").resolve("*").toString(),
      "--out",
      out.toString(),
      "--budget",
      "2",
      "--jobs",
      "2",
      "--check",
      "none",
      "--max-unit-price",
      CHEAP,
      "--wait",
      "1h"
    };
    Path left = directory.resolve("map.err");
    Path json = directory.resolve("map.json");
    Process stopped = command.begin(left, all(map, "--json", json.toString()));
    until(() -> good("market").out().contains("2 jobs"));
    signal(stopped, "TERM");
    assertThat(stopped.waitFor()).isEqualTo(143);
    assertThat(Files.readString(left)).contains("is taken back", "the same command again");
    assertThat(field(json, "outcome")).isEqualTo("STOPPED");
    assertThat(good("market").out()).doesNotContain("2 jobs");

    Path err = directory.resolve("taken.err");
    Process run = command.begin(err, cheap("--wait", "1h", "--id", "taken", "--", "1000"));
    until(() -> newest().contains("WAITING"));
    String job = number(newest());
    String data = directory.resolve("provider").toString();
    try (Up provider =
        command.startUntil("ready ", "provider", "--data", data, "--min-price", "0.004")) {
      assertThat(run.waitFor()).as(Files.readString(err)).isZero();
      Ended repeated = good(cheap("--wait", "1h", "--id", "taken", "--", "1000"));
      assertThat(repeated.out()).contains("primes up to 1000");
      assertThat(good("jobs", "logs", job).out())
          .contains("WAITING", "LEASED", "provider  account ", "judged    UNCHECKED");
      Ended late = ubc("jobs", "cancel", "--id", "taken");
      assertThat(late.err()).startsWith("ubc: TOO_LATE: ");
      assertThat(good("provider", "why", job, "--data", data).out())
          .contains("you won it", "0.004 COMPUTE", "no more than 0.005 COMPUTE");
      assertThat(good("provider", "why", "1", "--data", data).out())
          .contains("before your account was opened");
      String[] cheaper = {"run", PRIMES, "--max-unit-price", "0.003", "--check", "none"};
      assertThat(ubc(all(cheaper, "--wait", "1s")).err()).startsWith("ubc: UNMATCHED: ");
      assertThat(good("provider", "why", number(newest()), "--data", data).out())
          .contains(
              "nobody won it", "at no more than 0.003 COMPUTE", "at 0.004 COMPUTE", "asked more");
      Ended mapped = good(map);
      assertThat(mapped.out()).contains("together ");
      assertThat(provider.url()).contains("0.004 COMPUTE");
    }
  }

  @Test
  @Order(5)
  void whoHasAsManyWaitingJobsAsMayWaitIsToldThatTheyAreItsOwn() throws Exception {
    String[] cheapest = {"run", PRIMES, "--max-unit-price", "0.001", "--check", "none"};
    String[] waiting = all(cheapest, "--max-price", "0.03", "--wait", "1h", "--detach");
    try (UbcClient client = UbcClient.connect(URI.create(up.url()))) {
      Wallet wallet = Wallet.load(home.resolve("wallet.key"));
      JobClient jobs =
          new JobClient(Session.open(client, wallet).orElseThrow(), SecretStore.inMemory());
      JobOrder order =
          JobOrder.of(Path.of(PRIMES), 30_000).limitPriceMicros(1).waitMs(3_600_000).build();
      for (int i = 0; i < JobLimits.WAITING_PER_ACCOUNT_MAX; i++) {
        jobs.submit(order);
      }
    }
    Ended refused = ubc(waiting);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(refused.err())
        .startsWith(
            "ubc: LIMIT_REACHED: "
                + JobLimits.WAITING_PER_ACCOUNT_MAX
                + " jobs of your own wait for an offer already")
        .contains("\"ubc jobs cancel JOB\"", "This one was not bought.")
        .doesNotContain("Try later");
    good("jobs", "cancel", number(newest()));
    good(waiting);
  }
}
