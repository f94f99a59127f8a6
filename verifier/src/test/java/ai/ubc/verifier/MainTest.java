package ai.ubc.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.evidence.MalformedReceiptException;
import ai.ubc.codec.evidence.MapReceipt;
import ai.ubc.codec.evidence.MapReceiptFile;
import ai.ubc.codec.evidence.Receipt;
import ai.ubc.codec.evidence.ReceiptFile;
import ai.ubc.codec.evidence.ReceiptVerifier;
import ai.ubc.codec.evidence.Supplied;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The auditor's command over the kept receipts. */
final class MainTest {
  private static final Path KEPT = Path.of("..", "codec", "src", "test", "receipts");

  @TempDir private Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static String kept(String name) {
    return KEPT.resolve(name + ".json").toString();
  }

  private static String fingerprint(String name) throws IOException {
    return ReceiptVerifier.verify(Files.readAllBytes(Path.of(kept(name))), Supplied.nothing())
        .network();
  }

  private int execute(String... args) {
    out.reset();
    err.reset();
    return Main.execute(
        List.of(args), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  @Test
  void aReceiptOfTheTrustedNetworkIsVerifiedAndWhatItDoesNotShowIsSaid() throws IOException {
    assertThat(execute(kept("accepted"), "--trust", fingerprint("accepted"))).isZero();
    assertThat(out.toString(UTF_8))
        .contains("✓ issuer", "✓ log", "✓ settlement", "✓ pool")
        .contains("not shown: mandate, program, input, re-run")
        .endsWith("job 2: verified: re-run by 3 of 3" + System.lineSeparator());
    assertThat(execute(kept("unchecked"), "--trust", fingerprint("unchecked"))).isZero();
    assertThat(out.toString(UTF_8)).contains("nobody re-ran this");
  }

  @Test
  void aJobInItsDisputeWindowSaysThatItsEndIsToBeFetchedLater() throws IOException {
    assertThat(execute(kept("held"), "--trust", fingerprint("held"))).isZero();
    assertThat(out.toString(UTF_8))
        .contains("· end        The provider's bond is held until the dispute window ends at ")
        .containsPattern(
            "the provider's bond is still held; to see the end, fetch the receipt again after 1970-01-01T00:\\d\\d:\\d\\d[.]\\d+Z: ubc receipt show 1 --out FILE \\(its parties and the validators drawn for it can, and everybody when its input is public; else ask one of them\\)\\Rjob 1: verified: ");
    assertThat(execute(kept("accepted"), "--trust", fingerprint("accepted"))).isZero();
    assertThat(out.toString(UTF_8)).doesNotContain("still held");
  }

  private static String broken(String receipt) {
    return receipt.replaceFirst("\"code\" : 0", "\"code\" : 7");
  }

  @Test
  void nothingIsSaidOfTheBondByAReceiptThatIsBroken() throws IOException {
    Path changed = directory.resolve("changed.json");
    Files.writeString(changed, broken(Files.readString(Path.of(kept("held")))));
    assertThat(execute(changed.toString(), "--trust", fingerprint("held"))).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("BROKEN at log").doesNotContain("still held");
    assertThat(ReceiptVerifier.verify(Files.readAllBytes(changed), Supplied.nothing()))
        .satisfies(report -> assertThat(report.heldUntilMs()).isEmpty());
  }

  @Test
  void aJobThatWaitedAndThatNobodyTookIsVerifiedToHaveCostNothing() throws IOException {
    assertThat(execute(kept("unmatched"), "--trust", fingerprint("unmatched"))).isZero();
    assertThat(out.toString(UTF_8))
        .contains("✓ settlement", "The job waited and nobody took it", "· offer")
        .endsWith(
            "job 1: verified: it waited and nobody took it; it cost nothing"
                + System.lineSeparator());
    assertThat(execute(kept("waiting"), "--trust", fingerprint("waiting"))).isEqualTo(4);
    assertThat(out.toString(UTF_8)).contains("consistent, not ended: it waits for an offer");
  }

  @Test
  void withoutTrustTheIssuerIsUnknown() {
    assertThat(execute(kept("accepted"))).isEqualTo(3);
    assertThat(out.toString(UTF_8)).contains("consistent, issuer unknown");
  }

  @Test
  void aJobThatHasNotEndedIsNotVerified() throws IOException {
    assertThat(execute(kept("running"), "--trust", fingerprint("running"))).isEqualTo(4);
    assertThat(out.toString(UTF_8)).contains("consistent, not ended: not judged yet");
  }

  @Test
  void aBrokenLinkIsNamed() throws IOException {
    Path changed = directory.resolve("changed.json");
    Files.writeString(
        changed,
        Files.readString(Path.of(kept("accepted"))).replace("\"code\" : 0", "\"code\" : 7"));
    assertThat(execute(changed.toString(), "--trust", fingerprint("accepted"))).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("✗ log").contains("BROKEN at log");
  }

  @Test
  void bodiesAreCompared() throws IOException {
    Path program = Files.writeString(directory.resolve("program"), "a program");
    String trust = fingerprint("accepted");
    assertThat(execute(kept("accepted"), "--trust", trust, "--program", program.toString()))
        .isZero();
    assertThat(out.toString(UTF_8)).contains("✓ program");
    assertThat(
            execute(
                kept("accepted"),
                "--trust",
                trust,
                "--input",
                program.toString(),
                "--result",
                program.toString()))
        .isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("BROKEN at input");
  }

  @Test
  void aMapIsVerifiedJobByJobAndInSum() throws IOException, MalformedReceiptException {
    Path file = directory.resolve("map.json");
    Receipt job = ReceiptFile.read(Files.readAllBytes(Path.of(kept("abandoned"))));
    Files.write(file, MapReceiptFile.write(new MapReceipt(List.of(), List.of(job))));
    assertThat(execute(file.toString(), "--trust", fingerprint("abandoned"))).isZero();
    assertThat(out.toString(UTF_8))
        .contains(
            "job 1: verified: nothing was delivered", "together 0 units, 0 micro-COMPUTE paid")
        .endsWith("1 jobs, 0 items: verified" + System.lineSeparator());
    Files.writeString(file, Files.readString(file).replaceFirst("\"timeMs\" : ", "\"timeMs\" : 1"));
    assertThat(execute(file.toString())).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("✗ log", "BROKEN: 1 jobs");
    assertThat(execute(file.toString(), "--input", file.toString())).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("many inputs and results");
  }

  @Test
  void aMapWithAJobInItsDisputeWindowSaysSo() throws IOException, MalformedReceiptException {
    Path file = directory.resolve("map.json");
    Receipt job = ReceiptFile.read(Files.readAllBytes(Path.of(kept("held"))));
    Files.write(file, MapReceiptFile.write(new MapReceipt(List.of(), List.of(job))));
    execute(file.toString(), "--trust", fingerprint("held"));
    assertThat(out.toString(UTF_8))
        .contains(
            "the provider's bond is still held for 1 of the jobs; to see the end, their buyer");
    Files.writeString(file, broken(Files.readString(file)));
    assertThat(execute(file.toString())).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("BROKEN at log").doesNotContain("still held");
  }

  @Test
  void wrongArgumentsAreAnswered() {
    assertThat(execute()).isEqualTo(2);
    assertThat(execute("one", "two")).isEqualTo(2);
    assertThat(execute("--other")).isEqualTo(2);
    assertThat(execute(kept("accepted"), "--trust")).isEqualTo(2);
    assertThat(execute(kept("accepted"), "--trust", "12")).isEqualTo(2);
    assertThat(execute("nowhere.json")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("there is no readable file nowhere.json");
    assertThat(execute("--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("--trust");
  }
}
