package ai.ubc.cli.provider;

import ai.ubc.api.AccountView;
import ai.ubc.api.JobView;
import ai.ubc.api.MarketView;
import ai.ubc.api.WorkView;
import ai.ubc.cli.client.Answer;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.text.Accounts;
import ai.ubc.cli.text.Amounts;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Command;

/** Shows how a provider stands. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show how your provider stands: whether it runs, its money and bond, its offers, its jobs, and what is due next.",
      "An account without an offer gets no work. \"ubc provider why JOB\" explains a job."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ubc provider status", "  ubc provider status --json -"})
public final class StatusCommand extends OwnProvider {
  private static final int OFFERS_MAX = 64;
  private static final int JOBS_MAX = 100;

  @Override
  Answer answer(UbcClient client, Session provider)
      throws CommandFailure, UbcException, InterruptedException {
    int number = provider.account();
    AccountView account = client.account(number, 0).map(Read::value).orElseThrow();
    Read<WorkView> work = client.work(number, 0);
    List<MarketView.Offer> offers =
        client.market(OptionalInt.of(number), OFFERS_MAX, work.seq()).value().offers();
    List<JobView> jobs =
        client.openJobs(number, JOBS_MAX, work.seq()).value().jobs().stream()
            .filter(job -> job.isRunBy(number))
            .toList();
    Presence presence = presence(client);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("node", presence);
    facts.put("account", account);
    facts.put("bondInJobsMicros", bondInJobs(account));
    facts.put("offers", offers);
    facts.put("jobs", jobs);
    facts.put("due", work.value());
    return Answer.done(
        facts,
        out -> {
          showAccount(account, presence, out);
          showOffers(offers, out);
          jobs.forEach(job -> out.println(line("job " + job.job(), CourseMapper.phase(job))));
          showDue(work.value(), out);
        });
  }

  private static long bondInJobs(AccountView account) {
    return account.holds().stream()
        .filter(hold -> hold.payer() == account.account() && hold.kind().equals("PROVIDER_BOND"))
        .mapToLong(AccountView.Hold::amountMicros)
        .sum();
  }

  private static void showAccount(AccountView account, Presence presence, PrintWriter out) {
    out.println("account " + account.account() + "  " + account.owner());
    switch (presence) {
      case RUNNING -> out.println(line("node", "runs on this machine"));
      case STOPPED -> out.println(line("node", "does not run; start it with: ubc provider"));
      case UNKNOWN -> {
        // Only its key was named.
      }
    }
    out.println(line("free", Amounts.compute(Accounts.freeCompute(account))));
    out.println(line("bond, free", Amounts.compute(account.providerBondMicros())));
    out.println(line("bond, in jobs", Amounts.compute(bondInJobs(account))));
  }

  private static void showOffers(List<MarketView.Offer> offers, PrintWriter out) {
    if (offers.isEmpty()) {
      out.println(line("offers", "none, so it gets no new work"));
    }
    for (MarketView.Offer offer : offers) {
      out.println(
          line(
              "offer " + offer.order(),
              Amounts.unitPriceAlone(offer.priceMicros())
                  + " for 1 G, "
                  + Amounts.work(offer.remainingUnits())
                  + " left"));
    }
  }

  private static void showDue(WorkView work, PrintWriter out) {
    for (WorkView.Duty duty : work.work()) {
      double seconds = Math.max(0, duty.deadlineMs() - work.logTimeMs()) / 1_000.0;
      out.println(
          line(
              "due in " + Amounts.seconds(seconds),
              "job "
                  + duty.job().job()
                  + " "
                  + duty.action().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
    if (work.work().isEmpty()) {
      out.println(line("due", "nothing"));
    }
  }

  private static String line(String what, String text) {
    return String.format(Locale.ROOT, "  %-16s %s", what, text);
  }
}
