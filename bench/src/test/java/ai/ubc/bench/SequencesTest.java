package ai.ubc.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

final class SequencesTest {
  @Test
  void sequencesAreTheSameOnEngineAndTwinAndAreCounted() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(Sequences.run(90, 1, 500, new PrintStream(out, true, UTF_8))).isTrue();
    assertThat(out.toString(UTF_8))
        .contains("90 sequences from seed 1, 45000 entries", "SubmitJob", "INSUFFICIENT_FUNDS")
        .contains("transitions never taken: []", "events never met: []");
  }
}
