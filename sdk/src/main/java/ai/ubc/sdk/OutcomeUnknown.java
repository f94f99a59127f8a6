package ai.ubc.sdk;

import ai.ubc.domain.Hash32;

/**
 * A command was sent, but no answer came that says what became of it: it may have run, or may still
 * run until its notAfter has passed. {@link Session#outcome} tells later.
 */
public final class OutcomeUnknown extends UbcException {
  private static final long serialVersionUID = 1;

  // Not serialised: exceptions of this client do not travel.
  private final transient Hash32 commandHash;
  private final long notAfterMs;

  /** For the command with this hash. */
  public OutcomeUnknown(Hash32 commandHash, long notAfterMs, Throwable cause) {
    super(
        "the command "
            + commandHash
            + " was sent and may have run; the last answer does not tell ("
            + cause.getMessage()
            + "). Ask for its outcome by this hash before giving it again",
        cause);
    this.commandHash = commandHash;
    this.notAfterMs = notAfterMs;
  }

  /** Keccak-256 of the signed bytes, by which the outcome is asked for. */
  public Hash32 commandHash() {
    return commandHash;
  }

  /** Log time after which it can not run any more, milliseconds. */
  public long notAfterMs() {
    return notAfterMs;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
