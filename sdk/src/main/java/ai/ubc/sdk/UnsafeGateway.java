package ai.ubc.sdk;

import org.jspecify.annotations.Nullable;

/**
 * What was about to be sent could be read or answered by others on the way; it was not sent. A
 * command that may have been sent before ends in {@link OutcomeUnknown} instead.
 */
public final class UnsafeGateway extends UbcException {
  private static final long serialVersionUID = 1;

  /** With what is wrong with which address, and what to do. */
  public UnsafeGateway(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
