package ai.ubc.cli.demo;

import ai.ubc.api.JobView;
import ai.ubc.cli.text.Amounts;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints what the ledger holds of a job: price, units, verdicts, settlement. */
final class JobReport {
  private final PrintWriter out;
  private final IntFunction<String> names;

  /** Prints to {@code out}; {@code names} names accounts. */
  JobReport(PrintWriter out, IntFunction<String> names) {
    this.out = out;
    this.names = names;
  }

  /** Prints a job that was judged and settled. */
  void print(String title, JobView job) {
    out.println();
    out.println("job " + job.job() + "  " + title);
    line(
        "provider",
        names.apply(job.provider())
            + ", "
            + Amounts.compute(job.priceMicros() * 1_000)
            + " for 1 G units");
    line(
        "held",
        Amounts.compute(job.held().priceMicros())
            + " price, "
            + Amounts.plain(job.held().feeMicros())
            + " fee, "
            + Amounts.plain(job.held().checkingMicros())
            + " checking, "
            + Amounts.plain(job.held().depositMicros())
            + " deposit; bond "
            + Amounts.plain(job.held().providerBondMicros()));
    JobView.Result result = job.result();
    if (result != null) {
      line(
          "result",
          shortened(result.resultRoot())
              + ", "
              + Amounts.units(result.units())
              + " units, says the provider");
    }
    for (JobView.Round round : job.rounds()) {
      for (JobView.Drawn drawn : round.validators()) {
        line("verdict", names.apply(drawn.validator()) + ": " + verdict(drawn, result));
      }
    }
    JobView.Judgement judgement = job.judgement();
    if (judgement != null) {
      line("judged", judged(job, judgement));
    }
    settlement(job);
    out.flush();
  }

  private static String verdict(JobView.Drawn drawn, JobView.@Nullable Result result) {
    String verdict = drawn.verdict();
    Long units = drawn.units();
    if (verdict == null) {
      return drawn.seal() == null ? "nothing sealed" : "sealed, not opened";
    }
    if (!verdict.equals("DIGEST") || units == null) {
      return verdict.toLowerCase(Locale.ROOT);
    }
    boolean same =
        result != null && result.resultRoot().equals(drawn.resultRoot()) && result.units() == units;
    return (same
            ? "the same result"
            : "ANOTHER result " + shortened(String.valueOf(drawn.resultRoot())))
        + ", "
        + Amounts.units(units)
        + " units";
  }

  private static String judged(JobView job, JobView.Judgement judgement) {
    long agreed =
        job.rounds().isEmpty()
            ? 0
            : judgement.drawnMicros() == 0
                ? 0
                : judgement.agreedMicros() * 100 / judgement.drawnMicros();
    return switch (judgement.ending()) {
      case "ACCEPTED" -> "ACCEPTED: " + agreed + " % of the drawn weight re-ran it and agrees";
      case "FRAUD" -> "FRAUD: " + agreed + " % of the drawn weight agrees on another result";
      case "UNCHECKED" -> "UNCHECKED: nobody re-ran this";
      case "WITHHELD" -> "WITHHELD: the provider did not open its result";
      default -> "ABANDONED: the provider never committed";
    };
  }

  private void settlement(JobView job) {
    Map<String, Long> sums =
        job.postings().stream()
            .collect(
                Collectors.groupingBy(
                    JobView.Posting::cause, Collectors.summingLong(JobView.Posting::amountMicros)));
    List<String> parts =
        List.of(
            part(sums, "PAY", " to the provider"),
            part(sums, "CHECKING", " to validators"),
            part(sums, "FEE", " fee to the treasury"),
            part(sums, "REMAINDER", " remainder to the treasury"),
            part(sums, "BURN", " of the fee burned"),
            part(sums, "SLASH", " of the bond BURNED"),
            part(sums, "REFUND", " back to the agent"));
    line("settled", parts.stream().filter(p -> !p.isEmpty()).collect(Collectors.joining(", ")));
  }

  private static String part(Map<String, Long> sums, String cause, String what) {
    long micros = sums.getOrDefault(cause, 0L);
    return micros == 0 ? "" : Amounts.plain(micros) + what;
  }

  private void line(String label, String text) {
    out.println(String.format(Locale.ROOT, "  %-9s %s", label, text));
  }

  private static String shortened(String hash) {
    return hash.substring(0, Math.min(hash.length(), 12)) + "…";
  }
}
