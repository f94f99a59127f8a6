package ai.ubc.link;

import ai.ubc.codec.session.Credentials;
import java.util.Optional;

/**
 * How a link reaches the ledger.
 *
 * @param ingressEndpoints the members' ingress: {@code 0=host:port,1=host:port,…}
 * @param host the name or address under which the ledger reaches this machine
 * @param credentials proves the link's role
 * @param driverDirectory directory of a media driver on this machine to share; without one the link
 *     runs its own
 * @param inFlightMax most entries without an answer
 * @param timeoutMs how long an entry waits for its answer
 */
public record LinkConfig(
    String ingressEndpoints,
    String host,
    Credentials credentials,
    Optional<String> driverDirectory,
    int inFlightMax,
    long timeoutMs) {

  /** Most entries without an answer, unless asked otherwise. */
  public static final int IN_FLIGHT_MAX = 8_192;

  /** How long an entry waits for its answer, unless asked otherwise, milliseconds. */
  public static final long TIMEOUT_MS = 15_000;

  /** Checks the numbers. */
  public LinkConfig {
    if (inFlightMax < 1 || timeoutMs < 1) {
      throw new IllegalArgumentException("inFlightMax and timeoutMs must be positive");
    }
  }

  /** A link on the ledger's machine that shares its driver. */
  public static LinkConfig sharing(
      String driverDirectory, String ingressEndpoints, Credentials credentials) {
    return new LinkConfig(
        ingressEndpoints,
        "localhost",
        credentials,
        Optional.of(driverDirectory),
        IN_FLIGHT_MAX,
        TIMEOUT_MS);
  }

  /** A link with a driver of its own. */
  public static LinkConfig standalone(
      String ingressEndpoints, String host, Credentials credentials) {
    return new LinkConfig(
        ingressEndpoints, host, credentials, Optional.empty(), IN_FLIGHT_MAX, TIMEOUT_MS);
  }

  /** The same with other bounds. */
  public LinkConfig withBounds(int mostInFlight, long answerTimeoutMs) {
    return new LinkConfig(
        ingressEndpoints, host, credentials, driverDirectory, mostInFlight, answerTimeoutMs);
  }
}
