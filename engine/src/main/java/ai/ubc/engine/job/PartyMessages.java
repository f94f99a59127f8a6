package ai.ubc.engine.job;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.JobState;
import ai.ubc.domain.Refusal;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.ledger.Ledger;
import ai.ubc.engine.verify.Commitments;
import ai.ubc.engine.verify.Panels;

/** What provider and requester say in the course of a job: rules JOB-010 to JOB-012. */
public final class PartyMessages {
  private static final int LEASED = JobState.LEASED.code();
  private static final int AWAITING_SECRET = JobState.AWAITING_SECRET.code();
  private static final int OPENING = JobState.OPENING.code();
  private static final int AWAITING_RESULT = JobState.AWAITING_RESULT.code();

  private final Jobs jobs;
  private final Panels panels;
  private final JobCourse course;
  private final Commitments commitments;
  private final Ledger ledger;
  private final EventSink events;
  // From an opening to the close: the others may take their time to open, then the dispute window.
  private final long holdMs;

  /** Messages for these jobs. */
  public PartyMessages(
      GenesisParameters parameters,
      Jobs jobs,
      Panels panels,
      JobCourse course,
      Commitments commitments,
      Ledger ledger,
      EventSink events) {
    this.holdMs = parameters.openWindowMs() + parameters.disputeWindowMs();
    this.ledger = ledger;
    this.jobs = jobs;
    this.panels = panels;
    this.course = course;
    this.commitments = commitments;
    this.events = events;
  }

  /** JOB-010. */
  public int commitResult(
      int account,
      long number,
      long salted0,
      long salted1,
      long salted2,
      long salted3,
      long itemsRoot0,
      long itemsRoot1,
      long itemsRoot2,
      long itemsRoot3) {
    if ((salted0 | salted1 | salted2 | salted3) == 0
        || (itemsRoot0 | itemsRoot1 | itemsRoot2 | itemsRoot3) == 0) {
      return Refusal.INVALID_HASH.number();
    }
    int job = jobs.find(number);
    if (job == Slab.NONE) {
      return Refusal.UNKNOWN_JOB.number();
    }
    if (jobs.provider(job) != account) {
      return Refusal.NOT_PARTY.number();
    }
    if (!course.takes(job, LEASED)) {
      return Refusal.WRONG_STATE.number();
    }
    jobs.setSalted(job, salted0, salted1, salted2, salted3);
    int panel = jobs.panel(job);
    if (panel != Slab.NONE) {
      panels.setItemsRoot(panel, itemsRoot0, itemsRoot1, itemsRoot2, itemsRoot3);
    }
    events.resultCommitted(
        number, salted0, salted1, salted2, salted3, itemsRoot0, itemsRoot1, itemsRoot2, itemsRoot3);
    boolean isChecked = panel != Slab.NONE;
    course.fire(job, isChecked ? JobInput.COMMITTED_TO_QUORUM : JobInput.COMMITTED_UNCHECKED);
    return Refusal.DONE;
  }

  /** JOB-011. */
  public int revealSecret(
      int account, long number, long secret0, long secret1, long secret2, long secret3) {
    int job = jobs.find(number);
    if (job == Slab.NONE) {
      return Refusal.UNKNOWN_JOB.number();
    }
    if (jobs.requester(job) != account) {
      return Refusal.NOT_PARTY.number();
    }
    if (!course.takes(job, AWAITING_SECRET)) {
      return Refusal.WRONG_STATE.number();
    }
    commitments.hash(secret0, secret1, secret2, secret3);
    if (!panels.isSecretHash(jobs.panel(job), commitments)) {
      return Refusal.HASH_MISMATCH.number();
    }
    panels.setSecret(jobs.panel(job), secret0, secret1, secret2, secret3);
    events.secretRevealed(number, secret0, secret1, secret2, secret3);
    course.fire(job, JobInput.SECRET_REVEALED);
    return Refusal.DONE;
  }

  /** JOB-012. */
  public int openResult(
      int account,
      long number,
      long root0,
      long root1,
      long root2,
      long root3,
      long units,
      long salt0,
      long salt1,
      long salt2,
      long salt3,
      long body0,
      long body1,
      long body2,
      long body3,
      long heldUntilMs) {
    if ((root0 | root1 | root2 | root3) == 0 || (body0 | body1 | body2 | body3) == 0) {
      return Refusal.INVALID_HASH.number();
    }
    if (units < 0) {
      return Refusal.INVALID_QUANTITY.number();
    }
    int job = jobs.find(number);
    int code = checkOpening(job, account, units, heldUntilMs);
    if (code != Refusal.DONE) {
      return code;
    }
    commitments.hashResult(number, root0, root1, root2, root3, units, salt0, salt1, salt2, salt3);
    if (!commitments.is(
        jobs.salted(job, 0), jobs.salted(job, 1), jobs.salted(job, 2), jobs.salted(job, 3))) {
      return Refusal.HASH_MISMATCH.number();
    }
    jobs.setResult(job, root0, root1, root2, root3, units);
    events.resultOpened(
        number, root0, root1, root2, root3, units, salt0, salt1, salt2, salt3, body0, body1, body2,
        body3);
    course.resultOpened(job);
    return Refusal.DONE;
  }

  private int checkOpening(int job, int account, long units, long heldUntilMs) {
    if (job == Slab.NONE) {
      return Refusal.UNKNOWN_JOB.number();
    }
    if (jobs.provider(job) != account) {
      return Refusal.NOT_PARTY.number();
    }
    if (!course.takes(job, OPENING) && !course.takes(job, AWAITING_RESULT)) {
      return Refusal.WRONG_STATE.number();
    }
    if (jobs.isOpened(job)) {
      return Refusal.ALREADY_DONE.number();
    }
    if (units > jobs.unitsMax(job)) {
      return Refusal.UNITS_EXCEEDED.number();
    }
    if (heldUntilMs < ledger.nowMs() + holdMs) {
      return Refusal.HOLD_TOO_SHORT.number();
    }
    return Refusal.DONE;
  }
}
