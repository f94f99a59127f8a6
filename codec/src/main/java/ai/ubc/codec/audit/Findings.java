package ai.ubc.codec.audit;

import java.util.ArrayList;
import java.util.List;

/** The violations found so far; the first of them are kept, all are counted. */
final class Findings {
  private final List<Violation> kept = new ArrayList<>();
  private long count;
  private long seq;

  /** Whatever is found from now on is of this entry. */
  void begin(long seq) {
    this.seq = seq;
  }

  long seq() {
    return seq;
  }

  void require(boolean holds, String rule, String message) {
    if (holds) {
      return;
    }
    count++;
    if (kept.size() < ConservationAudit.VIOLATIONS_KEPT) {
      kept.add(new Violation(seq, rule, message));
    }
  }

  long count() {
    return count;
  }

  List<Violation> kept() {
    return List.copyOf(kept);
  }
}
