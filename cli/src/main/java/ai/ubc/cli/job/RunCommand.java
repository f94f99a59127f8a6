package ai.ubc.cli.job;

import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.Funding;
import ai.ubc.cli.client.ProgressOption;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.Surroundings;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Progress;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Buys one run of a program; standard output, standard error and exit code are the program's own.
 */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run a WASI program or a JavaScript file on somebody else's machine.",
      "Standard output and the exit code are the program's own; behind its standard error a line names the job's receipt.",
      "Where nobody can carry it now, the job waits for an offer, as long as --wait says.",
      "Ctrl-C takes the job back while it waits; one that a provider has taken goes on, and it is said how to come back to it."
    },
    exitCodeListHeading = "%nExit code: the program's own, else%n",
    exitCodeList = {
      "121:the budget or the balance does not cover it",
      "122:the program trapped, or used up its instructions or its output",
      "123:no offer could carry it in its time, or nobody delivered, or it was taken back",
      "125:anything else that went wrong; also where the file is no WASI program, and nothing was bought",
      "130, 143:Ctrl-C, SIGTERM",
      "2:the arguments are wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ubc run wordcount.wasm --in ./texts",
      "  ubc run wordcount.js --in ./texts",
      "  echo one two | ubc run wordcount.wasm --stdin -",
      "  ubc run primes.wasm --check none --max-price 0.05 -- 100000",
      "  ubc run primes.wasm --max-unit-price 0.02 --wait 2h -- 100000",
      "  ubc run picture.wasm --out ./pictures",
      "  ubc run wordcount.wasm --in ./texts --private",
      "  ubc run primes.wasm --id nightly-7 --json outcome.json -- 1000",
      "  ubc run primes.wasm --detach -- 2000"
    })
public final class RunCommand extends ResultCommand {
  @Parameters(
      index = "0",
      paramLabel = "PROGRAM",
      description = "A WASI preview 1 command (.wasm), or a script (.js, .mjs, .cjs).")
  private Path program = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "ARG",
      description = "Arguments for the program; put -- before them.")
  private List<String> rest = new ArrayList<>();

  @Mixin private InputOptions input = new InputOptions();

  @Option(
      names = "--stdin",
      order = 12,
      paramLabel = "FILE|-",
      description = "What the program reads from standard input; - takes the command's own.")
  private @Nullable String stdin;

  @Option(
      names = "--out",
      order = 14,
      paramLabel = "DIR",
      description =
          "Where to put what the program writes to /out. Without it, those files are dropped.")
  private @Nullable Path out;

  @Mixin private PriceOptions price = new PriceOptions();

  @Mixin private WaitOption wait = new WaitOption();

  @Option(
      names = "--private",
      order = 24,
      description =
          "Seal program, input and result: only the provider, the drawn validators and you read them, and not the gateway that stores them.")
  private boolean isPrivate;

  @Option(
      names = "--id",
      order = 25,
      paramLabel = "KEY",
      description =
          "A name of your own for this job. The same command again gives the same job and never pays twice, also when the first was killed or cut off.")
  private @Nullable String id;

  @Option(
      names = "--detach",
      order = 26,
      description =
          "Do not wait: print the job's number, also where it still waits for an offer. \"ubc jobs wait\" gets the result. While nobody waits, validators are drawn without your secret.")
  private boolean detach;

  @Mixin private ProgressOption progressOption = new ProgressOption();

  @Override
  protected boolean printsOtherwise() {
    return !detach;
  }

  @Override
  protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
    long budgetMicros = price.budgetMicros();
    MarketTerms terms = new MarketTerms(price.limitPriceMicros(), wait.ms());
    Surroundings around = surroundings();
    ProgramFile.require(program);
    Delivery.requireDirectory(out);
    if (id != null && id.isBlank()) {
      throw new CommandFailure(ExitCode.USAGE, "--id: a name is not empty");
    }
    input.warnOfSecrets(around.err());
    try (Progress progress = progressOption.beforeProgram(around);
        UbcClient client = settings().connect();
        Departure departure = Departure.ofJob(around.err(), this::leave)) {
      progress.say("opening your account …");
      Session session = Funding.session(client, settings().wallet());
      JobClient jobs = Waiting.client(session, around, departure);
      if (!detach) {
        departure.takeBackBy(jobs);
      }
      long job;
      try (StandardInput standardInput = StandardInput.of(stdin, around.in())) {
        progress.say(
            "storing program and input; at most "
                + Amounts.compute(budgetMicros)
                + " will be spent …");
        JobOrder order = order(client, session, budgetMicros, terms, standardInput);
        job =
            Waiting.buy(
                session,
                departure,
                () ->
                    id == null
                        ? jobs.submit(order)
                        : jobs.submit(order, id, JobName.submissions(session, around)));
      }
      if (detach) {
        return detached(job);
      }
      return result(
          session,
          jobs,
          job,
          departure,
          progress,
          Optional.ofNullable(out),
          "Ctrl-C takes it back");
    }
  }

  private static Answer detached(long job) {
    return new Answer(
        0, "SUBMITTED", Map.of("job", job), text -> text.println("ubc jobs wait " + job));
  }

  private JobOrder order(
      UbcClient client,
      Session session,
      long budgetMicros,
      MarketTerms terms,
      StandardInput standardInput)
      throws CommandFailure, UbcException, InterruptedException {
    Launch launch = Launch.of(program, input.args(rest), surroundings().home());
    JobOrder.Builder order =
        terms.applyTo(
            JobOrder.of(launch.module(), budgetMicros)
                .args(launch.args().toArray(String[]::new))
                .env(input.env())
                .quorum(price.validators()));
    standardInput.file().ifPresent(order::stdin);
    input.directory().ifPresent(order::input);
    if (isPrivate) {
      order.privately();
    }
    // The budget may pay for more than any offer carries, or than anybody wants to wait for.
    OrderMapper.mostUnits(client, price.ask(session.account())).ifPresent(order::maxUnits);
    return order.build();
  }
}
