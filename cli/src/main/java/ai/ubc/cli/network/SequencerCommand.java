package ai.ubc.cli.network;

import ai.ubc.cli.command.UbcHome;
import ai.ubc.domain.Genesis;
import ai.ubc.sdk.UbcException;
import ai.ubc.sequencer.SequencerConfig;
import ai.ubc.sequencer.SequencerNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a development network's sequencer in a process of its own. */
@Command(
    name = "sequencer",
    description = {
      "Run only the sequencer of a development network: it orders what is asked of the ledger, and keeps the log.",
      "The other parts are started with \"ubc gateway\", \"ubc provider\" and \"ubc validator\"; \"ubc up\" runs all of them in one process."
    })
public final class SequencerCommand extends PartCommand {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Where the network keeps its state.",
        "Default: network in $UBC_HOME or ~/.ubc."
      })
  private @Nullable Path data;

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description =
          "Where old segments of the journal go. Default: sequencer/journal-archive in the network's directory.")
  private @Nullable Path archive;

  @Override
  CompletableFuture<Optional<Throwable>> start(Parts parts)
      throws IOException, UbcException, InterruptedException {
    NetworkFiles files = NetworkFiles.in(data == null ? UbcHome.network() : data);
    parts.start(files::lock);
    Genesis genesis = files.genesis(System.currentTimeMillis());
    SequencerConfig config = LocalNetwork.sequencerConfig(files, genesis, files.ports(), archive);
    SequencerNode node =
        parts.start(() -> SequencerNode.start(config, LocalNetwork.SEQUENCER_START_LIMIT_MS));
    say("ready " + node.ingressEndpoints());
    return node.halted().thenApply(Optional::of);
  }
}
