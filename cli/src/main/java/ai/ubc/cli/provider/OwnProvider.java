package ai.ubc.cli.provider;

import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.client.Funding;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.NodeHome;
import ai.ubc.provider.node.ProviderNode;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * A command about a provider of the user's: with the key and the network of the node whose
 * directory it is, unless flags say otherwise.
 */
abstract class OwnProvider extends ClientCommand {
  private static final String ROLE = "provider";

  @Option(
      names = "--data",
      order = 99,
      paramLabel = "DIR",
      description = {
        "The provider's directory, as it was started with; with --wallet, the provider of that key instead.",
        "Default: provider in $$UBC_HOME or ~/.ubc."
      })
  private @Nullable Path data;

  /** Whether a node works here. */
  enum Presence {
    /** It does. */
    RUNNING,
    /** It does not. */
    STOPPED,
    /** The directory is not known, only the key. */
    UNKNOWN
  }

  /** What the command finds for this provider's account. */
  abstract Answer answer(UbcClient client, Session provider)
      throws CommandFailure, UbcException, InterruptedException;

  @Override
  protected final Answer answer() throws CommandFailure, UbcException, InterruptedException {
    if (settings().typedWallet().isEmpty()) {
      NodeHome home = home();
      if (!home.isKnown()) {
        throw CommandFailure.of(
            ExitCode.FAILURE,
            "NO_PROVIDER",
            "no provider has been started from "
                + home.directory()
                + ". Start one with \"ubc provider\", or name its directory with --data, or its key with --wallet.",
            null);
      }
      settings().goBy(home);
    }
    try (UbcClient client = settings().connect()) {
      return answer(client, Funding.present(client, settings().wallet()));
    }
  }

  private NodeHome home() {
    return NodeHome.of(Optional.ofNullable(data), surroundings(), ROLE);
  }

  /** Whether the node works, as far as this machine can tell. */
  final Presence presence(UbcClient client) throws CommandFailure {
    if (settings().typedWallet().isPresent()) {
      return Presence.UNKNOWN;
    }
    try {
      return ProviderNode.isRunning(home().work(), client.network().genesisHash())
          ? Presence.RUNNING
          : Presence.STOPPED;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, home().work() + " can not be used: " + e.getMessage(), e);
    }
  }
}
