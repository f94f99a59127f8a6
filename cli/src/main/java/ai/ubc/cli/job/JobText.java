package ai.ubc.cli.job;

import ai.ubc.api.JobView;
import ai.ubc.cli.text.Amounts;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.job.JobResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A job in words and in facts. */
final class JobText {
  private static final String NOTHING_PAID = "nothing paid";

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
    job.leased().ifPresent(lease -> facts.put("provider", lease.provider()));
    facts.put("ending", ending(job));
    job.leased().ifPresent(lease -> facts.put("mostPayableMicros", mostPayableMicros(lease)));
    facts.put("maxUnits", job.maxUnits());
    return facts;
  }

  /** How it was decided, or {@code OPEN}. */
  static String ending(JobView job) {
    JobView.Judgement judgement = job.judgement();
    if (judgement != null) {
      return judgement.ending();
    }
    String ending = job.ending();
    return ending == null ? "OPEN" : ending;
  }

  /** The most that it can cost: price, fee and checking as held, micro-COMPUTE. */
  static long mostPayableMicros(JobView.Lease lease) {
    JobView.Held held = lease.held();
    return held.priceMicros() + held.feeMicros() + held.checkingMicros();
  }

  /** A job in a line: number, state, money. */
  static String line(JobView job, UbcClient client) {
    boolean isDecided = job.judgement() != null || job.ending() != null;
    String state = isDecided ? ending(job) + (isClosed(job) ? "" : ", held") : job.state();
    JobView.Queued queued = job.queued();
    String money =
        queued != null && job.waits()
            ? Amounts.compute(queued.heldMicros()) + " held, " + WaitText.terms(queued, client)
            : money(job);
    return String.format(
        Locale.ROOT, "job %-6d %-18s %-7s %s", job.job(), state, job.check(), money);
  }

  private static boolean isClosed(JobView job) {
    return "CLOSED".equals(job.state());
  }

  private static String money(JobView job) {
    JobView.Settlement settlement = job.settlement();
    JobView.Judgement judgement = job.judgement();
    if (settlement == null || judgement == null) {
      return job.leased()
          .map(lease -> "at most " + Amounts.cost(mostPayableMicros(lease), job.maxUnits()))
          .orElse(NOTHING_PAID);
    }
    long paid = settlement.payMicros() + settlement.feeMicros();
    // Of a slashed provider's job the validators are paid out of its bond.
    if (settlement.payMicros() > 0) {
      paid += settlement.checkingMicros();
    }
    return paid == 0 ? NOTHING_PAID : Amounts.cost(paid, judgement.units());
  }

  /** What a result cost, in a line. */
  static String cost(JobResult result) {
    return "job "
        + result.job().job()
        + ": "
        + Amounts.cost(result.priceMicros(), result.units())
        + ", of at most "
        + Amounts.compute(mostPayableMicros(result.job().leased().orElseThrow()));
  }
}
