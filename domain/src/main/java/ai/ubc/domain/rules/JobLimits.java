package ai.ubc.domain.rules;

/** How many jobs the ledger takes of one account. The engine keeps to it, clients name it. */
public final class JobLimits {
  /** The most jobs of one account that wait for an offer at once (JOB-007). */
  public static final int WAITING_PER_ACCOUNT_MAX = 64;

  private JobLimits() {}
}
