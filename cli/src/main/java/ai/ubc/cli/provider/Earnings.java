package ai.ubc.cli.provider;

import ai.ubc.api.JobView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What a provider's jobs brought and cost, from what the ledger holds of them.
 *
 * @param jobs the newest of the jobs that are judged, newest first, as many as were asked for
 * @param days all that are judged by day (UTC) of the last change, oldest first
 * @param total of all that are judged
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

  /** Adds jobs up, one after the other, and keeps no more of them than is listed. One thread. */
  static final class Tally {
    private final int listedMax;
    private final ToLongFunction<JobView> due;
    private final List<Line> listed = new ArrayList<>();
    private final Map<LocalDate, Sum> days = new TreeMap<>();
    private Sum total = Sum.NOTHING;

    /**
     * Nothing yet.
     *
     * @param listedMax most jobs to list
     * @param due what a job that is not settled yet will pay
     */
    Tally(int listedMax, ToLongFunction<JobView> due) {
      this.listedMax = listedMax;
      this.due = due;
    }

    /** Adds a job, an older one than those before, unless it is not judged yet. */
    void add(JobView job) {
      JobView.Judgement judgement = job.judgement();
      if (judgement == null) {
        return;
      }
      Line line = line(job, judgement, due.applyAsLong(job));
      if (listed.size() < listedMax) {
        listed.add(line);
      }
      days.put(line.day(), days.getOrDefault(line.day(), Sum.NOTHING).plus(line));
      total = total.plus(line);
    }

    /** How many judged jobs were added. */
    int jobs() {
      return total.jobs();
    }

    Earnings earnings() {
      return new Earnings(List.copyOf(listed), Collections.unmodifiableMap(days), total);
    }
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
    JobView.Lease lease = job.leased().orElseThrow();
    long returned =
        job.postings().stream()
            .filter(p -> p.cause().equals("BOND_RETURN") && p.toId() == lease.provider())
            .mapToLong(JobView.Posting::amountMicros)
            .sum();
    return lease.held().providerBondMicros() - returned;
  }
}
