package ai.ubc.provider.node;

import ai.ubc.sdk.Randomness;
import ai.ubc.sdk.Wallet;
import java.net.URI;
import java.nio.file.Path;

/**
 * What a node is started with.
 *
 * @param gateway the gateway's address
 * @param wallet the key that owns the node's account
 * @param dataDirectory the node's own place on disk, which is made when it is missing
 * @param limits what it uses at most
 * @param bondMicros bond to have at the start, micro-COMPUTE
 * @param conduct what it does with the commands of its duties
 * @param randomness where its nonces, salts and seals come from
 */
public record NodeSettings(
    URI gateway,
    Wallet wallet,
    Path dataDirectory,
    NodeLimits limits,
    long bondMicros,
    Conduct conduct,
    Randomness randomness) {

  /** An honest node. */
  public NodeSettings(
      URI gateway, Wallet wallet, Path dataDirectory, NodeLimits limits, long bondMicros) {
    this(gateway, wallet, dataDirectory, limits, bondMicros, Conduct.HONEST, Randomness.SYSTEM);
  }

  /** Refuses a negative bond. */
  public NodeSettings {
    if (bondMicros < 0) {
      throw new IllegalArgumentException("a bond is not negative");
    }
  }
}
