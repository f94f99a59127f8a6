package ai.ubc.cli.job;

import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.client.Funding;
import ai.ubc.cli.client.ProgressOption;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Progress;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.Cancellation;
import ai.ubc.sdk.job.JobResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The user's jobs. */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    description = {
      "Your jobs: list, wait for, take back, look into, fetch.",
      "A job that waits for an offer can be taken back. One that a provider has taken can not: its provider may be at work already."
    },
    subcommands = {
      JobsCommand.ListJobs.class,
      JobsCommand.Wait.class,
      JobsCommand.Cancel.class,
      JobsCommand.Logs.class,
      JobsCommand.Fetch.class
    })
public final class JobsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a subcommand: what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Lists jobs. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "List the jobs that you bought, newest first.",
      footerHeading = "%nExamples:%n",
      footer = {"  ubc jobs list", "  ubc jobs list --limit 5 --json -"})
  static final class ListJobs extends ClientCommand {
    private static final int PAGE = 100;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        description = "Most jobs to show. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Override
    protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
      if (limit < 1) {
        throw new CommandFailure(ExitCode.USAGE, "--limit must be 1 or more, not " + limit);
      }
      try (UbcClient client = settings().connect()) {
        int account = Funding.present(client, settings().wallet()).account();
        List<JobView> jobs = bought(client, account);
        return Answer.done(
            Map.of("jobs", jobs),
            jobs.isEmpty()
                ? new String[] {"You have bought no job yet."}
                : jobs.stream().map(job -> JobText.line(job, client)).toArray(String[]::new));
      }
    }

    // An account's jobs are also those that it runs or checks for others.
    private List<JobView> bought(UbcClient client, int account)
        throws UbcException, InterruptedException {
      List<JobView> jobs = new ArrayList<>();
      Long before = 0L;
      while (before != null && jobs.size() < limit) {
        JobPage page = client.jobs(OptionalInt.of(account), PAGE, before, 0).value();
        page.jobs().stream().filter(job -> job.requester() == account).forEach(jobs::add);
        before = page.before();
      }
      return jobs.subList(0, Math.min(limit, jobs.size()));
    }
  }

  /** Waits for a job. */
  @Command(
      name = "wait",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Wait for a job and give its result as \"ubc run\" does; also where it still waits for an offer.",
        "Standard output, standard error and exit code as of \"ubc run\"; the receipt is kept as well."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  ubc jobs wait 1", "  ubc jobs wait 1 --out ./results"})
  static final class Wait extends ResultCommand {
    @Mixin private JobName name = new JobName();

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "Where to put what the program wrote to /out.")
    private @Nullable Path out;

    @Mixin private ProgressOption progressOption = new ProgressOption();

    @Override
    protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
      Delivery.requireDirectory(out);
      try (Progress progress = progressOption.beforeProgram(surroundings());
          UbcClient client = settings().connect();
          Departure departure = Departure.ofJob(surroundings().err(), this::leave)) {
        Session session = Funding.present(client, settings().wallet());
        long job = name.number(session, surroundings());
        return result(
            session,
            Waiting.client(session, surroundings()),
            job,
            departure,
            progress,
            Optional.ofNullable(out),
            "to take it back: ubc jobs cancel " + job);
      }
    }
  }

  /** Takes a job back. */
  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Take back a job that waits for an offer. What is held for it returns at once, and it costs nothing.",
        "It is too late once a provider has taken it. The key that bought it can, and the owner of the account."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ubc run primes.wasm --max-unit-price 0.001 --wait 7d --id cheap-1 --detach",
        "  ubc jobs cancel --id cheap-1"
      })
  static final class Cancel extends ClientCommand {
    @Mixin private JobName name = new JobName();

    @Override
    protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
      try (UbcClient client = settings().connect()) {
        Session session = Funding.present(client, settings().wallet());
        long job = name.number(session, surroundings());
        Cancellation cancellation = Waiting.client(session, surroundings()).cancel(job);
        JobView view = client.job(job, 0).value();
        if (cancellation != Cancellation.TAKEN_BACK) {
          throw CommandFailure.of(ExitCode.FAILURE, "TOO_LATE", tooLate(view), null);
        }
        return Answer.done(JobText.facts(view), "job " + job + " is taken back" + returned(view));
      }
    }

    private static String returned(JobView job) {
      JobView.Queued queued = job.queued();
      return queued == null
          ? ""
          : "; the "
              + Amounts.compute(queued.heldMicros())
              + " that were held for it have returned";
    }

    private static String tooLate(JobView job) {
      String unleased =
          job.waits()
              ? "its time to wait is over. The ledger ends it UNMATCHED within moments, and returns"
                  + " what is held for it"
              : "it has ended " + JobText.ending(job) + ", and nothing is held for it";
      String why =
          job.leased()
              .map(lease ->
                  "provider "
                      + lease.provider()
                      + " has taken it, and may be at work already. Its result: ubc jobs wait "
                      + job.job())
              .orElse(unleased);
      return "job " + job.job() + " can not be taken back any more: " + why;
    }
  }

  /** Tells a job's course. */
  @Command(
      name = "logs",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description =
          "Tell what happened to a job on the ledger: its states, verdicts and payments. Anybody may ask of any job.",
      footerHeading = "%nExamples:%n",
      footer = {"  ubc jobs logs 1"})
  static final class Logs extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "The job's number.")
    private long job;

    @Override
    protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
      try (UbcClient client = settings().connect()) {
        JobView view = client.job(job, 0).value();
        return Answer.done(Map.of("job", view), JobCourse.lines(view).toArray(String[]::new));
      }
    }
  }

  /** Fetches a result. */
  @Command(
      name = "fetch",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Put a job's result into a directory, without waiting: stdout, stderr, and what it wrote to /out as files.",
        "Of a job with several items each has a directory of its number."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  ubc jobs fetch 1 --out ./job-1"})
  static final class Fetch extends ClientCommand {
    @Mixin private JobName name = new JobName();

    @Option(
        names = "--out",
        paramLabel = "DIR",
        required = true,
        description = "Where to put it; made where it is missing.")
    private Path out = Path.of("");

    @Override
    protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
      Delivery.requireDirectory(out);
      try (UbcClient client = settings().connect()) {
        Session session = Funding.present(client, settings().wallet());
        long job = name.number(session, surroundings());
        JobResult result =
            Waiting.client(session, surroundings())
                .result(job)
                .orElseThrow(() ->
                    CommandFailure.of(
                        ExitCode.FAILURE,
                        "NOT_DECIDED",
                        "job "
                            + job
                            + " is not decided yet; wait for it with: ubc jobs wait "
                            + job,
                        null));
        Delivery.asFiles(result, out);
        Map<String, Object> facts = new LinkedHashMap<>(JobText.facts(result));
        facts.put("directory", out.toString());
        return Answer.done(facts, JobText.cost(result), "in " + out);
      }
    }
  }
}
