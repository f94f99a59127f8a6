package ai.ubc.cli.provider;

import ai.ubc.api.JobView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What a provider's jobs brought and cost, from what the ledger holds of them.
 *
 * @param jobs jobs that are judged, newest first
 * @param days the same by day (UTC) of the last change, oldest first
 * @param total of all
 */
record Earnings(List<Line> jobs, Map<LocalDate, Sum> days, Sum total) {
  /**
   * A judged job.
   *
   * @param job its number
   * @param day of its last change, UTC
   * @param ending how it was judged
   * @param units units that count
   * @param paidMicros what was paid, micro-COMPUTE
   * @param dueMicros what will be paid when it can not be disputed any more, micro-COMPUTE
   * @param slashedMicros bond that it cost, micro-COMPUTE
   */
  record Line(
      long job,
      LocalDate day,
      String ending,
      long units,
      long paidMicros,
      long dueMicros,
      long slashedMicros) {}

  /**
   * A sum over jobs, micro-COMPUTE.
   *
   * @param jobs how many
   * @param units units that count
   * @param paidMicros what was paid
   * @param dueMicros what will be paid
   * @param slashedMicros bond that they cost
   */
  record Sum(int jobs, long units, long paidMicros, long dueMicros, long slashedMicros) {
    static final Sum NOTHING = new Sum(0, 0, 0, 0, 0);

    Sum plus(Line line) {
      return new Sum(
          jobs + 1,
          units + line.units(),
          paidMicros + line.paidMicros(),
          dueMicros + line.dueMicros(),
          slashedMicros + line.slashedMicros());
    }
  }

  /**
   * Of these jobs, those that are judged.
   *
   * @param due what a job that is not settled yet will pay
   */
  static Earnings of(List<JobView> jobs, ToLongFunction<JobView> due) {
    List<Line> lines = new ArrayList<>();
    Map<LocalDate, Sum> days = new TreeMap<>();
    Sum total = Sum.NOTHING;
    for (JobView job : jobs) {
      JobView.Judgement judgement = job.judgement();
      if (judgement != null) {
        Line line = line(job, judgement, due.applyAsLong(job));
        lines.add(line);
        days.put(line.day(), days.getOrDefault(line.day(), Sum.NOTHING).plus(line));
        total = total.plus(line);
      }
    }
    return new Earnings(List.copyOf(lines), days, total);
  }

  private static Line line(JobView job, JobView.Judgement judgement, long dueMicros) {
    JobView.Settlement settlement = job.settlement();
    return new Line(
        job.job(),
        LocalDate.ofInstant(
            Instant.ofEpochMilli(job.history().getLast().logTimeMs()), ZoneOffset.UTC),
        judgement.ending(),
        judgement.units(),
        settlement == null ? 0 : settlement.payMicros(),
        dueMicros,
        slashedMicros(job));
  }

  /** Bond that a job cost its provider. */
  static long slashedMicros(JobView job) {
    JobView.Judgement judgement = job.judgement();
    if (judgement == null || !CourseMapper.isSlashed(judgement.ending())) {
      return 0;
    }
    long returned =
        job.postings().stream()
            .filter(p -> p.cause().equals("BOND_RETURN") && p.toId() == job.provider())
            .mapToLong(JobView.Posting::amountMicros)
            .sum();
    return job.held().providerBondMicros() - returned;
  }
}
