package ai.ubc.codec.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.domain.Hash32;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whatever bytes come as a receipt: the answer is a report, and nothing forged is verified. */
final class ReceiptFuzzTest {
  private static final Supplied TRUSTING = KeptReceipts.trusting("accepted");
  private static final int EDITS_MAX = 8;

  @FuzzTest(maxDuration = "5m")
  void anyBytesHaveAReport(byte[] file) {
    EvidenceReport report = ReceiptVerifier.verify(file, TRUSTING);
    if (report.conclusion() != Conclusion.BROKEN) {
      assertWrittenTheSame(file);
    }
    MapReport map = MapReceiptVerifier.verify(file, TRUSTING);
    assertThat(map.conclusion() == Conclusion.BROKEN || MapReceiptFile.isOne(file)).isTrue();
  }

  private static void assertWrittenTheSame(byte[] file) {
    try {
      Receipt receipt = ReceiptFile.read(file);
      byte[] written = ReceiptFile.write(receipt);
      assertThat(ReceiptFile.write(ReceiptFile.read(written))).isEqualTo(written);
    } catch (MalformedReceiptException e) {
      throw new AssertionError("a receipt with a report can be read", e);
    }
  }

  /** Changed text of a receipt that holds is another form of the same, or does not hold. */
  @FuzzTest(maxDuration = "5m")
  void noEditOfAReceiptMakesAnotherThatHolds(FuzzedDataProvider data) {
    String name = KeptReceipts.NAMES.get(data.consumeInt(0, KeptReceipts.NAMES.size() - 1));
    byte[] kept = KeptReceipts.file(name);
    StringBuilder text = new StringBuilder(new String(kept, StandardCharsets.UTF_8));
    for (int i = 0; i < EDITS_MAX && data.remainingBytes() > 0; i++) {
      int at = data.consumeInt(0, text.length());
      int to = Math.min(text.length(), at + data.consumeInt(0, 40));
      text.replace(at, to, data.consumeString(40));
    }
    byte[] file = text.toString().getBytes(StandardCharsets.UTF_8);
    EvidenceReport report = ReceiptVerifier.verify(file, KeptReceipts.trusting(name));
    if (report.conclusion() == Conclusion.VERIFIED) {
      assertThat(written(file)).isEqualTo(Optional.of(new String(kept, StandardCharsets.UTF_8)));
    }
  }

  private static Optional<String> written(byte[] file) {
    try {
      return Optional.of(
          new String(ReceiptFile.write(ReceiptFile.read(file)), StandardCharsets.UTF_8));
    } catch (MalformedReceiptException e) {
      return Optional.empty();
    }
  }

  /** A notary that signs anything: what it makes of entries and events has a report as well. */
  @FuzzTest(maxDuration = "5m")
  void anySignedRecordsHaveAReport(FuzzedDataProvider data) {
    Receipt kept =
        KeptReceipts.receipt(
            KeptReceipts.NAMES.get(data.consumeInt(0, KeptReceipts.NAMES.size() - 1)));
    List<JournalRecord> records = new ArrayList<>();
    for (Receipt.ProvenRecord proven : kept.records()) {
      JournalRecord record = proven.record();
      if (data.consumeProbabilityFloat() > 0.9f) {
        continue;
      }
      records.add(
          new JournalRecord(
              record.seq(),
              record.logTimeMs() + (data.consumeBoolean() ? 0 : data.consumeInt(-100, 100)),
              0,
              0,
              edited(record.entry(), data),
              edited(record.events(), data)));
    }
    if (records.isEmpty()) {
      return;
    }
    long endMs = records.getLast().logTimeMs() + data.consumeInt(0, 1_000_000);
    byte[] file = KeptReceipts.notarised(kept, records, endMs);
    EvidenceReport report = ReceiptVerifier.verify(file, TRUSTING);
    assertThat(report.findings()).hasSize(EvidenceLink.values().length);
    assertThat(report.network()).isNotEqualTo(Hash32.ZERO.toString());
  }

  private static byte[] edited(byte[] bytes, FuzzedDataProvider data) {
    byte[] edited = bytes.clone();
    int edits = data.consumeBoolean() ? 0 : data.consumeInt(0, 3);
    for (int i = 0; i < edits && edited.length > 0; i++) {
      edited[data.consumeInt(0, edited.length - 1)] = data.consumeByte();
    }
    return edited;
  }
}
