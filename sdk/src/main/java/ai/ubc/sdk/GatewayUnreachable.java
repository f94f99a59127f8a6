package ai.ubc.sdk;

import org.jspecify.annotations.Nullable;

/** No whole answer came from the gateway: no connection, a broken one, or too slow. */
public final class GatewayUnreachable extends UbcException {
  private static final long serialVersionUID = 1;

  /** With what was asked of which gateway. */
  public GatewayUnreachable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
