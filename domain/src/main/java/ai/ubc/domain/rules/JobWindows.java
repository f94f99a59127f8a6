package ai.ubc.domain.rules;

import ai.ubc.domain.GenesisParameters;

/**
 * How long a job's work may take, in milliseconds of log time. Pure functions of the genesis
 * parameters: engine, quote and client call the same. A window that no machine can keep would cost
 * an honest provider its bond, or leave an honest validator out, so windows cover the time that the
 * slowest machine of the network needs for the job's limit.
 */
public final class JobWindows {
  /** The longest that a job may wait for an offer, milliseconds: 7 days. */
  public static final long WAIT_MAX_MS = 7L * 24 * 60 * 60 * 1_000;

  private static final int MS_PER_SECOND = 1_000;

  private JobWindows() {}

  /** Time that the slowest machine needs to run {@code units}, not negative. */
  public static long workMsRoundedUp(GenesisParameters p, long units) {
    return Wide.multiplyDivideRoundedUp(units, MS_PER_SECOND, p.unitsPerSecondMin());
  }

  /** The shortest run window of a job with this limit; may be more than the network's longest. */
  public static long runWindowLeastMs(GenesisParameters p, long maxUnits) {
    return Wide.add(p.runWindowMinMs(), workMsRoundedUp(p, maxUnits));
  }

  /** The time that validators of a job with this limit have to seal. */
  public static long sealWindowMs(GenesisParameters p, long maxUnits) {
    return Wide.add(p.sealWindowMs(), workMsRoundedUp(p, maxUnits));
  }

  /** The most units of any job: what fits the longest run window, at most {@code unitsMax}. */
  public static long unitsMax(GenesisParameters p) {
    long workMs = p.runWindowMaxMs() - p.runWindowMinMs();
    long units = Wide.multiplyDivideRoundedDown(workMs, p.unitsPerSecondMin(), MS_PER_SECOND);
    return Math.min(units, p.unitsMax());
  }
}
