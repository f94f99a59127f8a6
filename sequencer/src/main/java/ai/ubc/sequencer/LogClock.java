package ai.ubc.sequencer;

/**
 * Log time: the cluster's time less the outages, never going back. Pure arithmetic over the times
 * that stand in the log, so every replay of the log gets the same. Milliseconds throughout.
 */
final class LogClock {
  /** A gap above this at the start of a leadership term is an outage. */
  static final long OUTAGE_MIN_MS = 5_000;

  private long clusterTimeMs;
  private long outagesMs;
  private long logTimeMs;

  /** Continues from a snapshot; a new log starts from zeros. */
  void restore(long clusterTimeMs, long outagesMs, long logTimeMs) {
    this.clusterTimeMs = clusterTimeMs;
    this.outagesMs = outagesMs;
    this.logTimeMs = logTimeMs;
  }

  /** The log holds something with this cluster time: the cluster was alive then. */
  void observe(long timeMs) {
    clusterTimeMs = Math.max(clusterTimeMs, timeMs);
  }

  /** Log time at a cluster time. */
  long at(long timeMs) {
    return Math.max(logTimeMs, timeMs - outagesMs);
  }

  /** Log time of an entry at a cluster time; later ones are not less. */
  long advance(long timeMs) {
    logTimeMs = at(timeMs);
    return logTimeMs;
  }

  /**
   * How long the cluster was away when a term begins at {@code timeMs}; 0 when that is no outage.
   */
  long outageUntil(long timeMs) {
    long gapMs = timeMs - clusterTimeMs;
    return clusterTimeMs != 0 && gapMs > OUTAGE_MIN_MS ? gapMs : 0;
  }

  /** Leaves an outage out of log time. */
  void leaveOut(long durationMs) {
    outagesMs += durationMs;
  }

  /** The cluster time at which a log time is reached, if no outage comes between. */
  long clusterTimeOf(long logTimeMs) {
    return logTimeMs + outagesMs;
  }

  long clusterTimeMs() {
    return clusterTimeMs;
  }

  long outagesMs() {
    return outagesMs;
  }

  long logTimeMs() {
    return logTimeMs;
  }
}
