package ai.ubc.codec.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.Receipt.ProvenRecord;
import ai.ubc.domain.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** No change of a receipt goes unseen. */
final class ChangedReceiptsTest {
  static final List<String> NAMES = KeptReceipts.NAMES;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int LONG_TEXT = 100;
  private static final int STRIDE = 149;

  private static void assertSeen(String name, String change, byte[] file) {
    EvidenceReport report = ReceiptVerifier.verify(file, KeptReceipts.trusting(name));
    assertThat(report.conclusion()).as(change).isNotIn(Conclusion.VERIFIED, Conclusion.UNFINISHED);
    assertThat(report.broken().isEmpty())
        .as(change)
        .isEqualTo(report.conclusion() == Conclusion.ISSUER_UNKNOWN);
  }

  /** Hands over the tree once for each way in which one of its values can be changed. */
  private static void changes(JsonNode root, JsonNode node, String path, Consumer<String> changed) {
    if (node instanceof ObjectNode object) {
      for (String member : List.copyOf(object.propertyNames())) {
        JsonNode value = object.get(member);
        String at = path + "/" + member;
        for (JsonNode other : others(value)) {
          object.set(member, other);
          changed.accept(at + " = " + other);
        }
        object.remove(member);
        changed.accept("without " + at);
        object.set(member, value);
        changes(root, value, at, changed);
      }
      object.put("more", 1);
      changed.accept("more in " + path);
      object.remove("more");
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode value = array.get(i);
        String at = path + "/" + i;
        for (JsonNode other : others(value)) {
          array.set(i, other);
          changed.accept(at + " = " + other);
        }
        array.set(i, value);
        array.insert(i, value);
        changed.accept("twice " + at);
        array.remove(i);
        changes(root, value, at, changed);
      }
    }
  }

  private static List<JsonNode> others(JsonNode value) {
    List<JsonNode> others = new ArrayList<>();
    if (value.isIntegralNumber()) {
      others.add(MAPPER.getNodeFactory().numberNode(value.longValue() + 1));
      others.add(MAPPER.getNodeFactory().numberNode(value.longValue() - 1));
      for (long extreme : List.of(Long.MIN_VALUE, -1L, (1L << 62) + 1, Long.MAX_VALUE)) {
        others.add(MAPPER.getNodeFactory().numberNode(extreme));
      }
      others.add(MAPPER.getNodeFactory().numberNode(1e30));
      others.add(MAPPER.nullNode());
      others.add(MAPPER.getNodeFactory().stringNode(value.toString()));
    }
    if (value.isString()) {
      String text = value.stringValue();
      int step = text.length() > LONG_TEXT ? STRIDE : Math.max(1, text.length() / 3);
      for (int i = 0; i < text.length(); i += step) {
        char other = text.charAt(i) == '0' ? '1' : '0';
        String changed = text.substring(0, i) + other + text.substring(i + 1);
        others.add(MAPPER.getNodeFactory().stringNode(changed));
      }
      others.add(MAPPER.getNodeFactory().stringNode(text + "00"));
      others.add(MAPPER.getNodeFactory().stringNode(text.toUpperCase(Locale.ROOT) + " "));
    }
    return others;
  }

  @Test
  void everyChangedValueIsSeen() {
    JsonNode root = MAPPER.readTree(KeptReceipts.file("accepted"));
    changes(
        root, root, "", change -> assertSeen("accepted", change, MAPPER.writeValueAsBytes(root)));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void noRecordCanBeLeftOutSwappedOrRepeated(String name) {
    Receipt receipt = KeptReceipts.receipt(name);
    EvidenceReport whole =
        ReceiptVerifier.verify(KeptReceipts.file(name), KeptReceipts.trusting(name));
    for (int i = 0; i < receipt.records().size(); i++) {
      List<ProvenRecord> less = new ArrayList<>(receipt.records());
      ProvenRecord left = less.remove(i);
      if (isSealOfARoundThatWasDrawnAgain(left)) {
        continue;
      }
      EvidenceReport report =
          ReceiptVerifier.verify(file(receipt, less), KeptReceipts.trusting(name));
      assertThat(report.conclusion())
          .as("without record " + left.record().seq())
          .isNotEqualTo(Conclusion.VERIFIED);
      if (whole.conclusion() == Conclusion.VERIFIED && i < receipt.records().size() - 1) {
        assertThat(report.broken()).as("without record " + left.record().seq()).isNotEmpty();
      }
      List<ProvenRecord> twice = new ArrayList<>(receipt.records());
      twice.add(i, left);
      assertSeen(name, "twice record " + left.record().seq(), file(receipt, twice));
    }
  }

  // The one thing that leaves no trace (EVD-054).
  private static boolean isSealOfARoundThatWasDrawnAgain(ProvenRecord proven) {
    try {
      return RecordView.of(proven.record()).asked() instanceof RecordView.User user
          && user.command() instanceof Command.SealVerdict seal
          && KeptReceipts.receipt("redrawn").records().stream()
              .anyMatch(other -> Arrays.equals(other.record().entry(), proven.record().entry()))
          && seal.round() == 0;
    } catch (BrokenLinkException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] file(Receipt receipt, List<ProvenRecord> records) {
    return ReceiptFile.write(
        new Receipt(
            receipt.job(),
            receipt.genesis(),
            receipt.logRoot(),
            receipt.signature(),
            records,
            receipt.pools()));
  }

  @Test
  void theSameInOtherWordsIsTheSame() {
    JsonNode root = MAPPER.readTree(KeptReceipts.file("accepted"));
    EvidenceReport report =
        ReceiptVerifier.verify(root.toString().getBytes(UTF_8), KeptReceipts.trusting("accepted"));
    assertThat(report.conclusion()).isEqualTo(Conclusion.VERIFIED);
  }

  @Test
  void aMemberThatStandsTwiceIsSeen() {
    String text = new String(KeptReceipts.file("accepted"), UTF_8);
    String twice = text.replaceFirst("\"job\"", "\"job\" : 3, \"job\"");
    assertSeen("accepted", "job twice", twice.getBytes(UTF_8));
    assertSeen("accepted", "more behind", (text + "{}").getBytes(UTF_8));
  }
}
