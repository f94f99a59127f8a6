package ai.ubc.gateway.journal;

import ai.ubc.domain.Event;
import java.util.function.LongSupplier;

/**
 * Log time between entries: the sequencer's Unix time less all outages, and never less than the
 * last entry's. One writer; read from any thread.
 */
public final class LogClock {
  private final LongSupplier unixTimeMs;
  private volatile State state;

  private record State(long seq, long lastMs, long outagesMs) {}

  /**
   * Starts behind entry {@code seq}.
   *
   * @param unixTimeMs Unix time, milliseconds
   * @param seq the last entry that {@code outagesMs} contains
   * @param outagesMs sum of all outages so far
   */
  public LogClock(LongSupplier unixTimeMs, long seq, long outagesMs) {
    this.unixTimeMs = unixTimeMs;
    this.state = new State(seq, 0, outagesMs);
  }

  /** Takes an entry; those up to the start are known already. */
  void observe(JournalEntry entry) {
    State before = state;
    if (entry.seq() > before.seq()) {
      long outages = before.outagesMs();
      for (Event event : entry.events()) {
        if (event instanceof Event.OutageRecorded outage) {
          outages += outage.durationMs();
        }
      }
      state = new State(entry.seq(), entry.logTimeMs(), outages);
    }
  }

  /** Log time now, milliseconds. */
  public long nowMs() {
    return atUnix(unixTimeMs.getAsLong());
  }

  /** Log time at a Unix time, milliseconds. */
  public long atUnix(long unixMs) {
    State now = state;
    return Math.max(now.lastMs(), unixMs - now.outagesMs());
  }

  /** Unix time now, milliseconds. */
  public long unixNowMs() {
    return unixTimeMs.getAsLong();
  }
}
