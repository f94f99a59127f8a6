package ai.ubc.codec.evidence;

/** The bytes are no receipt; the message says why. */
public final class MalformedReceiptException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedReceiptException(String message) {
    super(message);
  }

  MalformedReceiptException(String message, Throwable cause) {
    super(message, cause);
  }
}
