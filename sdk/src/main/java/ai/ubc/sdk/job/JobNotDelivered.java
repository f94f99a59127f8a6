package ai.ubc.sdk.job;

import ai.ubc.api.JobView;
import ai.ubc.sdk.UbcException;

/**
 * The job ended without a result: the provider did not deliver, or the drawn swarm agreed on
 * another result than the provider's, or no provider ever took it. The requester got everything
 * back.
 */
public final class JobNotDelivered extends UbcException {
  private static final long serialVersionUID = 1;

  // Not serialised: exceptions of this client do not travel.
  private final transient JobView job;
  private final String ending;

  /** For the job as it stands on the ledger. */
  public JobNotDelivered(JobView job, String ending) {
    super("job " + job.job() + " ended " + ending + " and was not paid for", null);
    this.job = job;
    this.ending = ending;
  }

  /** The job as it stands on the ledger. */
  public JobView job() {
    return job;
  }

  /**
   * {@code FRAUD}, {@code WITHHELD} or {@code ABANDONED}; {@code UNMATCHED} where no offer could
   * carry it in its time, {@code CANCELLED} where it was taken back.
   */
  public String ending() {
    return ending;
  }

  /** The same order may well succeed with another provider. */
  @Override
  public boolean isRetryable() {
    return true;
  }
}
