package ai.ubc.gateway.journal;

import ai.ubc.domain.Event;
import java.util.function.LongSupplier;

/**
 * Log time between entries: a steady Unix time less all outages, and never less than the last
 * entry's. The sequencer counts log time by a clock of its own; where that and this one differ,
 * because one of them began after the machine's clock was set, the entries tell: one that was just
 * written has the log time of now. One writer; read from any thread.
 */
public final class LogClock {
  /**
   * How far this clock may be ahead of an entry that was just written, milliseconds: by so much the
   * entry may have been read late.
   */
  static final long READ_DELAY_MAX_MS = 5_000;

  private final LongSupplier unixTimeMs;
  private volatile State state;

  private record State(long seq, long lastMs, long outagesMs, long correctionMs) {
    long at(long unixMs) {
      return unixMs - outagesMs + correctionMs;
    }
  }

  /**
   * Starts behind entry {@code seq}.
   *
   * @param unixTimeMs Unix time that does not jump, milliseconds
   * @param seq the last entry that {@code outagesMs} contains
   * @param outagesMs sum of all outages so far
   */
  public LogClock(LongSupplier unixTimeMs, long seq, long outagesMs) {
    this.unixTimeMs = unixTimeMs;
    this.state = new State(seq, 0, outagesMs, 0);
  }

  /** Takes an entry, which may be old; those up to the start are known already. */
  void observe(JournalEntry entry) {
    State before = state;
    if (entry.seq() > before.seq()) {
      long outages = before.outagesMs();
      for (Event event : entry.events()) {
        if (event instanceof Event.OutageRecorded outage) {
          outages += outage.durationMs();
        }
      }
      state = new State(entry.seq(), entry.logTimeMs(), outages, before.correctionMs());
    }
  }

  /** The last entry taken was written just now, so its log time is that of now. */
  void lastIsNew() {
    State now = state;
    long aheadMs = now.at(unixTimeMs.getAsLong()) - now.lastMs();
    if (aheadMs < 0 || aheadMs > READ_DELAY_MAX_MS) {
      state = new State(now.seq(), now.lastMs(), now.outagesMs(), now.correctionMs() - aheadMs);
    }
  }

  /** Log time now, milliseconds. */
  public long nowMs() {
    return atUnix(unixTimeMs.getAsLong());
  }

  /** Log time at a Unix time, milliseconds. */
  public long atUnix(long unixMs) {
    State now = state;
    return Math.max(now.lastMs(), now.at(unixMs));
  }

  /** Log time of the last entry taken, milliseconds; 0 before the first. */
  public long lastEntryMs() {
    return state.lastMs();
  }

  /** Unix time now, milliseconds. */
  public long unixNowMs() {
    return unixTimeMs.getAsLong();
  }
}
