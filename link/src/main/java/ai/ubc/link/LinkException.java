package ai.ubc.link;

/** Why an entry has no answer. */
public final class LinkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is known about the entry, and so what can be done. */
  public enum Kind {
    /** It was not sent: too many are under way. Send it later. */
    BUSY,
    /** It was not sent: the ledger could not be reached in time. Send it later. */
    UNREACHABLE,
    /**
     * It may have been ordered or not: no answer came in time. Sending the same bytes again is
     * safe; the ledger carries a command out once.
     */
    UNKNOWN_RESULT,
    /** It was not sent: the ledger does not accept this link's credentials. */
    REJECTED,
    /** The link was closed. What was under way may have been ordered or not. */
    CLOSED
  }

  private final Kind kind;

  LinkException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What is known about the entry. */
  public Kind kind() {
    return kind;
  }
}
