package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.AccountView;
import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.ScriptedGateway.Reply;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.UbcHome;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.sdk.Wallet;
import ai.ubc.testkit.evidence.ReceiptCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a job whose receipt is fetched: what there is, and what can be had. */
final class ReceiptShowTest {
  private static final Path RECEIPTS = Path.of("..", "codec", "src", "test", "receipts");
  private static final String OWNER = "0x00000000000000000000000000000000000000aa";

  private final ScriptedGateway gateway = new ScriptedGateway();
  @TempDir private Path directory;
  private Path out = Path.of("");
  private Path bodies = Path.of("");

  @BeforeEach
  void haveAnAccount() throws IOException {
    out = directory.resolve("out.json");
    bodies = directory.resolve("bodies");
    Wallet.create(UbcHome.wallet(directory), new SecureRandom());
    gateway.on(
        "GET /v1/accounts",
        Reply.json(new AccountView(7, OWNER, List.of(), 0, 0, 0, List.of(), 1)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private void receiptIs(String name) throws IOException {
    gateway.on("GET /v1/jobs/1/receipt", Reply.bytes(receipt(name)));
  }

  private static byte[] receipt(String name) throws IOException {
    return Files.readAllBytes(RECEIPTS.resolve(name + ".json"));
  }

  private void store(byte[]... stored) {
    for (byte[] body : stored) {
      gateway.on("GET /v1/blobs/" + Sha256.of(body).hex(), Reply.bytes(body));
    }
  }

  private Ended show() {
    return new CommandHere(Map.of("UBC_HOME", directory.toString()))
        .run(
            "receipt",
            "show",
            "1",
            "--gateway",
            gateway.address().toString(),
            "--out",
            out.toString(),
            "--bodies",
            bodies.toString(),
            "--json",
            directory.resolve("shown.json").toString());
  }

  @Test
  void ofAJobWithAResultAllThreeBodiesAreThere() throws IOException {
    receiptIs("held");
    store(ReceiptCases.PROGRAM, ReceiptCases.INPUT, ReceiptCases.result());
    Ended shown = show();
    assertThat(shown.exitCode()).as(shown.err()).isZero();
    assertThat(shown.out())
        .endsWith("written to " + out + "\nprogram, input and result in " + bodies + "\n");
    assertThat(bodies.resolve("result.zip")).hasBinaryContent(ReceiptCases.result());
  }

  @Test
  void ofAJobWithoutAResultNoneIsThereAndNoneIsSaidToBe() throws IOException {
    receiptIs("running");
    store(ReceiptCases.PROGRAM, ReceiptCases.INPUT);
    Files.createDirectory(bodies);
    Files.writeString(bodies.resolve("result.zip"), "of another job");
    Ended shown = show();
    assertThat(shown.exitCode()).as(shown.err()).isZero();
    assertThat(shown.out())
        .endsWith("\nprogram and input in " + bodies + "; the receipt names no result\n");
    assertThat(bodies)
        .isDirectoryNotContaining("glob:**result.zip")
        .isDirectoryContaining("glob:**program.wasm")
        .isDirectoryContaining("glob:**input.zip");
  }

  @Test
  void theReceiptIsWrittenAndNamedWhereItsBodiesAreNotToBeHad() throws IOException {
    receiptIs("held");
    store(ReceiptCases.PROGRAM);
    Ended shown = show();
    assertThat(shown.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(shown.err())
        .startsWith("ubc: NOT_FOUND: so; its receipt is kept in " + directory)
        .contains("/job-1.json and written to " + out);
    assertThat(out).hasBinaryContent(receipt("held"));
    assertThat(directory.resolve("shown.json"))
        .content()
        .contains("\"outcome\" : \"NOT_FOUND\"", "\"writtenTo\" : \"" + out)
        .doesNotContain("\"bodies\"");
  }

  @Test
  void ofAJobThatWaitsThereIsOnlyTheReceipt() throws IOException {
    receiptIs("waiting");
    Ended shown = show();
    assertThat(shown.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(shown.err())
        .startsWith("ubc: no provider has taken job 1, so there is nothing that ran; its receipt");
    assertThat(out).hasBinaryContent(receipt("waiting"));
    assertThat(bodies).doesNotExist();
  }
}
