package ai.ubc.cli.provider;

import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.cli.client.Answer;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Progress;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what a provider earned. */
@Command(
    name = "earnings",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show what your provider was paid, what is still to come, and what bond was slashed, by day and by job.",
      "Fees are the buyer's, on top of the price; a provider pays none."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ubc provider earnings", "  ubc provider earnings --limit 1000 --json -"})
public final class EarningsCommand extends OwnProvider {
  private static final int PAGE = 100;
  private static final int JOBS_MAX = 100_000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Most jobs to list, newest first; the sums are of all. Default: ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Override
  Answer answer(UbcClient client, Session provider)
      throws CommandFailure, UbcException, InterruptedException {
    if (limit < 0) {
      throw new CommandFailure(ExitCode.USAGE, "--limit must be 0 or more, not " + limit);
    }
    List<JobView> jobs = new ArrayList<>();
    boolean isWhole = read(client, provider.account(), jobs);
    Earnings earnings = Earnings.of(jobs, job -> CourseMapper.dueMicros(job, client.network()));
    List<Earnings.Line> listed =
        earnings.jobs().subList(0, Math.min(limit, earnings.jobs().size()));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("account", provider.account());
    facts.put("total", earnings.total());
    facts.put("days", days(earnings));
    facts.put("jobs", listed.stream().map(EarningsCommand::facts).toList());
    facts.put("isWhole", isWhole);
    return Answer.done(facts, out -> show(earnings, listed, isWhole, out));
  }

  // Of the account's jobs those that it ran; it may also have bought or checked some.
  private boolean read(UbcClient client, int account, List<JobView> jobs)
      throws UbcException, InterruptedException {
    try (Progress progress = Progress.on(surroundings().err(), surroundings().isTerminal())) {
      Long before = 0L;
      while (before != null) {
        if (jobs.size() >= JOBS_MAX) {
          return false;
        }
        JobPage page = client.jobs(OptionalInt.of(account), PAGE, before, 0).value();
        page.jobs().stream().filter(job -> job.provider() == account).forEach(jobs::add);
        before = page.before();
        progress.say(jobs.size() + " jobs …");
      }
    }
    return true;
  }

  private static Map<String, Object> days(Earnings earnings) {
    Map<String, Object> days = new LinkedHashMap<>();
    earnings.days().forEach((day, sum) -> days.put(day.toString(), sum));
    return days;
  }

  private static Map<String, Object> facts(Earnings.Line line) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("job", line.job());
    facts.put("day", line.day().toString());
    facts.put("ending", line.ending());
    facts.put("units", line.units());
    facts.put("paidMicros", line.paidMicros());
    facts.put("dueMicros", line.dueMicros());
    facts.put("slashedMicros", line.slashedMicros());
    return facts;
  }

  private static void show(
      Earnings earnings, List<Earnings.Line> listed, boolean isWhole, PrintWriter out) {
    if (earnings.jobs().isEmpty()) {
      out.println("No job of yours is judged yet.");
      return;
    }
    for (Earnings.Line line : listed) {
      out.println(
          String.format(
              Locale.ROOT,
              "job %-8d %s  %-10s %s",
              line.job(),
              line.day(),
              line.ending(),
              money(line.paidMicros(), line.dueMicros(), line.slashedMicros())));
    }
    earnings
        .days()
        .forEach((day, sum) ->
            out.println(
                String.format(Locale.ROOT, "%s  %d jobs, %s", day, sum.jobs(), money(sum))));
    Earnings.Sum total = earnings.total();
    out.println(
        (isWhole ? "all" : "the newest")
            + " "
            + total.jobs()
            + " jobs: "
            + money(total)
            + " for "
            + Amounts.units(total.units())
            + " instructions");
  }

  private static String money(Earnings.Sum sum) {
    return money(sum.paidMicros(), sum.dueMicros(), sum.slashedMicros());
  }

  private static String money(long paid, long due, long slashed) {
    return "paid "
        + Amounts.compute(paid)
        + (due == 0 ? "" : ", " + Amounts.compute(due) + " to come")
        + (slashed == 0 ? "" : ", slashed " + Amounts.compute(slashed));
  }
}
