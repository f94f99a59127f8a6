package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.gateway.http.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a gateway listens, as its operator says it. */
final class ListenOptions {
  private static final int PORT_MAX = 65_535;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Where the gateway listens. Default: ${DEFAULT-VALUE}; 0 takes any free one.")
  private int port = 8080;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description =
          "Which of this machine's addresses it listens on; 0.0.0.0 for all. Default: 127.0.0.1, so that nobody else reaches it. Another address is always encrypted; \"ubc invite\" prints what other machines need.")
  private @Nullable String listen;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "Its certificate, with those that lead to its authority, in PEM. Default: one of its own, made at the first start.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "That certificate's key, in PEM.")
  private @Nullable Path key;

  /**
   * Where to listen.
   *
   * @param own where a certificate of its own lies, or is made
   */
  Listen listen(Path own) throws CommandFailure, IOException {
    if (port < 0 || port > PORT_MAX) {
      throw new CommandFailure(ExitCode.USAGE, "--port must be 0 to " + PORT_MAX + ", not " + port);
    }
    Optional<TlsFiles> given = given();
    InetAddress address = address();
    if (address.isLoopbackAddress() || given.isPresent()) {
      return new Listen(address, port, given);
    }
    TlsFiles made = OwnCertificate.in(own, "gateway", new SecureRandom(), Instant.now());
    return new Listen(address, port, Optional.of(made));
  }

  private InetAddress address() throws CommandFailure {
    if (listen == null) {
      return InetAddress.getLoopbackAddress();
    }
    try {
      return InetAddress.getByName(listen);
    } catch (UnknownHostException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--listen must be an address of this machine, such as 0.0.0.0 for all, not \""
              + listen
              + "\"",
          e);
    }
  }

  private Optional<TlsFiles> given() throws CommandFailure {
    if (certificate == null && key == null) {
      return Optional.empty();
    }
    if (certificate == null || key == null) {
      throw new CommandFailure(ExitCode.USAGE, "--tls-cert and --tls-key go together");
    }
    for (Path file : new Path[] {certificate, key}) {
      if (!Files.isReadable(file)) {
        throw new CommandFailure(ExitCode.USAGE, file + " can not be read");
      }
    }
    return Optional.of(new TlsFiles(certificate.toAbsolutePath(), key.toAbsolutePath()));
  }
}
