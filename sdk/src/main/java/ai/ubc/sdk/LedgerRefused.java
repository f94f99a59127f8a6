package ai.ubc.sdk;

import ai.ubc.domain.Refusal;

/** The ledger refused a command, or would refuse what was asked for. Nothing was changed. */
public final class LedgerRefused extends UbcException {
  private static final long serialVersionUID = 1;

  private final Refusal refusal;
  private final long seq;
  private final int status;

  /**
   * A refusal, by the entry {@code seq} of the log (0 when nothing was logged), told with an HTTP
   * status.
   */
  public LedgerRefused(Refusal refusal, long seq, int status, String detail) {
    super(refusal + ": " + detail, null);
    this.refusal = refusal;
    this.seq = seq;
    this.status = status;
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }

  /** Position of the refused entry; 0 when nothing was logged. */
  public long seq() {
    return seq;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
