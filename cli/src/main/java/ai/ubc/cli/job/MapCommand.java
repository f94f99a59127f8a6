package ai.ubc.cli.job;

import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.client.Funding;
import ai.ubc.cli.client.ProgressOption;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.evidence.KeptReceipt;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Progress;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.evidence.MapReceipt;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Runs a program over many files, as a few jobs side by side. */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run a program once for each of many files, which it reads from standard input.",
      "The files become some jobs that run side by side; the market spreads them over providers. The results of NAME are NAME.out, NAME.err and NAME.files in --out, summary.json says what each job cost, and receipt.json is the evidence for all of them.",
      "The same command again goes on where it was stopped, and never pays twice. The whole never costs more than --budget.",
      "A job that nobody can carry now waits for an offer, as long as --wait says; Ctrl-C takes those back.",
      "Exit code 0 where each item ended with 0, else the first other one; 121 to 125 as for \"ubc run\"."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ubc map wordcount.wasm --each 'texts/*' --out counts --budget 20",
      "  ubc map wordcount.js --each 'texts/*.txt' --out words --budget 2 --check none"
    })
public final class MapCommand extends ClientCommand {
  /** Most bytes of the scripts of one job together: they travel with the arguments. */
  private static final int ARGUMENT_BYTES_MAX = 4 << 20;

  @Parameters(index = "0", paramLabel = "PROGRAM", description = "As of \"ubc run\".")
  private Path program = Path.of("");

  @Mixin private EachOption each = new EachOption();

  @Option(
      names = "--out",
      order = 2,
      required = true,
      paramLabel = "DIR",
      description = "Where results go, and what has been done so far; made where it is missing.")
  private Path out = Path.of("");

  @Option(
      names = "--budget",
      order = 3,
      required = true,
      paramLabel = "COMPUTE",
      description =
          "The most that all jobs may cost together; each has a part by the number of its items.")
  private String budget = "";

  @Option(
      names = "--jobs",
      order = 4,
      paramLabel = "N",
      defaultValue = "4",
      description =
          "How many jobs to make of the items; more where they do not fit. Default: ${DEFAULT-VALUE}.")
  private int jobs = 4;

  @Parameters(
      index = "1..*",
      paramLabel = "ARG",
      description = "Arguments for the program; put -- before them.")
  private List<String> rest = new ArrayList<>();

  @Mixin private InputOptions input = new InputOptions();

  @Mixin private CheckOption check = new CheckOption();

  @Mixin private UnitPriceOption unitPrice = new UnitPriceOption();

  @Mixin private WaitOption wait = new WaitOption();

  @Mixin private ProgressOption progressOption = new ProgressOption();

  @Override
  protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
    long budgetMicros = budgetMicros();
    MarketTerms terms = new MarketTerms(unitPrice.limitPriceMicros(), wait.ms());
    if (jobs < 1) {
      throw new CommandFailure(ExitCode.USAGE, "--jobs must be 1 or more, not " + jobs);
    }
    ProgramFile.require(program);
    List<Path> files = each.files();
    input.warnOfSecrets(surroundings().err());
    Launch launch = Launch.of(program, input.args(rest), surroundings().home());
    try (Progress progress = progressOption.own(surroundings());
        UbcClient client = settings().connect()) {
      Session session = Funding.session(client, settings().wallet());
      MapPlan plan = plan(files, launch, client, budgetMicros);
      MapState state = MapState.open(out, plan);
      List<MapState.Done> done;
      try (Departure departure = Departure.ofMap(surroundings().err(), this::leave)) {
        MapJobs mapped =
            new MapJobs(
                Waiting.client(session, surroundings(), departure),
                new MapOrders(session, launch, input, check.validators(), terms),
                plan,
                state,
                departure,
                progress);
        done = mapped.all();
      }
      progress.clear();
      Path summary = state.summarise(done, budgetMicros);
      note("receipt", receipt(session, done, state));
      return answer(done, summary, budgetMicros);
    }
  }

  private Map<String, Object> receipt(Session session, List<MapState.Done> done, MapState state)
      throws InterruptedException {
    List<KeptReceipt.Wanted> jobs = new ArrayList<>();
    List<MapReceipt.Item> items = new ArrayList<>();
    for (MapState.Done job : done) {
      job.undelivered().forEach(number -> jobs.add(new KeptReceipt.Wanted(number, 0)));
      jobs.add(new KeptReceipt.Wanted(job.job(), job.seq()));
      job.items().forEach(item -> items.add(item.evidence(job.job())));
    }
    return KeptReceipt.ofMap(session, jobs, items, state.receipt(), settings());
  }

  private long budgetMicros() {
    try {
      return Amounts.parse(budget);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), "--budget: " + e.getMessage(), e);
    }
  }

  private MapPlan plan(List<Path> files, Launch launch, UbcClient client, long budgetMicros)
      throws CommandFailure {
    int argumentBytes = launch.args().stream().mapToInt(String::length).sum() + 1;
    int itemsMax =
        Math.clamp(ARGUMENT_BYTES_MAX / argumentBytes, 1, client.network().parameters().itemsMax());
    try {
      String what =
          String.join(
              "\n",
              Sha256.of(launch.module()).hex(),
              launch.args().toString(),
              new TreeMap<>(input.env()).toString(),
              String.valueOf(input.directory()),
              Integer.toString(check.validators()),
              "");
      return MapPlan.of(files, what, budgetMicros, jobs, itemsMax);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILURE, "--each: " + e.getMessage(), e);
    }
  }

  private static Answer answer(List<MapState.Done> done, Path summary, long budgetMicros) {
    List<MapState.DoneItem> failed =
        done.stream().flatMap(d -> d.items().stream()).filter(i -> i.exitCode() != 0).toList();
    return new Answer(
        failed.isEmpty() ? ExitCode.OK : failed.getFirst().exitCode(),
        failed.isEmpty() ? Answer.DONE : "ITEMS_FAILED",
        Map.of("summary", summary.toString(), "jobs", done, "budgetMicros", budgetMicros),
        text -> show(done, failed, summary, budgetMicros, text));
  }

  private static void show(
      List<MapState.Done> done,
      List<MapState.DoneItem> failed,
      Path summary,
      long budgetMicros,
      PrintWriter text) {
    for (MapState.Done job : done) {
      text.println(
          "job "
              + job.job()
              + ", provider "
              + job.provider()
              + ", "
              + job.ending()
              + ": "
              + job.items().size()
              + " items, "
              + Amounts.cost(job.priceMicros(), job.units()));
    }
    for (MapState.DoneItem item : failed) {
      text.println(item.file() + ": " + item.outcome() + ", exit code " + item.exitCode());
    }
    text.println(
        "together "
            + Amounts.cost(
                done.stream().mapToLong(MapState.Done::priceMicros).sum(),
                done.stream().mapToLong(MapState.Done::units).sum())
            + " of at most "
            + Amounts.compute(budgetMicros)
            + "; see "
            + summary);
  }
}
