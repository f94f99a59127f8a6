package ai.ubc.codec.journal;

/** Why a journal could not be read or written; the message names the file and the offset. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, and so what can be done. */
  public enum Kind {
    /** The disk failed or is full. Free space or replace it, then start again. */
    IO,
    /** The directory holds a journal of another network or of an unknown version. */
    FOREIGN,
    /** Bytes that were once written and synced are gone or changed. Restore from a copy. */
    DAMAGED,
    /** A record given again differs from the one that stands: a broken invariant. */
    DIFFERENT
  }

  private final Kind kind;

  JournalException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  JournalException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }
}
