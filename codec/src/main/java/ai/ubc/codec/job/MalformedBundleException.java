package ai.ubc.codec.job;

import java.io.IOException;

/**
 * A bundle is not of the form, or beyond a limit; the message says where. The bundle, not the disk,
 * is at fault.
 */
public final class MalformedBundleException extends IOException {
  private static final long serialVersionUID = 1;

  /** The bundle is malformed for this reason. */
  public MalformedBundleException(String message) {
    super(message);
  }
}
