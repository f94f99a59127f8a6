package ai.ubc.engine.job;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.Refusal;
import ai.ubc.engine.escrow.Escrows;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.ledger.Ledger;
import ai.ubc.engine.mandate.Mandates;
import ai.ubc.engine.verify.Beacon;
import ai.ubc.engine.verify.Draw;
import ai.ubc.engine.verify.Judgement;
import ai.ubc.engine.verify.Panels;

/**
 * Moves jobs along: answers what befell them, and takes the table's row for it. The branches of a
 * job's course are here, its consequences in {@link JobActions}.
 */
public final class JobCourse {
  /** Most deadlines that one tick handles. */
  public static final int DEADLINES_PER_TICK_MAX = 64;

  /** Most jobs that one beacon slot draws. */
  public static final int DRAWS_PER_SLOT_MAX = 256;

  private static final int WAITING = JobState.WAITING.code();
  private static final int LEASED = JobState.LEASED.code();
  private static final int AWAITING_SECRET = JobState.AWAITING_SECRET.code();
  private static final int AWAITING_BEACON = JobState.AWAITING_BEACON.code();
  private static final int SEALING = JobState.SEALING.code();
  private static final int OPENING = JobState.OPENING.code();
  private static final int AWAITING_RESULT = JobState.AWAITING_RESULT.code();

  private final GenesisParameters parameters;
  private final Jobs jobs;
  private final Panels panels;
  private final Draw draw;
  private final Judgement judgement;
  private final Beacon beacon;
  private final Ledger ledger;
  private final EventSink events;
  private final JobActions actions;
  private final TransitionTable table = new TransitionTable();

  /** Moves these jobs. */
  public JobCourse(
      GenesisParameters parameters,
      Jobs jobs,
      Escrows escrows,
      Mandates mandates,
      Panels panels,
      Draw draw,
      Judgement judgement,
      Beacon beacon,
      Ledger ledger,
      EventSink events) {
    this.parameters = parameters;
    this.jobs = jobs;
    this.panels = panels;
    this.draw = draw;
    this.judgement = judgement;
    this.beacon = beacon;
    this.ledger = ledger;
    this.events = events;
    actions = new JobActions(jobs, escrows, mandates, panels, draw, judgement, events);
  }

  /** The table, to read. */
  public TransitionTable table() {
    return table;
  }

  /** JOB-014. */
  public int tick() {
    for (int handled = 0; handled < DEADLINES_PER_TICK_MAX; handled++) {
      int job = jobs.firstDue();
      if (job == Slab.NONE || !isDue(job)) {
        break;
      }
      handleDeadline(job);
    }
    return Refusal.DONE;
  }

  /** VER-001. */
  public int beacon(
      long slot,
      long preimage0,
      long preimage1,
      long preimage2,
      long preimage3,
      long nextHead0,
      long nextHead1,
      long nextHead2,
      long nextHead3) {
    int code =
        beacon.open(
            slot, preimage0, preimage1, preimage2, preimage3, nextHead0, nextHead1, nextHead2,
            nextHead3);
    for (int drawn = 0; code == Refusal.DONE && drawn < DRAWS_PER_SLOT_MAX; drawn++) {
      int job = jobs.firstAwaitingBeacon();
      if (job == Slab.NONE) {
        break;
      }
      boolean isPossible = draw.isPossible(jobs.panel(job));
      fire(job, isPossible ? JobInput.DRAWN : JobInput.TOO_FEW_ELIGIBLE);
    }
    return code;
  }

  /** JOB-013. */
  public int closeJob(long number) {
    int job = jobs.find(number);
    if (job == Slab.NONE) {
      return Refusal.UNKNOWN_JOB.number();
    }
    if (!isDue(job)) {
      return Refusal.NOT_DUE.number();
    }
    handleDeadline(job);
    return Refusal.DONE;
  }

