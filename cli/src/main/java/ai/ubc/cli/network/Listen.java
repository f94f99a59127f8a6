package ai.ubc.cli.network;

import ai.ubc.gateway.http.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/**
 * Where a gateway listens.
 *
 * @param address the address to bind
 * @param port the port; 0 for any free one
 * @param tls by what it shows who it is; empty for plain HTTP, on the loopback address only
 */
public record Listen(InetAddress address, int port, Optional<TlsFiles> tls) {
  /** On this machine only. */
  public static Listen local(int port) {
    return new Listen(InetAddress.getLoopbackAddress(), port, Optional.empty());
  }

  /** Whether other machines can reach it. */
  public boolean isOpen() {
    return !address.isLoopbackAddress();
  }

  /** The address as a server takes it. */
  public String host() {
    return address.getHostAddress();
  }

  /**
   * How this machine reaches it, with the key to expect.
   *
   * @param boundPort the port that it listens on
   * @throws IOException when its certificate can not be read
   */
  public URI url(int boundPort) throws IOException {
    InetAddress here = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    return url(here.getHostAddress(), boundPort);
  }

  /** The same for those who reach it by another name. */
  public URI url(String host, int boundPort) throws IOException {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return tls.isEmpty()
        ? URI.create("http://" + name + ":" + boundPort)
        : URI.create(
            "https://"
                + name
                + ":"
                + boundPort
                + "#sha256="
                + OwnCertificate.fingerprint(tls.get().certificate()));
  }
}
