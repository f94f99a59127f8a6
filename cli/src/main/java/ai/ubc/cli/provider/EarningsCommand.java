package ai.ubc.cli.provider;

import ai.ubc.api.JobPage;
import ai.ubc.cli.client.Answer;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Progress;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
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
  private static final int PAGES_MAX = 1_000;

  /** A page of an account's jobs, newest first. */
  interface Pages {
    /**
     * Those before a job.
     *
     * @param job its number; 0 for the newest
     */
    JobPage before(long job) throws UbcException, InterruptedException;
  }

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Most jobs to list, newest first; the sums are of all among your account's newest 100,000 jobs, bought ones included. Default: ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Override
  Answer answer(UbcClient client, Session provider)
      throws CommandFailure, UbcException, InterruptedException {
    if (limit < 0) {
      throw new CommandFailure(ExitCode.USAGE, "--limit must be 0 or more, not " + limit);
    }
    int account = provider.account();
    Earnings.Tally tally =
        new Earnings.Tally(limit, job -> CourseMapper.dueMicros(job, client.network()));
    boolean isWhole;
    try (Progress progress = Progress.onOwn(surroundings().err(), surroundings().isTerminal())) {
      isWhole =
          read(
              before -> {
                progress.say(tally.jobs() + " jobs …");
                return client.jobs(OptionalInt.of(account), PAGE, before, 0).value();
              },
              PAGES_MAX,
              account,
              tally);
    }
    Earnings earnings = tally.earnings();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("account", account);
    facts.put("total", earnings.total());
    facts.put("days", days(earnings));
    facts.put("jobs", earnings.jobs().stream().map(EarningsCommand::facts).toList());
    facts.put("isWhole", isWhole);
    return Answer.done(facts, out -> show(earnings, isWhole, out));
  }

  /**
   * Adds up, of an account's jobs, those that it ran; it may also have bought or checked some.
   *
   * @return whether all were read
   */
  static boolean read(Pages pages, int pagesMax, int account, Earnings.Tally tally)
      throws UbcException, InterruptedException {
    Long before = 0L;
    for (int read = 0; before != null && read < pagesMax; read++) {
      JobPage page = pages.before(before);
      page.jobs().stream().filter(job -> job.isRunBy(account)).forEach(tally::add);
      before = page.before();
    }
    return before == null;
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

  static void show(Earnings earnings, boolean isWhole, PrintWriter out) {
    if (!isWhole) {
      out.println(
          String.format(
              Locale.ROOT,
              "Only the newest %,d jobs of your account were read, bought ones included; older ones are not in this.",
              PAGES_MAX * PAGE));
    }
    if (earnings.total().jobs() == 0) {
      out.println(
          isWhole ? "No job of yours is judged yet." : "None of them is a judged job of yours.");
      return;
    }
    for (Earnings.Line line : earnings.jobs()) {
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
