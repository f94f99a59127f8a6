package ai.ubc.sdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that an address names the wrong scheme, as far as that can be told: TLS was spoken to a
 * plain port, or plain HTTP to one that wants TLS. This is advice for people. Whether a command may
 * have run is decided elsewhere, since a connection can fail in the same words later.
 */
final class WrongScheme {
  private static final int BAD_REQUEST = 400;

  /** What a record of TLS that tells of a failure begins with. */
  private static final char ALERT = 0x15;

  private WrongScheme() {}

  /** What a failed connection says of it; empty when it failed for another reason. */
  static Optional<GatewayProblem> behind(URI uri, Throwable failure) {
    boolean isTls = isTls(uri);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      // The JDK's words for bytes that are no record of TLS, and for a status line that is none.
      if (isTls && cause instanceof SSLException && message.contains("SSL message")) {
        return Optional.of(plain(uri, failure));
      }
      if (!isTls && message.contains("status line: \"" + ALERT)) {
        return Optional.of(encrypted(uri, 0, failure));
      }
    }
    return Optional.empty();
  }

  /** What an answer says of it: servers of TLS know plain HTTP when they see it. */
  static Optional<GatewayProblem> behind(URI uri, int status, byte[] answer) {
    if (isTls(uri) || status != BAD_REQUEST) {
      return Optional.empty();
    }
    String text = new String(answer, ISO_8859_1);
    boolean isEncrypted = text.contains("requires TLS") || text.contains("sent to HTTPS port");
    return isEncrypted ? Optional.of(encrypted(uri, status, null)) : Optional.empty();
  }

  private static boolean isTls(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  private static GatewayProblem plain(URI uri, Throwable cause) {
    return problem(
        0,
        "https://"
            + uri.getAuthority()
            + " is not encrypted: who listens there speaks plain HTTP. On that machine use http://"
            + uri.getAuthority()
            + "; for others start the network with \"ubc up --listen 0.0.0.0\" and use the address that \"ubc invite\" prints.",
        cause);
  }

  private static GatewayProblem encrypted(URI uri, int status, @Nullable Throwable cause) {
    return problem(
        status,
        "http://"
            + uri.getAuthority()
            + " is encrypted: who listens there wants TLS. Use the https:// address that \"ubc invite\" prints there.",
        cause);
  }

  private static GatewayProblem problem(int status, String detail, @Nullable Throwable cause) {
    return new GatewayProblem(GatewayProblem.WRONG_SCHEME, status, detail, 0, cause);
  }
}
