package ai.ubc.cli.text;

import java.util.Optional;

/**
 * When to say what is being waited for, where every line stays: each new thing once, at most one
 * line in {@value #PAUSE_MS} ms, and the same again after {@value #REPEAT_MS} ms, so that one sees
 * that it is still waited for. Time is an argument, in milliseconds from any beginning.
 */
final class Sparing {
  static final long PAUSE_MS = 5_000;
  static final long REPEAT_MS = 60_000;

  private String current = "";
  private long sinceMs;
  private String said = "";
  private long saidMs;
  private long nextMs;

  /** Says nothing before {@code firstMs}. */
  Sparing(long firstMs) {
    nextMs = firstMs;
  }

  /** This is being waited for now; nothing where it is empty. */
  void awaiting(String what, long nowMs) {
    if (!what.equals(current)) {
      current = what;
      sinceMs = nowMs;
    }
  }

  /** The line that is due now; empty where none is. It counts as said. */
  Optional<String> due(long nowMs) {
    boolean isNew = !current.equals(said);
    if (current.isEmpty() || nowMs < nextMs || (!isNew && nowMs < saidMs + REPEAT_MS)) {
      return Optional.empty();
    }
    said = current;
    saidMs = nowMs;
    nextMs = nowMs + PAUSE_MS;
    return Optional.of(isNew ? current : current + " (for " + (nowMs - sinceMs) / 1_000 + " s)");
  }
}
