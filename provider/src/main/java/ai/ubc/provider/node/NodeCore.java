package ai.ubc.provider.node;

import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node without its threads: reads the agenda when that is due, tends what there is to tend, and
 * says which duties to start and to stop. One thread; time is an argument.
 */
final class NodeCore {
  /** Time between two looks at what the node keeps of jobs that may be over, milliseconds. */
  static final long CLEAN_MS = 60_000;

  /** Longest time between two reads of a node that is leaving, milliseconds. */
  static final long LEAVING_READ_MS = 500;

  private static final Logger LOG = System.getLogger(NodeCore.class.getPackageName());

  private final String name;
  private final Ledger ledger;
  private final Part part;
  private final NodeLimits limits;
  private final Roster roster;
  private final Map<Duty.Key, String> warned = new HashMap<>();
  private Agenda agenda = Agenda.NONE;
  private long afterSeq;
  private long readAtMs = Long.MIN_VALUE;
  private long cleanAtMs = Long.MIN_VALUE;
  private long overdueAtMs = Long.MIN_VALUE;
  private int failures;
  private boolean reconciled;
  private boolean leaving;
  private Unfinished unfinished = new Unfinished(true, List.of(), List.of());

  NodeCore(String name, Ledger ledger, Part part, NodeLimits limits) {
    this.name = name;
    this.ledger = ledger;
    this.part = part;
    this.limits = limits;
    this.roster = new Roster(limits);
  }

  /** Something changed by this entry of the log: the next step reads the state behind it. */
  void wake(long seq) {
    afterSeq = Math.max(afterSeq, seq);
    readAtMs = Long.MIN_VALUE;
  }

  /** Whether the agenda was read and tended to once. */
  boolean isReconciled() {
    return reconciled;
  }

  /** Takes nothing new from now on, and reads more often until what was begun is ended. */
  void leave() {
    leaving = true;
    part.leave();
    readAtMs = Long.MIN_VALUE;
  }

  /** What is left to do for a node that is leaving, by its last look at the ledger. */
  Unfinished unfinished() {
    return unfinished;
  }

  private Unfinished look() throws IOException {
    List<Long> running = agenda.duties().stream().map(d -> d.key().job()).distinct().toList();
    List<Long> committed =
        part.keptJobs().stream().filter(job -> !running.contains(job)).sorted().toList();
    return new Unfinished(part.isOffering(agenda), running, committed);
  }

  /** One step: what to start and what to stop now. */
  Roster.Plan step(long nowMs) throws InterruptedException {
    boolean overdue = nowMs >= overdueAtMs && roster.isOverdue(agenda, ledger.logTimeMs());
    if (nowMs >= readAtMs || overdue) {
      overdueAtMs = overdue ? nowMs + limits.reconcileMs() : overdueAtMs;
      readAtMs = nowMs + (leaving ? LEAVING_READ_MS : limits.reconcileMs());
      try {
        agenda = ledger.agenda(afterSeq);
        warned.keySet().removeIf(key -> !isWanted(key.job()));
        part.tend(agenda);
        if (leaving || nowMs >= cleanAtMs) {
          cleanAtMs = nowMs + CLEAN_MS;
          clean();
        }
        if (leaving) {
          unfinished = look();
        }
        reconciled = true;
        failures = 0;
      } catch (UbcException | IOException e) {
        failures++;
        readAtMs = nowMs + limits.retryMs(failures);
        LOG.log(Level.WARNING, "{0}: can not reconcile: {1}", name, e.getMessage());
      }
    }
    Roster.Plan plan = roster.plan(agenda, ledger.logTimeMs(), nowMs);
    plan.stop().forEach(key -> LOG.log(Level.INFO, "{0}: {1} is over, stopping", name, key));
    return plan;
  }

  private void clean() throws UbcException, IOException, InterruptedException {
    for (long job : part.keptJobs()) {
      if (!isWanted(job) && ledger.isOver(job)) {
        part.forget(job);
      }
    }
  }

  private boolean isWanted(long job) {
    return agenda.duties().stream().anyMatch(duty -> duty.key().job() == job);
  }

  /** A duty has ended so. */
  void ended(Duty.Key key, Ending ending, long nowMs) {
    switch (ending) {
      case Ending.Done done -> wake(done.seq());
      case Ending.Refused refused -> {
        wake(refused.seq());
        warn(key, "refused: " + refused.reason());
      }
      case Ending.Again again -> warn(key, "will be tried again: " + again.reason());
      case Ending.Never never ->
          LOG.log(Level.ERROR, "{0}: {1} given up: {2}", name, key, never.reason());
      case Ending.Stopped _ -> LOG.log(Level.INFO, "{0}: {1} stopped", name, key);
    }
    roster.ended(key, ending, nowMs);
    if (!isWanted(key.job())) {
      cleanAtMs = Long.MIN_VALUE; // what it left is of no more use
    }
  }

  // A duty that fails again as it failed before is no news.
  private void warn(Duty.Key key, String what) {
    boolean isNews = !what.equals(warned.put(key, what));
    LOG.log(isNews ? Level.WARNING : Level.DEBUG, "{0}: {1} {2}", name, key, what);
  }

  /** How long until the next step may have something to do, milliseconds. */
  long restMs(long nowMs) {
    long untilRead = readAtMs == Long.MIN_VALUE ? 0 : Math.max(0, readAtMs - nowMs);
    return roster.restMs(agenda, ledger.logTimeMs(), nowMs, untilRead);
  }
}
