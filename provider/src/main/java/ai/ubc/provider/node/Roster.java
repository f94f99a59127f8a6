package ai.ubc.provider.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which duties are started and which that are under way are stopped. Its input is the whole
 * state (the ledger's agenda), not what changed, so it is right again after any absence. One
 * thread; time is an argument.
 */
final class Roster {
  private final NodeLimits limits;
  private final Map<Duty.Key, UnderWay> underWay = new HashMap<>();
  private final Map<Duty.Key, Rest> rests = new HashMap<>();

  /**
   * A duty that was started.
   *
   * @param duty the duty
   * @param stopped whether it was told to stop
   */
  private record UnderWay(Duty duty, boolean stopped) {}

  /**
   * Why a duty on the agenda is left alone.
   *
   * @param failures failures in a row
   * @param untilMs monotonic time until which it rests; {@link Long#MAX_VALUE} for ever
   * @param untilSeq entry of the log that an agenda must have passed to count
   */
  private record Rest(int failures, long untilMs, long untilSeq) {}

  /**
   * A duty to start.
   *
   * @param duty the duty
   * @param failures how often it failed before
   */
  record Start(Duty duty, int failures) {}

  /**
   * What to do now.
   *
   * @param start duties to start, most urgent first
   * @param stop duties to stop: the ledger does not wait for them any more
   */
  record Plan(List<Start> start, List<Duty.Key> stop) {}

  Roster(NodeLimits limits) {
    this.limits = limits;
  }

  /** What follows from an agenda. Calling it again with the same changes nothing more. */
  Plan plan(Agenda agenda, long logTimeMs, long nowMs) {
    Set<Duty.Key> wanted = new HashSet<>();
    agenda.duties().forEach(duty -> wanted.add(duty.key()));
    List<Duty.Key> stop = new ArrayList<>();
    for (UnderWay active : List.copyOf(underWay.values())) {
      Duty duty = active.duty();
      if (!active.stopped() && !wanted.contains(duty.key())) {
        underWay.put(duty.key(), new UnderWay(duty, true));
        stop.add(duty.key());
      }
    }
    rests.keySet().removeIf(key -> !wanted.contains(key) && isRead(key, agenda));
    return new Plan(start(agenda, logTimeMs, nowMs), stop);
  }

  // A rest is forgotten only by an agenda that has seen what the duty did.
  private boolean isRead(Duty.Key key, Agenda agenda) {
    Rest rest = rests.get(key);
    return rest == null || rest.untilSeq() <= agenda.seq();
  }

  private List<Start> start(Agenda agenda, long logTimeMs, long nowMs) {
    List<Start> start = new ArrayList<>();
    long running = underWay.keySet().stream().filter(k -> k.action().isRunning()).count();
    for (Duty duty : agenda.duties()) {
      boolean runs = duty.key().action().isRunning();
      if (underWay.size() >= limits.dutiesMax()
          || (runs && running >= limits.runsMax())
          || duty.deadlineMs() <= logTimeMs
          || underWay.containsKey(duty.key())) {
        continue;
      }
      Rest rest = rests.getOrDefault(duty.key(), new Rest(0, Long.MIN_VALUE, 0));
      if (rest.untilMs() > nowMs || rest.untilSeq() > agenda.seq()) {
        continue;
      }
      underWay.put(duty.key(), new UnderWay(duty, false));
      running += runs ? 1 : 0;
      start.add(new Start(duty, rest.failures()));
    }
    return start;
  }

  /** A duty that was started has ended so. */
  void ended(Duty.Key key, Ending ending, long nowMs) {
    underWay.remove(key);
    int failures = rests.getOrDefault(key, new Rest(0, 0, 0)).failures() + 1;
    long retryMs = nowMs + limits.retryMs(failures);
    switch (ending) {
      case Ending.Done done -> rests.put(key, new Rest(0, Long.MIN_VALUE, done.seq()));
      case Ending.Refused refused -> rests.put(key, new Rest(failures, retryMs, refused.seq()));
      case Ending.Again _ -> rests.put(key, new Rest(failures, retryMs, 0));
      case Ending.Never _ -> rests.put(key, new Rest(failures, Long.MAX_VALUE, 0));
      case Ending.Stopped _ -> rests.remove(key); // started again if an agenda still asks for it
    }
  }

  /** Whether anything is under way. */
  boolean isIdle() {
    return underWay.isEmpty();
  }

  /**
   * Whether the deadline of something under way has passed. This machine's idea of log time may be
   * ahead, after an outage of the network, so nothing is stopped for that: the ledger is asked.
   */
  boolean isOverdue(Agenda agenda, long logTimeMs) {
    for (Duty duty : agenda.duties()) {
      @Nullable UnderWay active = underWay.get(duty.key());
      if (active != null && !active.stopped() && duty.deadlineMs() <= logTimeMs) {
        return true;
      }
    }
    return false;
  }

  /**
   * How long until {@link #plan} may answer differently for the same agenda, milliseconds; at most
   * {@code limitMs}.
   */
  long restMs(Agenda agenda, long logTimeMs, long nowMs, long limitMs) {
    long left = limitMs;
    for (Duty duty : agenda.duties()) {
      @Nullable UnderWay active = underWay.get(duty.key());
      @Nullable Rest rest = rests.get(duty.key());
      if (active != null && !active.stopped() && duty.deadlineMs() > logTimeMs) {
        left = Math.min(left, duty.deadlineMs() - logTimeMs);
      } else if (active == null && rest != null && rest.untilMs() > nowMs) {
        left = Math.min(left, rest.untilMs() - nowMs);
      }
    }
    return Math.max(0, left);
  }
}
