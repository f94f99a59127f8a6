package ai.ubc.engine.job;

/** What can befall a job, once every question about it has been answered. */
public enum JobInput {
  /** Submitted on a lease. */
  SUBMITTED,
  /** Submitted where no offer could carry it, to wait for one. */
  QUEUED,
  /** An offer takes it after it waited. */
  MATCHED,
  /** The requester took it back while it waited. */
  CANCELLED,
  /** The time to wait for an offer is over. */
  WAIT_ENDED,
  /** The provider committed to a result that a quorum checks. */
  COMMITTED_TO_QUORUM,
  /** The provider committed to a result that nobody checks. */
  COMMITTED_UNCHECKED,
  /** The requester revealed its secret. */
  SECRET_REVEALED,
  /** The time for the secret is over. */
  SECRET_MISSED,
  /** A beacon slot was opened and enough validators are eligible. */
  DRAWN,
  /** A beacon slot was opened and too few validators are eligible. */
  TOO_FEW_ELIGIBLE,
  /** The time for the beacon is over. */
  BEACON_MISSED,
  /** The last drawn validator sealed. */
  ALL_SEALED,
  /** The time to seal is over, and enough have. */
  FEW_MISSING,
  /** The time to seal is over, more than a third are missing, and a round is left. */
  MANY_MISSING,
  /** The time to seal is over, more than a third are missing, and no round is left. */
  ROUNDS_USED_UP,
  /** The swarm stands behind the result. */
  JUDGED_ACCEPTED,
  /** There is a result, and no verdict on it. */
  JUDGED_UNCHECKED,
  /** The swarm stands behind another result. */
  JUDGED_FRAUD,
  /** The provider did not open its result. */
  JUDGED_WITHHELD,
  /** The provider did not commit. */
  JUDGED_ABANDONED,
  /** The dispute window of a job that is paid is over. */
  HOLD_ENDED_PAID,
  /** The dispute window of a job that is not yet paid is over. */
  HOLD_ENDED_UNPAID
}
