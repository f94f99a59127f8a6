package ai.ubc.engine.job;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.JobEnding;
import ai.ubc.engine.escrow.Escrows;
import ai.ubc.engine.mandate.Mandates;
import ai.ubc.engine.verify.Draw;
import ai.ubc.engine.verify.Judgement;
import ai.ubc.engine.verify.Panels;

/** What the rows of the table do. Those that judge find the judgement made. */
final class JobActions {
  private final Jobs jobs;
  private final Escrows escrows;
  private final Mandates mandates;
  private final Panels panels;
  private final Draw draw;
  private final Judgement judgement;
  private final EventSink events;

  JobActions(
      Jobs jobs,
      Escrows escrows,
      Mandates mandates,
      Panels panels,
      Draw draw,
      Judgement judgement,
      EventSink events) {
    this.jobs = jobs;
    this.escrows = escrows;
    this.mandates = mandates;
    this.panels = panels;
    this.draw = draw;
    this.judgement = judgement;
    this.events = events;
  }

  void returnOrder(int job) {
    long counted = jobs.mostPayableOfWaiting(job);
    jobs.leaveQueue(job);
    mandates.giveBack(jobs.mandate(job), jobs.number(job), counted);
  }

  void assignPrice(int job) {
    escrows.assignPriceToProvider(jobs.escrow(job));
  }

  void draw(int job) {
    draw.draw(
        jobs.panel(job),
        jobs.salted(job, 0),
        jobs.salted(job, 1),
        jobs.salted(job, 2),
        jobs.salted(job, 3));
  }

  void returnMissing(int job) {
    panels.returnMissing(jobs.panel(job));
  }

  void returnAll(int job) {
    panels.returnAll(jobs.panel(job));
  }

  void nextRound(int job) {
    panels.returnAll(jobs.panel(job));
    panels.countRoundUp(jobs.panel(job));
  }

  void hold(int job) {
    jobs.setJudged(job, judgement.ending(), judgement.units());
    events.jobJudged(
        jobs.number(job),
        judgement.ending().code(),
        judgement.units(),
        judgement.agreedMicros(),
        judgement.drawnMicros());
    panels.settleDuties(jobs.panel(job));
  }

  void pay(int job) {
    hold(job);
    payNow(job);
  }

  void slash(int job) {
    hold(job);
    long unusedMicros =
        escrows.slash(
            jobs.escrow(job),
            jobs.unitsJudged(job),
            jobs.priceMicros(job),
            jobs.validators(job),
            judgement.payees());
    mandates.giveBack(jobs.mandate(job), jobs.number(job), unusedMicros);
  }

  void release(int job) {
    escrows.release(jobs.escrow(job));
  }

  void payAndRelease(int job) {
    judgement.decideWithoutPanel(JobEnding.UNCHECKED, jobs.unitsJudged(job));
    payNow(job);
    release(job);
  }

  private void payNow(int job) {
    long unusedMicros =
        escrows.pay(
            jobs.escrow(job),
            jobs.unitsJudged(job),
            jobs.priceMicros(job),
            jobs.validators(job),
            judgement.payees());
    mandates.giveBack(jobs.mandate(job), jobs.number(job), unusedMicros);
  }
}
