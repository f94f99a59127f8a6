package ai.ubc.codec.session;

/** Who a session speaks for. Codes are permanent; the code is the session's principal. */
public enum SessionRole {
  /** A gateway: submits users' entries, which it has admitted. */
  GATEWAY(1),
  /** The node's own beacon. */
  SYSTEM(2);

  private final int code;

  SessionRole(int code) {
    this.code = code;
  }

  /** The permanent code, one byte. */
  public int code() {
    return code;
  }

  /** Name of the file that holds the role's credentials. */
  public String fileName() {
    return switch (this) {
      case GATEWAY -> "gateway";
      case SYSTEM -> "system";
    };
  }
}
