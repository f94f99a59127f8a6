package ai.ubc.provider.node;

import ai.ubc.domain.Hash32;

/**
 * A body is not in the store, not readable for this node, or larger than it takes; or it is sealed
 * and this node has not got the key.
 */
final class BodyUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean withoutKey;

  BodyUnavailable(Hash32 sha256, Exception cause) {
    super("the body " + sha256 + " is not to be had: " + cause.getMessage(), cause);
    this.withoutKey = false;
  }

  private BodyUnavailable(String message) {
    super(message);
    this.withoutKey = true;
  }

  /** Nobody has given this node the key of a sealed job. */
  static BodyUnavailable withoutKey(long job) {
    return new BodyUnavailable("nobody has given the key of the sealed job " + job + " yet");
  }

  /** Whether only the key is missing. */
  boolean isWithoutKey() {
    return withoutKey;
  }
}
