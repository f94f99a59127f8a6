package ai.ubc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.evidence.ReceiptVerifier;
import ai.ubc.codec.evidence.Supplied;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What client commands do where no network answers. */
final class OfflineCommandsTest {
  private static final String NOWHERE = "http://127.0.0.1:1";

  @TempDir private Path directory;
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void home() {
    variables.put("UBC_HOME", directory.resolve("home").toString());
  }

  private Ended ubc(String... arguments) {
    return new CommandHere(variables).run(arguments);
  }

  private void context(String name, String text) throws IOException {
    Path contexts = Files.createDirectories(directory.resolve("home").resolve("contexts"));
    Files.writeString(contexts.resolve(name + ".context"), text);
  }

  @Test
  void theFlagComesBeforeTheVariableAndTheVariableBeforeTheContext() throws IOException {
    context("home", "gateway=http://127.0.0.1:3\nwallet=/nowhere/w.key\nfingerprint=0x12\n");
    assertThat(ubc("context", "use", "home").exitCode()).isZero();
    assertThat(ubc("market").err()).contains("no gateway answers at http://127.0.0.1:3.");
    variables.put("UBC_GATEWAY", "http://127.0.0.1:2");
    assertThat(ubc("market").err()).contains("no gateway answers at http://127.0.0.1:2.");
    Ended flag = ubc("market", "--gateway", NOWHERE);
    assertThat(flag.err()).startsWith("ubc: UNREACHABLE: no gateway answers at " + NOWHERE + ".");
    assertThat(flag.exitCode()).isEqualTo(ExitCode.FAILURE);
    variables.put("UBC_GATEWAY", "http://not a gateway");
    assertThat(ubc("market").err()).contains("UBC_GATEWAY is no URL");
  }

  @Test
  void theWalletIsTheFlagsElseTheVariablesElseTheContextsElseTheHomes() throws IOException {
    assertThat(ubc("wallet", "show").out())
        .contains(directory.resolve("home").resolve("wallet.key").toString());
    String third = directory.resolve("third.key").toString();
    context("other", "gateway=" + NOWHERE + "\nwallet=" + third + "\nfingerprint=0x12\n");
    assertThat(ubc("context", "use", "other").exitCode()).isZero();
    assertThat(ubc("wallet", "show").out()).contains(third);
    String second = directory.resolve("second.key").toString();
    variables.put("UBC_WALLET", second);
    assertThat(ubc("wallet", "show").out()).contains(second);
    String first = directory.resolve("first.key").toString();
    assertThat(ubc("wallet", "show", "--wallet", first).out()).contains(first);
  }

  @Test
  void aReceiptIsShownToWhoeverTrustsTheNetworkOfTheContextAsItIsVerified() throws Exception {
    Path held = Path.of("..", "codec", "src", "test", "receipts", "held.json");
    assertThat(ubc("receipt", "show", held.toString()).out())
        .contains("· issuer", "job 1: consistent, issuer unknown");
    byte[] file = Files.readAllBytes(held);
    String fingerprint = ReceiptVerifier.verify(file, Supplied.nothing()).network();
    context("home", "gateway=" + NOWHERE + "\nwallet=w.key\nfingerprint=" + fingerprint + "\n");
    assertThat(ubc("context", "use", "home").exitCode()).isZero();
    Path copy = directory.resolve("copy.json");
    Ended shown = ubc("receipt", "show", held.toString(), "--out", copy.toString());
    assertThat(shown.out())
        .contains("✓ issuer", "the provider's bond is still held", "ubc receipt show 1 --out FILE")
        .containsPattern("job 1: verified: [^\n]+\nwritten to " + copy + "\n$");
    assertThat(copy).hasBinaryContent(file);
    assertThat(ubc("receipt", "verify", held.toString()).out())
        .isEqualTo(shown.out().replace("written to " + copy + "\n", ""));
    assertThat(
            ubc("receipt", "show", held.toString(), "--out", copy.toString(), "--json", "-").out())
        .contains("\"writtenTo\" : \"" + copy + "\"", "\"heldUntilMs\"", "\"VERIFIED\"");
  }

