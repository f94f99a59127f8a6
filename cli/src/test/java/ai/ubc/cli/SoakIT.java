package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.command.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds of killing real processes, as many as there are kinds: each kind comes once. */
final class SoakIT {
  private static final int ROUNDS = 7;

  @TempDir private Path directory;

  @Test
  void nothingIsLostWhateverIsKilled() throws Exception {
    Ended ended =
        new CommandProcess(directory.resolve("home"))
            .run("soak", "--rounds", Integer.toString(ROUNDS), "--seed", "2");
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out().lines())
        .contains("Everything holds.")
        .contains("  ok    every acknowledged transfer stands in the log exactly once")
        .noneMatch(line -> line.contains("FAILED"));
    List<String> kinds =
        List.of("network", "sequencer", "gateway", "PostgreSQL", "provider", "validator", "worker");
    assertThat(kinds)
        .allSatisfy(
            kind -> assertThat(ended.out()).containsPattern("(?m)^round \\d+: .*\\b" + kind + ";"));
    assertThat(IntStream.rangeClosed(1, ROUNDS))
        .allSatisfy(round -> assertThat(ended.out()).contains("round " + round + ": "));
  }

  @Test
  void numbersThatMakeNoNetworkAreRefused() throws Exception {
    Ended ended = new CommandProcess(directory.resolve("home")).run("soak", "--validators", "2");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--validators 3 or more");
  }
}
