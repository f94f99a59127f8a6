package ai.ubc.cli.ledger;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Genesis;
import ai.ubc.sequencer.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a one-process network.
 *
 * @param root its data directory
 */
record NetworkDirectory(Path root) {
  Path sequencer() {
    return root.resolve("sequencer");
  }

  Path journal() {
    return DataDirectory.journal(sequencer());
  }

  /**
   * The network's genesis.
   *
   * @throws CommandFailure when there is no network here
   */
  Genesis genesis() throws CommandFailure {
    Path file = root.resolve("genesis.json");
    if (!Files.exists(file)) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          "there is no network in " + root + "; name the directory of one with --data");
    }
    try {
      return GenesisFile.read(file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILURE, file + " can not be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          file
              + " is "
              + e.getMessage()
              + "; if another version of this program made the network, use that one here",
          e);
    }
  }
}
