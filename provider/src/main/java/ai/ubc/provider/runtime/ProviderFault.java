package ai.ubc.provider.runtime;

/**
 * This machine did not finish a run. It says nothing about the program: another machine, or the
 * same one later, may well finish it.
 */
public final class ProviderFault extends Exception {

  private static final long serialVersionUID = 1L;

  /** What failed. */
  public enum Kind {
    /** The run took longer than this provider allows. */
    LATE,
    /** The process that ran the program ended. */
    WORKER_LOST,
    /** The process that ran the program had not enough memory. */
    OUT_OF_MEMORY,
    /** No worker became free in time. */
    BUSY,
    /** The runtime is closed, or closing. */
    CLOSED,
    /** A file of the request could not be read. */
    INPUT,
    /** The runtime broke one of its own rules: a bug. */
    INTERNAL
  }

  private final Kind kind;

  /** A fault, described for the operator. */
  public ProviderFault(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** A fault, described for the operator, with what led to it. */
  public ProviderFault(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What failed. */
  public Kind kind() {
    return kind;
  }

  /** Whether the same request may succeed on this machine later. */
  public boolean isRetryable() {
    return switch (kind) {
      case WORKER_LOST, OUT_OF_MEMORY, BUSY -> true;
      case LATE, CLOSED, INPUT, INTERNAL -> false;
    };
  }
}