  /** Whether the job takes a message for this state now. */
  boolean takes(int job, int state) {
    return jobs.state(job) == state && !isDue(job);
  }

  private boolean isDue(int job) {
    return ledger.nowMs() >= jobs.deadlineMs(job);
  }

  private void handleDeadline(int job) {
    int state = jobs.state(job);
    if (state == WAITING) {
      jobs.setJudged(job, JobEnding.UNMATCHED, 0);
      fire(job, JobInput.WAIT_ENDED);
    } else if (state == LEASED) {
      judgement.decideWithoutPanel(JobEnding.ABANDONED, 0);
      fireJudged(job);
    } else if (state == AWAITING_SECRET) {
      fire(job, JobInput.SECRET_MISSED);
    } else if (state == AWAITING_BEACON) {
      fire(job, JobInput.BEACON_MISSED);
    } else if (state == SEALING) {
      fire(job, sealingEnded(jobs.panel(job)));
    } else if (state == OPENING) {
      judge(job);
    } else if (state == AWAITING_RESULT) {
      judgement.decideWithoutPanel(JobEnding.WITHHELD, 0);
      fireJudged(job);
    } else {
      boolean isUnpaid = jobs.isUnchecked(job);
      fire(job, isUnpaid ? JobInput.HOLD_ENDED_UNPAID : JobInput.HOLD_ENDED_PAID);
    }
  }

  private JobInput sealingEnded(int panel) {
    if (!panels.isTooManyMissing(panel)) {
      return JobInput.FEW_MISSING;
    }
    boolean isRoundLeft = panels.round(panel) < parameters.redrawsMax();
    return isRoundLeft ? JobInput.MANY_MISSING : JobInput.ROUNDS_USED_UP;
  }

  /** The provider has opened its result: JOB-012. */
  void resultOpened(int job) {
    if (jobs.state(job) == AWAITING_RESULT) {
      judgement.decideWithoutPanel(JobEnding.UNCHECKED, jobs.units(job));
      fireJudged(job);
    } else {
      judgeIfComplete(job);
    }
  }

  /** Judges a job in OPENING once provider and validators have opened: VER-014. */
  void judgeIfComplete(int job) {
    if (jobs.isOpened(job) && panels.isAllOpened(jobs.panel(job))) {
      judge(job);
    }
  }

  private void judge(int job) {
    judgement.decide(
        jobs.panel(job),
        jobs.isOpened(job),
        jobs.root(job, 0),
        jobs.root(job, 1),
        jobs.root(job, 2),
        jobs.root(job, 3),
        jobs.units(job),
        jobs.unitsMax(job));
    fireJudged(job);
  }

  private void fireJudged(int job) {
    fire(
        job,
        switch (judgement.ending()) {
          case ACCEPTED -> JobInput.JUDGED_ACCEPTED;
          case UNCHECKED -> JobInput.JUDGED_UNCHECKED;
          case FRAUD -> JobInput.JUDGED_FRAUD;
          case WITHHELD -> JobInput.JUDGED_WITHHELD;
          case ABANDONED -> JobInput.JUDGED_ABANDONED;
          case CANCELLED, UNMATCHED -> throw new IllegalStateException("no judgement ends so");
        });
  }

  /** Takes the table's row: the action, then the state, then the end. */
  void fire(int job, JobInput input) {
    Transition row = table.take(jobs.state(job), input);
    row.action().run(actions, job);
    int to = row.to().code();
    long deadlineMs =
        row.window()
            .deadlineMs(
                parameters,
                ledger.nowMs(),
                jobs.waitMs(job),
                jobs.runWindowMs(job),
                jobs.unitsMax(job));
    jobs.enter(job, to, deadlineMs);
    events.jobStateChanged(jobs.number(job), row.fromCode(), to, deadlineMs);
    if (row.to() == JobState.CLOSED) {
      events.jobClosed(jobs.number(job), jobs.ending(job));
      jobs.close(job);
    }
  }
}
