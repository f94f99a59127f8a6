package ai.ubc.cli.demo;

import ai.ubc.api.JobView;
import ai.ubc.cli.text.Amounts;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.IntFunction;

/** Prints what the ledger holds of a job: price, units, verdicts, settlement. */
final class JobReport {
  private final PrintWriter out;
  private final IntFunction<String> names;
  private final DemoFacts facts;

  /** Prints to {@code out}, and notes in {@code facts}; {@code names} names accounts. */
  JobReport(PrintWriter out, IntFunction<String> names, DemoFacts facts) {
    this.facts = facts;
    this.out = out;
    this.names = names;
  }

  /** Prints a job that was judged and settled. */
  void print(String title, JobView job) {
    facts.job(job);
    JobView.Lease lease = job.leased().orElseThrow();
    JobView.Held held = lease.held();
    out.println();
    out.println("job " + job.job() + "  " + title);
    line(
        "provider",
        names.apply(lease.provider())
            + ", "
            + Amounts.unitPriceAlone(lease.priceMicros())
            + " for 1 G units");
    line(
        "held",
        Amounts.compute(held.priceMicros())
            + " price, "
            + Amounts.plain(held.feeMicros())
            + " fee, "
            + Amounts.plain(held.checkingMicros())
            + " checking, "
            + Amounts.plain(held.depositMicros())
            + " deposit; bond "
            + Amounts.plain(held.providerBondMicros()));
    JobView.Result result = job.result();
    if (result != null) {
      line(
          "result",
          StoryMapper.shortened(result.resultRoot())
              + ", "
              + Amounts.units(result.units())
              + " units, says the provider");
    }
    for (JobView.Round round : job.rounds()) {
      for (JobView.Drawn drawn : round.validators()) {
        line("verdict", names.apply(drawn.validator()) + ": " + StoryMapper.verdict(drawn, result));
      }
    }
    JobView.Judgement judgement = job.judgement();
    if (judgement != null) {
      line("judged", StoryMapper.judged(judgement));
    }
    line("settled", StoryMapper.settled(job.postings()));
    out.flush();
  }

  /** Prints what somebody tried in the job that was printed last, in vain. */
  void denied(String attempt, Denial denial) {
    denial.note(attempt, facts);
    line("in vain", attempt + ": " + denial);
    out.flush();
  }

  private void line(String label, String text) {
    out.println(String.format(Locale.ROOT, "  %-9s %s", label, text));
  }
}