  @Test
  void contextsAreListedAndShown() throws IOException {
    assertThat(ubc("context", "list").out()).contains("no context yet");
    assertThat(ubc("context", "show").err()).startsWith("ubc: NO_CONTEXT: ");
    assertThat(ubc("context", "use", "local").err()).contains("no context \"local\"", "--gateway");
    context("local", "gateway=" + NOWHERE + "\nwallet=w.key\nfingerprint=0x12\n");
    context("work", "gateway=" + NOWHERE + "\nwallet=w.key\nfingerprint=0x34\n");
    assertThat(ubc("context", "use", "work").out()).contains("fingerprint  0x34");
    assertThat(ubc("context", "list").out())
        .isEqualTo("  local  " + NOWHERE + "\n* work  " + NOWHERE + "\n");
    assertThat(ubc("context", "show", "--json", "-").out()).contains("\"fingerprint\" : \"0x34\"");
    context("work", "gateway=" + NOWHERE + "\n");
    Ended damaged = ubc("context", "show");
    assertThat(damaged.err()).contains("work.context", "does not say its wallet");
    assertThat(damaged.exitCode()).isEqualTo(ExitCode.FAILURE);
  }

  @Test
  void keysAreMadeExportedAndImportedAndNeverReplaced() throws IOException {
    String key = directory.resolve("a.key").toString();
    String made = ubc("wallet", "new", "--wallet", key).out();
    assertThat(made).contains("address  0x");
    Ended again = ubc("wallet", "new", "--wallet", key);
    assertThat(again.err()).startsWith("ubc: KEY_EXISTS: ");
    String keystore = directory.resolve("a.json").toString();
    String password =
        Files.writeString(directory.resolve("password"), "päss word\n", UTF_8).toString();
    String[] export = {"wallet", "export", keystore, "--wallet", key, "--password-file", password};
    assertThat(ubc(export).exitCode()).isZero();
    assertThat(ubc(export).err()).startsWith("ubc: KEY_EXISTS: ");
    String copy = directory.resolve("b.key").toString();
    String[] bring = {"wallet", "import", keystore, "--wallet", copy, "--password-file", password};
    assertThat(ubc(bring).out().replace(copy, key)).isEqualTo(made);
    assertThat(ubc(bring).err()).startsWith("ubc: KEY_EXISTS: ");
    bring[4] = directory.resolve("c.key").toString();
    bring[2] = directory.resolve("missing.json").toString();
    assertThat(ubc(bring).exitCode()).isEqualTo(ExitCode.FAILURE);
    bring[6] = directory.resolve("no-password").toString();
    bring[2] = keystore;
    assertThat(ubc(bring).err()).contains("--password-file");
  }

