package ai.ubc.codec.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.MapReceipt.Item;
import ai.ubc.codec.job.ItemDigest;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.domain.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A map's receipt is verified as a whole, and what does not belong to it is seen. */
final class MapReceiptTest {
  private static final ItemDigest CONTENT =
      ItemDigest.of(
          new ItemOutput(
              ItemOutcome.EXIT,
              0,
              900_000,
              "hello\n".getBytes(UTF_8),
              new byte[0],
              new TreeMap<>()));

  private static final Supplied TRUSTING = KeptReceipts.trusting("held");

  private static MapReceipt receipt(List<Item> items, String... names) {
    List<Receipt> receipts = new ArrayList<>();
    for (String name : names) {
      receipts.add(KeptReceipts.receipt(name));
    }
    return new MapReceipt(items, receipts);
  }

  private static Item item(long job) {
    return new Item("item-" + job, job, CONTENT);
  }

  private static MapReport verify(MapReceipt receipt) {
    return MapReceiptVerifier.verify(MapReceiptFile.write(receipt), TRUSTING);
  }

  @Test
  void theJobsOfOneBuyerAreVerifiedTogether() throws MalformedReceiptException {
    MapReceipt receipt = receipt(List.of(item(1), item(2)), "held", "second");
    MapReport report = verify(receipt);
    assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.VERIFIED);
    assertThat(report.jobs()).hasSize(2);
    assertThat(report.sum().items()).isEqualTo(2);
    assertThat(report.sum().units()).isEqualTo(1_800_000);
    assertThat(report.sum().paidMicros()).isPositive();
    assertThat(report.sum().unpaid()).isZero();
    byte[] file = MapReceiptFile.write(receipt);
    assertThat(MapReceiptFile.isOne(file)).isTrue();
    assertThat(MapReceiptFile.write(MapReceiptFile.read(file))).isEqualTo(file);
  }

  @Test
  void aJobThatWasNotDeliveredCostsNothingAndHasNoItems() {
    MapReport report = verify(receipt(List.of(item(2)), "abandoned", "second"));
    assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.VERIFIED);
    assertThat(report.sum().items()).isEqualTo(1);
    MapReport more = verify(receipt(List.of(item(1), item(2)), "abandoned", "second"));
    assertThat(more.conclusion()).isEqualTo(Conclusion.BROKEN);
  }

  @Test
  void aJobThatNobodyTookIsNotLeftToSettle() {
    for (String name : List.of("unmatched", "cancelled")) {
      MapReport report = verify(receipt(List.of(item(2)), name, "second"));
      assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.VERIFIED);
      assertThat(report.sum().items()).isEqualTo(1);
      assertThat(report.sum().unpaid()).isZero();
    }
    MapReport waiting = verify(receipt(List.of(item(2)), "waiting", "second"));
    assertThat(waiting.conclusion()).isEqualTo(Conclusion.UNFINISHED);
    assertThat(waiting.sum().unpaid()).isEqualTo(1);
  }

  @Test
  void theWholeIsAsGoodAsTheWorstOfIt() {
    assertThat(verify(receipt(List.of(item(2)), "running", "second")).conclusion())
        .isEqualTo(Conclusion.UNFINISHED);
    byte[] file = MapReceiptFile.write(receipt(List.of(item(1)), "held"));
    assertThat(MapReceiptVerifier.verify(file, Supplied.nothing()).conclusion())
        .isEqualTo(Conclusion.ISSUER_UNKNOWN);
  }

  @Test
  void otherItemsThanThoseThatTheJobsGaveAreSeen() {
    ItemDigest other =
        new ItemDigest(
            CONTENT.outcome(),
            CONTENT.detail(),
            CONTENT.units(),
            Hash32.ZERO,
            CONTENT.stderr(),
            CONTENT.files());
    ItemDigest more =
        new ItemDigest(
            CONTENT.outcome(),
            CONTENT.detail(),
            Long.MAX_VALUE,
            CONTENT.stdout(),
            CONTENT.stderr(),
            CONTENT.files());
    for (List<Item> items :
        List.of(
            List.<Item>of(),
            List.of(new Item("a", 1, other)),
            List.of(new Item("a", 1, more), new Item("b", 1, more)),
            List.of(item(1), item(1)))) {
      MapReport report = verify(receipt(items, "held"));
      assertThat(report.conclusion()).as(items.toString()).isEqualTo(Conclusion.BROKEN);
    }
  }

  @Test
  void whatIsNoMapIsBroken() {
    assertThat(verify(receipt(List.of())).conclusion()).isEqualTo(Conclusion.BROKEN);
    assertThat(verify(receipt(List.of(item(3)), "held")).conclusion()).isEqualTo(Conclusion.BROKEN);
    assertThat(verify(receipt(List.of(item(1), item(2)), "second", "held")).conclusion())
        .isEqualTo(Conclusion.BROKEN);
    // Job 2 of another buyer.
    assertThat(verify(receipt(List.of(item(1), item(2)), "held", "accepted")).conclusion())
        .isEqualTo(Conclusion.BROKEN);
  }

  @Test
  void aFileHasOneForm() {
    String text = new String(MapReceiptFile.write(receipt(List.of(item(1)), "held")), UTF_8);
    for (String changed :
        List.of(
            text.replaceFirst("\"item-1\"", "null"),
            text.replaceFirst("\"EXIT\"", "0"),
            text.replaceFirst("\"EXIT\"", "\"LEFT\""),
            text.replaceFirst("\"receipts\" : \\[", "\"receipts\" : [ null,"),
            text.replaceFirst("\"items\" : \\[", "\"items\" : [ null,"),
            text.replaceFirst("\"files\"", "\"file\""),
            text.replaceFirst("ubc-map-receipt/1", "ubc-map-receipt/2"),
            text + "{}",
            "[]",
            "null",
            "")) {
      assertThatThrownBy(() -> MapReceiptFile.read(changed.getBytes(UTF_8)))
          .as(changed)
          .isInstanceOf(MalformedReceiptException.class);
      assertThat(MapReceiptVerifier.verify(changed.getBytes(UTF_8), TRUSTING).conclusion())
          .isEqualTo(Conclusion.BROKEN);
    }
    assertThat(MapReceiptFile.isOne("no JSON".getBytes(UTF_8))).isFalse();
    assertThat(MapReceiptFile.isOne(KeptReceipts.file("held"))).isFalse();
  }
}
