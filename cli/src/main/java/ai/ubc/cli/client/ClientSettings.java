package ai.ubc.cli.client;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.Context;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.GatewayOption;
import ai.ubc.cli.command.NodeHome;
import ai.ubc.cli.command.Surroundings;
import ai.ubc.cli.command.UbcHome;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every client command takes: which network, which key, and where to report to. */
public final class ClientSettings {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee = CommandSpec.create();

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--wallet",
      order = 101,
      paramLabel = "FILE",
      description = {
        "Your key file, made where there is none. Default: $$UBC_WALLET, else that of the context in use,",
        "else wallet.key in $$UBC_HOME or ~/.ubc."
      })
  private @Nullable Path wallet;

  @Option(
      names = "--json",
      order = 102,
      paramLabel = "FILE",
      description =
          "Write what came of it as JSON, also where it failed; - for standard output, in place of the text.")
  private @Nullable Path json;

  private @Nullable NodeHome node;

  /** Connects to the network. */
  public UbcClient connect() throws CommandFailure, UbcException, InterruptedException {
    return gateway.connect(around());
  }

  /** The gateway's address. */
  public URI url() throws CommandFailure {
    return gateway.url(around());
  }

  /** Goes by a node's network and key from now on, where no flag or variable names others. */
  public void goBy(NodeHome home) {
    node = home;
  }

  // Where a node's directory takes the place of the user's, so do its contexts.
  private Surroundings around() {
    return node == null ? surroundings() : surroundings().within(node.directory());
  }

  /** The gateway's address as the flag gives it; empty where it is not given. */
  Optional<URI> typedUrl() {
    return gateway.typed();
  }

  /** The context in use; empty where none was chosen. */
  public Optional<Context> context() throws CommandFailure {
    return gateway.context(around());
  }

  /** The key file that the flag names; empty where it is not given. */
  public Optional<Path> typedWallet() {
    return Optional.ofNullable(wallet);
  }

  /** The file that holds, or will hold, the user's key, or the node's. */
  public Path walletFile() throws CommandFailure {
    if (wallet != null) {
      return wallet;
    }
    if (node != null) {
      return node.wallet();
    }
    String variable = surroundings().variable("UBC_WALLET");
    if (!variable.isEmpty()) {
      return Path.of(variable);
    }
    return gateway
        .context(surroundings())
        .map(Context::wallet)
        .orElseGet(() -> UbcHome.wallet(surroundings().home()));
  }

  /** The user's key, made where there is none. */
  public Wallet wallet() throws CommandFailure {
    try {
      return Wallet.loadOrCreate(walletFile(), new SecureRandom());
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Where to report as JSON; empty where nobody asked. */
  Optional<Path> json() {
    return Optional.ofNullable(json);
  }

  /** Variables and streams. */
  public Surroundings surroundings() {
    return Surroundings.of(mixee);
  }
}
