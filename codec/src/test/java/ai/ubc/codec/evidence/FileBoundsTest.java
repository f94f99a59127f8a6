package ai.ubc.codec.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file that holds more than a receipt can is refused where the first that is too much stands. */
final class FileBoundsTest {
  // The text ends behind what is too much, so whoever reads on finds that it is no JSON.
  private static String broken(String start, String value, int count) {
    byte[] file = (start + value.repeat(count)).getBytes(UTF_8);
    EvidenceReport report = ReceiptVerifier.verify(file, Supplied.nothing());
    assertThat(report.conclusion()).isEqualTo(Conclusion.BROKEN);
    return report.finding(EvidenceLink.FILE).sentence();
  }

  @Test
  void aPoolThatIsTooLongIsNotReadToItsEnd() {
    String start = "{\"format\":\"ubc-receipt/2\",\"pools\":[{\"round\":0,\"eligible\":[";
    String one = "{\"account\":4,\"bondMicros\":1},";
    assertThat(broken(start, one, Pool.ELIGIBLE_MAX))
        .contains("the file is no receipt")
        .doesNotContain("a pool of more");
    assertThat(broken(start, one, Pool.ELIGIBLE_MAX + 1))
        .contains("a pool of more than 16384 accounts is more than a receipt lists");
    assertThat(broken(start, "[[]],", Pool.ELIGIBLE_MAX + 1))
        .contains("a pool of more than 16384 accounts");
  }

  @Test
  void aPoolInTheReceiptOfAMapHasTheSameLimit() {
    String start = "{\"format\":\"ubc-map-receipt/1\",\"receipts\":[{\"pools\":[{\"eligible\":[";
    byte[] file = (start + "{},".repeat(Pool.ELIGIBLE_MAX + 1)).getBytes(UTF_8);
    assertThat(MapReceiptFile.isOne(file)).isTrue();
    assertThatThrownBy(() -> MapReceiptFile.read(file))
        .isInstanceOf(MalformedReceiptException.class)
        .hasMessageContaining("a pool of more than 16384 accounts");
  }

  @Test
  void aFileOfTooManyValuesIsNotReadToItsEnd() {
    for (String value : List.of("[],", "{},", "7,", "\"\",", "null,")) {
      assertThat(broken("{\"genesis\":[", value, FileBounds.JOB_VALUES_MAX))
          .contains("the file has more than 1048576 values, more than a receipt");
    }
    byte[] map = ("{\"items\":[" + "7,".repeat(FileBounds.MAP_VALUES_MAX)).getBytes(UTF_8);
    assertThatThrownBy(() -> MapReceiptFile.read(map))
        .isInstanceOf(MalformedReceiptException.class)
        .hasMessageContaining("the file has more than 4194304 values");
  }

  @Test
  void whatStandsInOneMemberOfAPoolCountsAsSoonAsItIsRead() {
    String start = "{\"format\":\"ubc-receipt/2\",\"pools\":[{\"eligible\":[{\"account\":[";
    assertThat(broken(start, "7,", FileBounds.JOB_VALUES_MAX))
        .contains("the file has more than 1048576 values, more than a receipt");
    assertThat(broken(start, "[{\"eligible\":[7]}],", FileBounds.JOB_VALUES_MAX / 4))
        .contains("the file has more than 1048576 values");
  }

  @Test
  void theFormatIsSoughtInNoMoreThanAReceiptCanHold() {
    // The object itself is a value too.
    assertThat(MapReceiptFile.isOne(ofNames(FileBounds.MAP_VALUES_MAX - 1))).isTrue();
    assertThat(MapReceiptFile.isOne(ofNames(FileBounds.MAP_VALUES_MAX))).isFalse();
  }

  private static byte[] ofNames(int count) {
    StringBuilder file = new StringBuilder("{");
    for (int name = 0; name < count; name++) {
      file.append('"').append(Integer.toHexString(name)).append("\":1,");
    }
    byte[] bytes = file.append("\"format\":\"ubc-map-receipt/1\"}").toString().getBytes(UTF_8);
    assertThat(bytes).hasSizeLessThan(ReceiptFile.BYTES_MAX);
    return bytes;
  }

  @Test
  void theFormatIsFoundWhereverItStands() {
    assertThat(FileBounds.format("{\"a\":{\"format\":\"b\"},\"format\":\"c\"}".getBytes(UTF_8)))
        .isEqualTo("c");
    for (String none : List.of("", "[\"format\"]", "{\"format\":7}", "{\"a\":1}", "{\"a\":", "{")) {
      assertThat(FileBounds.format(none.getBytes(UTF_8))).as(none).isEmpty();
    }
  }
}
