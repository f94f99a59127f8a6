package ai.ubc.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** That the market is the one that should be measured; nothing here depends on time. */
final class MatchingCostTest {
  @Test
  void jobsWaitInVainWhileOffersComeAndLeaveAndAreTakenInTheEnd() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MatchingCost.measure(2, 4, new PrintStream(out, true, UTF_8));
    assertThat(out.toString(UTF_8)).containsPattern("(?m)^ +10 ").containsPattern("(?m)^ +10000 ");
  }
}
