package ai.ubc.engine;

import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Tier;

/** A submission under construction; at first a quorum job that {@link JobRig}'s offer carries. */
final class JobForm {
  Hash32 program = JobRig.PROGRAM;
  Hash32 input = JobRig.INPUT;
  Hash32 secretHash = JobRig.ROOT;
  int resourceClass = 1;
  int items = 1;
  int tier = Tier.QUORUM.code();
  int validators = 3;
  int policy = 1;
  long units = JobRig.UNITS;
  long limitPrice = JobRig.PRICE;
  long maxCost = 1_000_000_000_000L;
  long runWindowMs = 60_000;
  long waitMs;

  /** A job that nobody checks. */
  static JobForm plain() {
    JobForm form = new JobForm();
    form.tier = Tier.NONE.code();
    form.validators = 0;
    return form;
  }

  /** A job that nobody checks and that waits: its limit is below the price of JobRig's offer. */
  static JobForm waiting(long limitPrice, long waitMs) {
    JobForm form = plain();
    form.limitPrice = limitPrice;
    form.waitMs = waitMs;
    return form;
  }

  Command.SubmitJob command() {
    return new Command.SubmitJob(
        program,
        input,
        secretHash,
        resourceClass,
        items,
        tier,
        validators,
        policy,
        units,
        limitPrice,
        maxCost,
        runWindowMs,
        waitMs);
  }
}
