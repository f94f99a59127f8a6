package ai.ubc.engine.job;

import ai.ubc.domain.JobState;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Verdict;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.verify.Commitments;
import ai.ubc.engine.verify.Panels;

/** What drawn validators say of a job: rules VER-010 and VER-012. */
public final class VerdictMessages {
  private static final int SEALING = JobState.SEALING.code();
  private static final int OPENING = JobState.OPENING.code();
  private static final int DIGEST = Verdict.DIGEST.code();
  private static final int INVALID = Verdict.INVALID.code();

  private final Jobs jobs;
  private final Panels panels;
  private final JobCourse course;
  private final Commitments commitments;

  /** Messages for these jobs. */
  public VerdictMessages(Jobs jobs, Panels panels, JobCourse course, Commitments commitments) {
    this.jobs = jobs;
    this.panels = panels;
    this.course = course;
    this.commitments = commitments;
  }

  /** VER-010. */
  public int sealVerdict(
      int account, long number, int round, long seal0, long seal1, long seal2, long seal3) {
    if ((seal0 | seal1 | seal2 | seal3) == 0) {
      return Refusal.INVALID_HASH.number();
    }
    int job = jobs.find(number);
    if (job == Slab.NONE) {
      return Refusal.UNKNOWN_JOB.number();
    }
    int panel = jobs.panel(job);
    int duty = panels.dutyOf(panel, account);
    if (duty == Slab.NONE) {
      return Refusal.NOT_PARTY.number();
    }
    if (!course.takes(job, SEALING)) {
      return Refusal.WRONG_STATE.number();
    }
    if (round != panels.round(panel)) {
      return Refusal.WRONG_ROUND.number();
    }
    if (panels.isSealed(duty)) {
      return Refusal.ALREADY_DONE.number();
    }
    panels.seal(panel, duty, seal0, seal1, seal2, seal3);
    if (panels.isAllSealed(panel)) {
      course.fire(job, JobInput.ALL_SEALED);
    }
    return Refusal.DONE;
  }

  /** VER-012. */
  public int openVerdict(
      int account,
      long number,
      int round,
      int verdict,
      long root0,
      long root1,
      long root2,
      long root3,
      long units,
      long salt0,
      long salt1,
      long salt2,
      long salt3) {
    if (verdict < DIGEST || verdict > INVALID) {
      return Refusal.INVALID_VERDICT.number();
    }
    if (verdict == DIGEST && (root0 | root1 | root2 | root3) == 0) {
      return Refusal.INVALID_HASH.number();
    }
    if (units < 0) {
      return Refusal.INVALID_QUANTITY.number();
    }
    int job = jobs.find(number);
    if (job == Slab.NONE) {
      return Refusal.UNKNOWN_JOB.number();
    }
    int panel = jobs.panel(job);
    int duty = panels.dutyOf(panel, account);
    int code = checkOpening(job, panel, duty, round);
    if (code != Refusal.DONE) {
      return code;
    }
    commitments.hashVerdict(
        number, round, account, verdict, root0, root1, root2, root3, units, salt0, salt1, salt2,
        salt3);
    if (!panels.isSeal(duty, commitments)) {
      return Refusal.HASH_MISMATCH.number();
    }
    panels.openVerdict(panel, duty, verdict, root0, root1, root2, root3, units);
    course.judgeIfComplete(job);
    return Refusal.DONE;
  }

  private int checkOpening(int job, int panel, int duty, int round) {
    if (duty == Slab.NONE || !panels.isSealed(duty)) {
      return Refusal.NOT_PARTY.number();
    }
    if (!course.takes(job, OPENING)) {
      return Refusal.WRONG_STATE.number();
    }
    if (round != panels.round(panel)) {
      return Refusal.WRONG_ROUND.number();
    }
    if (panels.isOpened(duty)) {
      return Refusal.ALREADY_DONE.number();
    }
    return Refusal.DONE;
  }
}
