package ai.ubc.provider.node;

import ai.ubc.domain.Hash32;

/** A body is not in the store, not readable for this node, or larger than it takes. */
final class BodyUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  BodyUnavailable(Hash32 sha256, Exception cause) {
    super("the body " + sha256 + " is not to be had: " + cause.getMessage(), cause);
  }
}
