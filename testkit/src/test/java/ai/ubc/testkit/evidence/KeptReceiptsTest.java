package ai.ubc.testkit.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.evidence.EvidenceReport;
import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.ReceiptVerifier;
import ai.ubc.codec.evidence.Supplied;
import ai.ubc.domain.Hash32;
import ai.ubc.testkit.twin.NaiveCapacity;
import ai.ubc.testkit.twin.NaiveLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The kept receipts are what the naive ledger gives; the codec's tests verify them. */
final class KeptReceiptsTest {
  private static final Path KEPT = Path.of("..", "codec", "src", "test", "receipts");
  private static final LoggedNetwork.Ledgers TWIN =
      (genesis, hash, sink) ->
          new NaiveLedger(genesis, hash, new KeccakHash(), sink, NaiveCapacity.production());

  @Test
  void keptReceiptsAreWhatTheLedgerGives() throws IOException {
    Map<String, byte[]> files = ReceiptCases.files(1, TWIN);
    if (Boolean.getBoolean("ubc.receipts.write")) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(KEPT.resolve(file.getKey() + ".json"), file.getValue());
      }
    }
    Map<String, String> kept = new TreeMap<>();
    try (var listed = Files.list(KEPT)) {
      for (Path file : listed.toList()) {
        kept.put(file.getFileName().toString().replace(".json", ""), Files.readString(file));
      }
    }
    Map<String, String> given = new TreeMap<>();
    files.forEach((name, bytes) -> given.put(name, new String(bytes, UTF_8)));
    assertThat(kept).isEqualTo(given);
  }

  @Test
  void aNetworkOfOtherKeysIsConsistentAndUnknown() {
    Hash32 trusted =
        Hash32.parse(
            ReceiptVerifier.verify(
                    ReceiptCases.files(1, TWIN).values().iterator().next(), Supplied.nothing())
                .network());
    ReceiptCases.files(2, TWIN)
        .forEach((name, file) -> {
          EvidenceReport report =
              ReceiptVerifier.verify(file, Supplied.nothing().trusting(trusted));
          assertThat(report.conclusion())
              .as("%s: %s", name, report.findings())
              .isEqualTo(Conclusion.ISSUER_UNKNOWN);
        });
  }
}
