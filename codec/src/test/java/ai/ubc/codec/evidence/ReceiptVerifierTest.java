package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.EvidenceLink.BODY;
import static ai.ubc.codec.evidence.EvidenceLink.DRAW;
import static ai.ubc.codec.evidence.EvidenceLink.END;
import static ai.ubc.codec.evidence.EvidenceLink.INPUT;
import static ai.ubc.codec.evidence.EvidenceLink.ISSUER;
import static ai.ubc.codec.evidence.EvidenceLink.MANDATE;
import static ai.ubc.codec.evidence.EvidenceLink.PROGRAM;
import static ai.ubc.codec.evidence.EvidenceLink.RERUN;
import static ai.ubc.codec.evidence.EvidenceLink.SETTLEMENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.LinkFinding.Status;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.domain.Hash32;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a verification says of kept receipts, which a ledger gave. */
final class ReceiptVerifierTest {
  private static final List<ItemOutput> OUTPUT =
      List.of(
          new ItemOutput(
              ItemOutcome.EXIT,
              0,
              900_000,
              "hello\n".getBytes(UTF_8),
              new byte[0],
              new TreeMap<>()));

  private static byte[] bundle(List<ItemOutput> items) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ResultBundle.write(bytes, items);
    return bytes.toByteArray();
  }

  private static EvidenceReport verify(String name) {
    return ReceiptVerifier.verify(KeptReceipts.file(name), KeptReceipts.trusting(name));
  }

  private static List<EvidenceLink> not(Status status, EvidenceReport report) {
    return report.findings().stream()
        .filter(finding -> finding.status() != status)
        .map(LinkFinding::link)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "accepted,   VERIFIED,   re-run by 3 of 3",
    "abandoned,  VERIFIED,   nothing was delivered",
    "cancelled,  VERIFIED,   'it was taken back while it waited, and cost nothing'",
    "fraud,      VERIFIED,   're-run by 2 of 3, who found another result'",
    "held,       VERIFIED,   re-run by 3 of 3",
    "no-draw,    VERIFIED,   nothing was delivered",
    "no-verdict, VERIFIED,   '3 of 3 gave a verdict, and none stood'",
    "others-matched,VERIFIED,nobody re-ran this",
    "redrawn,    VERIFIED,   re-run by 2 of 3",
    "rotated,    VERIFIED,   re-run by 3 of 3",
    "running,    UNFINISHED, not judged yet",
    "session-key,VERIFIED,   re-run by 3 of 3",
    "unchecked,  VERIFIED,   nobody re-ran this",
    "unmatched,  VERIFIED,   'it waited and nobody took it; it cost nothing'",
    "waited,     VERIFIED,   re-run by 3 of 3",
    "waited-bond,VERIFIED,   re-run by 10 of 10",
    "waited-close,VERIFIED,  nobody re-ran this",
    "waited-key, VERIFIED,   nobody re-ran this",
    "waiting,    UNFINISHED, it waits for an offer",
    "withheld,   VERIFIED,   'nothing was delivered, re-run by 2 of 3'"
  })
  void aReceiptOfTheTrustedNetworkSaysWhoReranTheJob(
      String name, Conclusion conclusion, String checking) {
    EvidenceReport report = verify(name);
    assertThat(report.broken()).as(report.toString()).isEmpty();
    assertThat(report.conclusion()).isEqualTo(conclusion);
    assertThat(report.checking()).isEqualTo(checking);
    assertThat(report.findings().stream().map(LinkFinding::link))
        .containsExactly(EvidenceLink.values());
    assertThat(report.findings())
        .allSatisfy(finding -> assertThat(finding.sentence()).endsWith("."));
  }

  @Test
  void whatAnAcceptedJobsReceiptDoesNotShowIsNamed() {
    assertThat(not(Status.SHOWN, verify("accepted")))
        .containsExactly(MANDATE, PROGRAM, INPUT, RERUN);
    assertThat(not(Status.SHOWN, verify("held")))
        .containsExactly(MANDATE, PROGRAM, INPUT, END, RERUN);
  }

  @Test
  void aReceiptOfAnotherNetworkIsConsistentAndItsIssuerUnknown() {
    byte[] file = KeptReceipts.file("accepted");
    for (Supplied supplied :
        List.of(Supplied.nothing(), Supplied.nothing().trusting(new Hash32(1, 2, 3, 4)))) {
      EvidenceReport report = ReceiptVerifier.verify(file, supplied);
      assertThat(report.conclusion()).isEqualTo(Conclusion.ISSUER_UNKNOWN);
      assertThat(report.finding(ISSUER).status()).isEqualTo(Status.NOT_SHOWN);
      assertThat(report.finding(ISSUER).sentence()).contains(report.network());
    }
  }

  @Test
  void bodiesAndARerunThatFitAreShown() throws IOException {
    Supplied supplied =
        KeptReceipts.trusting("accepted")
            .withProgram("a program".getBytes(UTF_8))
            .withInput("an input".getBytes(UTF_8))
            .withResult(bundle(OUTPUT))
            .withRerun(new Supplied.Rerun(JobHashes.resultRoot(OUTPUT), 900_000));
    EvidenceReport report = ReceiptVerifier.verify(KeptReceipts.file("accepted"), supplied);
    assertThat(report.conclusion()).isEqualTo(Conclusion.VERIFIED);
    assertThat(not(Status.SHOWN, report)).containsExactly(MANDATE);
  }

  @Test
  void bodiesAndARerunThatDoNotFitBreakTheirLinks() throws IOException {
    Supplied trusting = KeptReceipts.trusting("accepted");
    byte[] program = "a program".getBytes(UTF_8);
    byte[] input = "an input".getBytes(UTF_8);
    assertBroken(trusting.withProgram(input), PROGRAM);
    assertBroken(trusting.withInput(program), INPUT);
    assertBroken(trusting.withResult(input), BODY);
    Hash32 root = JobHashes.resultRoot(OUTPUT);
    assertBroken(trusting.withRerun(new Supplied.Rerun(root, 900_001)), RERUN);
    assertBroken(trusting.withRerun(new Supplied.Rerun(Hash32.ZERO, 900_000)), RERUN);
  }

  private static void assertBroken(Supplied supplied, EvidenceLink link) {
    EvidenceReport report = ReceiptVerifier.verify(KeptReceipts.file("accepted"), supplied);
    assertThat(report.broken()).containsExactly(link);
    assertThat(report.conclusion()).isEqualTo(Conclusion.BROKEN);
  }

  @Test
  void aRerunOfAJobWithoutResultComparesWithNothing() {
    Supplied supplied =
        KeptReceipts.trusting("abandoned").withRerun(new Supplied.Rerun(Hash32.ZERO, 1));
    EvidenceReport report = ReceiptVerifier.verify(KeptReceipts.file("abandoned"), supplied);
    assertThat(report.conclusion()).isEqualTo(Conclusion.VERIFIED);
    assertThat(report.finding(RERUN).status()).isEqualTo(Status.NOT_SHOWN);
  }

  @Test
  void aJobWithoutCheckSaysSo() {
    EvidenceReport report = verify("unchecked");
    assertThat(report.finding(DRAW).status()).isEqualTo(Status.NOT_SHOWN);
    assertThat(report.finding(SETTLEMENT).status()).isEqualTo(Status.SHOWN);
    assertThat(verify("running").finding(SETTLEMENT).status()).isEqualTo(Status.NOT_SHOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "7",
        "{}",
        "[]",
        "{\"format\":\"ubc-receipt/3\"}",
        "\u0000",
        "{\"format\":\"ubc-receipt/2\",\"job\":1,\"genesis\":{},\"logRoot\":{},\"records\":[],\"pools\":[]}"
      })
  void whatIsNoReceiptIsBrokenAtItsFile(String text) {
    EvidenceReport report = ReceiptVerifier.verify(text.getBytes(UTF_8), Supplied.nothing());
    assertThat(report.conclusion()).isEqualTo(Conclusion.BROKEN);
    assertThat(report.broken()).containsExactly(EvidenceLink.FILE);
  }
}
