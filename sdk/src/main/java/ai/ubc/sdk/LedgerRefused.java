package ai.ubc.sdk;

import ai.ubc.domain.Refusal;

/** The ledger refused a command, or would refuse what was asked for. Nothing was changed. */
public final class LedgerRefused extends UbcException {
  private static final long serialVersionUID = 1;

  private final Refusal refusal;
  private final long seq;

  /** A refusal, by the entry {@code seq} of the log; 0 when nothing was logged. */
  public LedgerRefused(Refusal refusal, long seq, String detail) {
    super(refusal + ": " + detail, null);
    this.refusal = refusal;
    this.seq = seq;
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
  public boolean isRetryable() {
    return false;
  }
}
