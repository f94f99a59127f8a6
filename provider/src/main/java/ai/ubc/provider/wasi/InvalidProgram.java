package ai.ubc.provider.wasi;

/** A module that is refused at admission; the message says where and why. */
final class InvalidProgram extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidProgram(String message) {
    super(message);
  }

  InvalidProgram(String message, Throwable cause) {
    super(message, cause);
  }
}
