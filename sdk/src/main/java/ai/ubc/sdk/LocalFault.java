package ai.ubc.sdk;

import java.io.IOException;

/** This machine could not read or write a file; the network is not at fault. */
public final class LocalFault extends UbcException {
  private static final long serialVersionUID = 1;

  /** With what was done to which file. */
  public LocalFault(String message, IOException cause) {
    super(message + ": " + cause.getMessage(), cause);
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
