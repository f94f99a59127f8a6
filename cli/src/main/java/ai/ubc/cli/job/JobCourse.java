package ai.ubc.cli.job;

import ai.ubc.api.JobView;
import ai.ubc.cli.text.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened to a job, line by line. */
final class JobCourse {
  private static final int DIGEST_CHARACTERS = 12;

  private JobCourse() {}

  /** The job's course. */
  static List<String> lines(JobView job) {
    List<String> lines = new ArrayList<>();
    lines.add("job " + job.job() + ", bought by account " + job.requester());
    lines.add("program   " + job.program());
    JobView.Queued queued = job.queued();
    if (queued != null) {
      lines.add(
          "waited    for an offer, "
              + WaitText.limit(queued.limitPriceMicros())
              + "; "
              + Amounts.compute(queued.heldMicros())
              + " held meanwhile, for at most "
              + Amounts.work(job.maxUnits()));
    }
    job.leased().ifPresent(lease -> addLease(lease, job.maxUnits(), lines));
    for (JobView.StateChange change : job.history()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%+9.1f s  %s",
              (change.logTimeMs() - job.submittedMs()) / 1_000.0,
              change.state()));
    }
    for (JobView.Round round : job.rounds()) {
      for (JobView.Drawn drawn : round.validators()) {
        lines.add("verdict   account " + drawn.validator() + ": " + verdict(drawn));
      }
    }
    JobView.Result result = job.result();
    if (result != null) {
      lines.add("result    " + digest(result.resultRoot()) + ", " + Amounts.work(result.units()));
    }
    JobView.Judgement judgement = job.judgement();
    if (judgement != null) {
      lines.add("judged    " + judgement.ending());
    } else if (job.ending() != null) {
      lines.add("ended     " + job.ending() + ", without a provider; it cost nothing");
    }
    JobView.Settlement settlement = job.settlement();
    if (settlement != null) {
      lines.add(
          "settled   "
              + Amounts.compute(settlement.payMicros())
              + " to the provider, "
              + Amounts.compute(settlement.checkingMicros())
              + " to validators, "
              + Amounts.compute(settlement.feeMicros())
              + " fee, "
              + Amounts.compute(settlement.burnedMicros())
              + " burned");
    }
    return lines;
  }

  private static void addLease(JobView.Lease lease, long maxUnits, List<String> lines) {
    lines.add("provider  account " + lease.provider());
    lines.add(
        "held      "
            + Amounts.compute(lease.held().priceMicros())
            + " price, "
            + Amounts.compute(lease.held().feeMicros())
            + " fee, "
            + Amounts.compute(lease.held().checkingMicros())
            + " checking, "
            + Amounts.compute(lease.held().depositMicros())
            + " deposit, for at most "
            + Amounts.work(maxUnits));
  }

  private static String verdict(JobView.Drawn drawn) {
    String verdict = drawn.verdict();
    if (verdict == null) {
      return drawn.seal() == null ? "nothing yet" : "sealed";
    }
    Long units = drawn.units();
    String root = drawn.resultRoot();
    return root == null || units == null ? verdict : digest(root) + ", " + Amounts.work(units);
  }

  private static String digest(String hash) {
    return hash.length() > DIGEST_CHARACTERS ? hash.substring(0, DIGEST_CHARACTERS) + "…" : hash;
  }
}
