package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Up;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that is told to stop says on standard error that it does, and when it has. */
final class StopIT {
  @TempDir private Path directory;

  private String said(String beginning, String signal, Path data) throws Exception {
    CommandProcess command = new CommandProcess(directory.resolve("home"));
    Path err = directory.resolve(signal + ".err");
    try (Up up =
        command.startUntil(err, beginning, "up", "--port", "0", "--data", data.toString())) {
      assertThat(up.stop(signal)).isZero();
    }
    return Files.readString(err);
  }

  @Test
  void whoStopsANetworkIsToldWhereItIsKept() throws Exception {
    Path data = directory.resolve("network");
    String told =
        "ubc: stopping …\nubc: stopped. The network is kept in "
            + data
            + "; the same command starts it again.\n";
    assertThat(said("ready ", "INT", data)).isEqualTo(told);
    assertThat(said("starting PostgreSQL", "TERM", data)).isEqualTo(told);
  }
}
