package ai.ubc.codec.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenesisFileTest {
  private static final Genesis GENESIS =
      new Genesis(
          "test",
          31_337,
          new Hash32(1, 2, 3, 4),
          1_700_000_000_000L,
          new Address(5, 6, 7),
          new Address(15, 16, 17),
          new Hash32(8, 9, 10, 11),
          GenesisParameters.production(),
          List.of(new Genesis.Allocation(new Address(12, 13, 14), Asset.COMPUTE, 1_000_000)));

  @Test
  void aWrittenGenesisReadsAsItself(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("genesis.json");
    GenesisFile.write(file, GENESIS);
    assertThat(GenesisFile.read(file)).isEqualTo(GENESIS);
    assertThat(GenesisFile.hash(GenesisFile.read(file))).isEqualTo(GenesisFile.hash(GENESIS));
  }

  @Test
  void everyNumberEntersTheHash() {
    String json = GenesisFile.toJson(GENESIS);
    Set<Hash32> hashes = new HashSet<>();
    hashes.add(GenesisFile.hash(GENESIS));
    int changed = 1;
    Matcher numbers = Pattern.compile(": (\\d+)").matcher(json);
    while (numbers.find()) {
      long other = Long.parseLong(numbers.group(1)) - 1;
      String changedJson =
          json.substring(0, numbers.start(1)) + other + json.substring(numbers.end(1));
      try {
        hashes.add(GenesisFile.hash(GenesisFile.fromJson(changedJson)));
        changed++;
      } catch (IllegalArgumentException e) {
        assertThat(e)
            .hasMessageContaining("not a genesis"); // one less is out of that number's range
      }
    }
    assertThat(hashes).hasSize(changed).hasSizeGreaterThan(20);
    for (String text :
        List.of("test", "0x0000000000000001", "0x0000000000000005", "0x000000000000000c")) {
      hashes.add(
          GenesisFile.hash(
              GenesisFile.fromJson(
                  json.replaceFirst(text, text.substring(0, text.length() - 1) + "f"))));
    }
    assertThat(hashes).hasSize(changed + 4);
  }

  @Test
  void whatIsNoGenesisIsRefusedWithItsReason() {
    String json = GenesisFile.toJson(GENESIS);
    for (String bad :
        List.of(
            "",
            "{}",
            "null",
            json.replace("\"chainId\"", "\"chain\""),
            json.replace("0x0000000000000001", "0x01"),
            json.replace("\"feePpm\" : 20000", "\"feePpm\" : 2000000"),
            json.replace("\"amountMicros\" : 1000000", "\"amountMicros\" : 0"))) {
      assertThatThrownBy(() -> GenesisFile.fromJson(bad), "<%s>", bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
