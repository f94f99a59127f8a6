package ai.ubc.sdk;

import org.jspecify.annotations.Nullable;

/** Something that was asked of the network did not come about; the message says what and why. */
public abstract class UbcException extends Exception {
  private static final long serialVersionUID = 1;

  /** With what happened, to what, and what to do. */
  protected UbcException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The HTTP status that told of it; 0 when none did. */
  public int status() {
    return 0;
  }

  /** Whether the same request may well succeed a little later. */
  public abstract boolean isRetryable();
}