  @Test
  void whatIsWrongWithAKeyFileIsSaidWithItsNameOnce() throws IOException {
    String key = directory.resolve("a.key").toString();
    String[] show = {"wallet", "show", "--wallet", key};
    Files.writeString(Path.of(key), "no key");
    Files.setPosixFilePermissions(Path.of(key), PosixFilePermissions.fromString("rw-------"));
    assertThat(ubc(show).err())
        .isEqualTo(
            "ubc: the key file "
                + key
                + " does not hold 64 hexadecimal digits of a secp256k1 key\n");
    Files.setPosixFilePermissions(Path.of(key), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(ubc(show).err())
        .startsWith("ubc: the key file " + key + " is open to others (rw-r--r--); close it with: ");
    show[3] = directory.toString();
    String directoryNamed = "ubc: the key file " + directory + " is a directory; name a file in it";
    assertThat(ubc(show).err()).startsWith(directoryNamed);
    assertThat(ubc("wallet", "rotate", "--wallet", show[3], "--to", key).err())
        .startsWith(directoryNamed);
    assertThat(ubc("wallet", "new", "--wallet", show[3]).err())
        .startsWith("ubc: " + directory + " is a directory");
    String missing = directory.resolve("missing.json").toString();
    String[] bring = {"wallet", "import", missing, "--password-file", key, "--wallet", key + "2"};
    assertThat(ubc(bring).err())
        .isEqualTo("ubc: " + missing + " can not be imported: there is no such file\n");
  }

  @Test
  void aFailureIsInTheJsonToo() {
    Path json = directory.resolve("outcome.json");
    Ended failed = ubc("account", "--gateway", NOWHERE, "--json", json.toString());
    assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(json)
        .content()
        .contains(
            "\"outcome\" : \"UNREACHABLE\"", "\"exitCode\" : 125", "\"command\" : \"ubc account\"");
    Ended unwritable =
        ubc("wallet", "show", "--json", directory.resolve("none").resolve("x.json").toString());
    assertThat(unwritable.err()).contains("--json", "can not be written");
  }

  @Test
  void theDoctorNamesWhatIsMissingAndItsReportNamesNobody() {
    Path report = directory.resolve("report.txt");
    Ended ended = ubc("doctor", "--gateway", NOWHERE, "--bundle", report.toString());
    assertThat(ended.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(ended.out()).contains("ok   java ", "BAD  network ", directory.toString());
    assertThat(report)
        .content()
        .contains("UBC_HOME", "BAD  network ")
        .doesNotContain(directory.toString());
    ubc("wallet", "show");
    ubc("doctor", "--gateway", NOWHERE, "--bundle", report.toString());
    assertThat(report).content().contains("ADDRESS in UBC_HOME").doesNotContain("0x");
    Ended unwritable = ubc("doctor", "--bundle", directory.toString());
    assertThat(unwritable.err()).contains("can not be written");
  }

  @Test
  void theCompletionIsAScriptThatKnowsTheCommands() {
    assertThat(ubc("completion").out())
        .startsWith("#!")
        .contains("jobs", "cancel", "--max-price", "--wait");
  }

  @Test
  void aWaitIsATimeOrNoneAndAJobHasOneName() {
    String program = Path.of("..", "examples", "primes.wasm").toString();
    for (String wait : new String[] {"8d", "soon", "-1"}) {
      Ended ended = ubc("run", program, "--wait", wait);
      assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(ended.err()).contains("--wait");
    }
    Ended cheap = ubc("run", program, "--max-unit-price", "0.0001");
    assertThat(cheap.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(cheap.err()).contains("--max-unit-price: prices of 1 G begin at 0.001");
    for (String wait : new String[] {"7d", "0", "0s"}) {
      assertThat(ubc("run", program, "--wait", wait, "--gateway", NOWHERE).err())
          .startsWith("ubc: UNREACHABLE: ");
    }
    assertThat(ubc("jobs", "cancel", "1", "--gateway", NOWHERE).err())
        .startsWith("ubc: UNREACHABLE: ");
  }

  @Test
  void whatHasNoPlaceOrNoNameIsRefusedBeforeAnythingIsBought() throws IOException {
    String program = Path.of("..", "examples", "primes.wasm").toString();
    String file = Files.writeString(directory.resolve("no-directory"), "mine").toString();
    for (String[] line :
        new String[][] {
          {"run", program, "--out", file},
          {"run", program, "--out", ""},
          {"run", program, "--id", " "},
          {"jobs", "wait", "1", "--out", file},
          {"jobs", "fetch", "1", "--out", file},
          {"receipt", "show", "1", "--bodies", ""},
          {"receipt", "show", "1", "--out", ""}
        }) {
      Ended ended = ubc(line);
      assertThat(ended.exitCode()).as(String.join(" ", line)).isEqualTo(ExitCode.USAGE);
      assertThat(ended.err()).startsWith("ubc: --");
    }
    assertThat(Path.of(file)).hasContent("mine");
  }

  @Test
  void aGroupOfCommandsShowsWhatThereIs() {
    for (String group : new String[] {"jobs", "wallet", "context", "new"}) {
      Ended ended = ubc(group);
      assertThat(ended.exitCode()).isZero();
      assertThat(ended.out()).contains("Commands:");
    }
  }

  @Test
  void filesToMapMustBeThereAndHaveNamesOfTheirOwn() throws IOException {
    Path program = Path.of("..", "examples", "primes.wasm");
    String out = directory.resolve("out").toString();
    String none = directory.resolve("none").resolve("*").toString();
    String[] map = {"map", program.toString(), "--each", none, "--out", out, "--budget", "1"};
    assertThat(ubc(map).err()).contains("no file is or matches");
    for (String name : new String[] {"a", "b"}) {
      Path at = Files.createDirectories(directory.resolve("in").resolve(name));
      Files.writeString(at.resolve("same.txt"), "x");
    }
    map[3] = directory.resolve("in").resolve("*").resolve("*.txt").toString();
    assertThat(ubc(map).err()).contains("two files are called same.txt");
    map[3] = directory.resolve("in").resolve("a").resolve("same.txt").toString();
    assertThat(ubc(map).exitCode()).isEqualTo(ExitCode.FAILURE);
  }
}
