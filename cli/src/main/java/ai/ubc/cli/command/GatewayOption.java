package ai.ubc.cli.command;

import ai.ubc.sdk.GatewayUnreachable;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.UnsafeGateway;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which gateway a command talks to: the flag's, else {@code UBC_GATEWAY}'s, else the one of the
 * context in use, else where {@code up} listens.
 */
public final class GatewayOption {
  private static final URI LOCAL = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--gateway",
      order = 100,
      paramLabel = "URL",
      description = {
        "The network's gateway. Default: $$UBC_GATEWAY, else that of the context in use (\"ubc context\"),",
        "else http://127.0.0.1:8080."
      })
  private @Nullable URI url;

  /** Connects, or says what to do. */
  public UbcClient connect(Surroundings around)
      throws CommandFailure, UbcException, InterruptedException {
    URI address = url(around);
    if (address.getHost() == null
        || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--gateway must be a URL such as http://127.0.0.1:8080, not \"" + address + "\"");
    }
    UbcClient client;
    try {
      client = UbcClient.connect(address);
    } catch (UnsafeGateway e) {
      throw CommandFailure.of(ExitCode.USAGE, "UNSAFE_GATEWAY", String.valueOf(e.getMessage()), e);
    } catch (GatewayUnreachable e) {
      throw CommandFailure.of(
          ExitCode.FAILURE,
          "UNREACHABLE",
          "no gateway answers at "
              + address
              + ". Start a network of your own with \"ubc up\", or name another with --gateway.",
          e);
    }
    try {
      requireKnown(around, address, client.network().genesisHash().toString());
      return client;
    } catch (CommandFailure e) {
      client.close();
      throw e;
    }
  }

  // An address that the user typed is whatever answers there; one that was kept is that network.
  private void requireKnown(Surroundings around, URI address, String fingerprint)
      throws CommandFailure {
    Optional<Context> context = isTyped(around) ? Optional.empty() : context(around);
    if (context.isPresent() && !context.get().fingerprint().equals(fingerprint)) {
      throw CommandFailure.of(
          ExitCode.FAILURE,
          "OTHER_NETWORK",
          "at "
              + address
              + " answers another network ("
              + fingerprint
              + ") than the one of the context \""
              + context.get().name()
              + "\" ("
              + context.get().fingerprint()
              + "). Nothing was sent. If that is meant: ubc context use "
              + context.get().name()
              + " --gateway "
              + address,
          null);
    }
  }

  private boolean isTyped(Surroundings around) {
    return url != null || !around.variable("UBC_GATEWAY").isEmpty();
  }

  /** The context in use; empty where none was chosen. */
  public Optional<Context> context(Surroundings around) throws CommandFailure {
    return new Contexts(around.home()).current();
  }

  /** The address that the flag gives; empty where it is not given. */
  public Optional<URI> typed() {
    return Optional.ofNullable(url);
  }

  /** Its address. */
  public URI url(Surroundings around) throws CommandFailure {
    if (url != null) {
      return url;
    }
    String variable = around.variable("UBC_GATEWAY");
    if (!variable.isEmpty()) {
      try {
        return URI.create(variable);
      } catch (IllegalArgumentException e) {
        throw new CommandFailure(
            ExitCode.FAILURE, "UBC_GATEWAY is no URL but \"" + variable + "\"", e);
      }
    }
    return context(around).map(Context::gateway).orElse(LOCAL);
  }
}
