package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Ended;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as the first page of the documentation promises it. */
final class DemoIT {
  @Test
  void theDemonstrationHolds(@TempDir Path directory) throws IOException, InterruptedException {
    Ended ended = new CommandProcess(directory).run("demo");
    assertThat(ended.out())
        .contains(
            "FRAUD",
            "ACCEPTED",
            "75 OVER_BUDGET",
            "11 MANDATE_EXPIRED",
            "state hash 0x",
            "Everything holds.")
        .doesNotContain("FAILED");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
  }
}
