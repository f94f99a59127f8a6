package ai.ubc.cli.job;

import ai.ubc.api.JobView;
import ai.ubc.cli.text.Amounts;
import ai.ubc.sdk.job.JobResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A job in words and in facts. */
final class JobText {
  private JobText() {}

  /** What the JSON says of a job with a result. */
  static Map<String, Object> facts(JobResult result) {
    Map<String, Object> facts = new LinkedHashMap<>(facts(result.job()));
    facts.put("units", result.units());
    facts.put("priceMicros", result.priceMicros());
    return facts;
  }

  /** What the JSON says of a job. */
  static Map<String, Object> facts(JobView job) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("job", job.job());
    facts.put("state", job.state());
    facts.put("provider", job.provider());
    facts.put("ending", ending(job));
    facts.put("mostPayableMicros", mostPayableMicros(job));
    facts.put("maxUnits", job.maxUnits());
    return facts;
  }

  /** How it was decided, or {@code OPEN}. */
  static String ending(JobView job) {
    JobView.Judgement judgement = job.judgement();
    return judgement == null ? "OPEN" : judgement.ending();
  }

  /** The most that it can cost: price, fee and checking as held, micro-COMPUTE. */
  static long mostPayableMicros(JobView job) {
    return job.held().priceMicros() + job.held().feeMicros() + job.held().checkingMicros();
  }

  /** A job in a line: number, state, money. */
  static String line(JobView job) {
    String state =
        job.judgement() == null ? job.state() : ending(job) + (isClosed(job) ? "" : ", held");
    return String.format(
        Locale.ROOT, "job %-6d %-18s %-7s %s", job.job(), state, job.check(), money(job));
  }

  private static boolean isClosed(JobView job) {
    return "CLOSED".equals(job.state());
  }

  private static String money(JobView job) {
    JobView.Settlement settlement = job.settlement();
    JobView.Judgement judgement = job.judgement();
    if (settlement == null || judgement == null) {
      return "at most " + Amounts.cost(mostPayableMicros(job), job.maxUnits());
    }
    long paid = settlement.payMicros() + settlement.feeMicros();
    // Of a slashed provider's job the validators are paid out of its bond.
    if (settlement.payMicros() > 0) {
      paid += settlement.checkingMicros();
    }
    return paid == 0 ? "nothing paid" : Amounts.cost(paid, judgement.units());
  }

  /** What a result cost, in a line. */
  static String cost(JobResult result) {
    return "job "
        + result.job().job()
        + ": "
        + Amounts.cost(result.priceMicros(), result.units())
        + ", of at most "
        + Amounts.compute(mostPayableMicros(result.job()));
  }
}
