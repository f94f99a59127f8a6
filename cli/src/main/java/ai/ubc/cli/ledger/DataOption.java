package ai.ubc.cli.ledger;

import ai.ubc.cli.command.UbcHome;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which network's files are meant. */
public final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Where the network keeps its state.",
        "Default: network in $UBC_HOME or ~/.ubc."
      })
  private @Nullable Path data;

  /** The directory, absolute. */
  NetworkDirectory directory() {
    return new NetworkDirectory((data == null ? UbcHome.network() : data).toAbsolutePath());
  }
}
