package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.gateway.http.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a node tells of itself, as its owner says it; nowhere unless said. */
final class NodeListenOption {
  private static final int PORT_MAX = 65_535;

  @Option(
      names = "--listen",
      paramLabel = "[ADDRESS:]PORT",
      description =
          "Where GET /health and /status tell whether it works and on what, for who watches the machine. Address: 127.0.0.1 unless said; another one is always encrypted. Default: nowhere; a node needs no open port.")
  private @Nullable String listen;

  /**
   * Where to listen; empty for nowhere.
   *
   * @param own where the certificate for an address that others reach lies, or is made
   * @param role what the node does, which that certificate says
   */
  Optional<Listen> listen(Path own, String role) throws CommandFailure, IOException {
    if (listen == null) {
      return Optional.empty();
    }
    int colon = listen.lastIndexOf(':');
    int port = port(listen.substring(colon + 1));
    InetAddress address =
        colon < 0 ? InetAddress.getLoopbackAddress() : address(listen.substring(0, colon));
    Optional<TlsFiles> tls =
        address.isLoopbackAddress()
            ? Optional.empty()
            : Optional.of(
                OwnCertificate.in(own, role + " status page", new SecureRandom(), Instant.now()));
    return Optional.of(new Listen(address, port, tls));
  }

  private static int port(String text) throws CommandFailure {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw wrongPort(text, e);
    }
    throw wrongPort(text, null);
  }

  private static CommandFailure wrongPort(String text, @Nullable Throwable cause) {
    String message =
        "--listen must end with a port of 0 to " + PORT_MAX + ", not with \"" + text + "\"";
    return cause == null
        ? new CommandFailure(ExitCode.USAGE, message)
        : new CommandFailure(ExitCode.USAGE, message, cause);
  }

  private static InetAddress address(String text) throws CommandFailure {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    try {
      if (!bare.isEmpty()) {
        return InetAddress.getByName(bare);
      }
    } catch (UnknownHostException e) {
      throw new CommandFailure(ExitCode.USAGE, noAddress(text), e);
    }
    throw new CommandFailure(ExitCode.USAGE, noAddress(text));
  }

  private static String noAddress(String text) {
    return "--listen must name an address of this machine before the port, such as 0.0.0.0 for all,"
        + " not \""
        + text
        + "\"";
  }
}
