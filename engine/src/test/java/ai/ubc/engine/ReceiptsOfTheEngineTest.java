package ai.ubc.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.testkit.evidence.ReceiptCases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The kept receipts, which the naive ledger gave, are byte for byte those of the engine. */
final class ReceiptsOfTheEngineTest {
  private static final Path KEPT = Path.of("..", "codec", "src", "test", "receipts");

  @Test
  void everyKeptReceiptIsTheEnginesToo() {
    ReceiptCases.files(
            1,
            (genesis, hash, sink) ->
                new Engine(
                    genesis,
                    hash,
                    new KeccakHash(),
                    sink,
                    new EngineLimits(1_024, 1_024, 1_024, 16_384, 64)))
        .forEach((name, file) ->
            assertThat(KEPT.resolve(name + ".json")).as(name).hasContent(new String(file, UTF_8)));
  }
}
