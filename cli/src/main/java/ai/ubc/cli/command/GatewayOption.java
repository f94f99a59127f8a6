package ai.ubc.cli.command;

import ai.ubc.sdk.GatewayUnreachable;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which gateway a client command talks to. */
public final class GatewayOption {
  @Option(
      names = "--gateway",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "The network's gateway. Default: ${DEFAULT-VALUE}, where \"ubc up\" listens.")
  private URI url = URI.create("http://127.0.0.1:8080");

  /** Connects, or says what to do. */
  public UbcClient connect() throws CommandFailure, UbcException, InterruptedException {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--gateway must be a URL such as http://127.0.0.1:8080, not \"" + url + "\"");
    }
    try {
      return UbcClient.connect(url);
    } catch (GatewayUnreachable e) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          "no gateway answers at "
              + url
              + ". Start a network of your own with \"ubc up\", or name another with --gateway.",
          e);
    }
  }

  /** Its address. */
  public URI url() {
    return url;
  }
}
