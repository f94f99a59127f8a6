package ai.ubc.cli.client;

import ai.ubc.api.MarketView;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.GatewayOption;
import ai.ubc.cli.command.UbcHome;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Progress;
import ai.ubc.codec.job.BundleLimits;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.provider.wasi.ProgramCheck;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobNotDelivered;
import ai.ubc.sdk.job.JobOrder;
import ai.ubc.sdk.job.JobResult;
import ai.ubc.sdk.job.Script;
import ai.ubc.sdk.job.SecretStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Buys one run of a program; standard output, standard error and exit code are the program's own.
 */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run a WASI program or a JavaScript file on somebody else's machine.",
      "Standard output, standard error and the exit code are the program's own, byte for byte."
    },
    exitCodeListHeading = "%nExit code: the program's own, else%n",
    exitCodeList = {
      "121:the budget or the balance does not cover it",
      "122:the program trapped, or used up its units or its output",
      "123:no offer could carry it, or nobody delivered",
      "125:anything else that went wrong; also where the file is no WASI program, and nothing was bought",
      "2:the arguments are wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ubc run wordcount.wasm --in ./texts",
      "  ubc run wordcount.js --in ./texts",
      "  echo one two | ubc run wordcount.wasm --stdin -",
      "  ubc run primes.wasm --arg 100000 --check none --max-price 0.05",
      "  ubc run picture.wasm --out ./pictures"
    })
public final class RunCommand implements Callable<Integer> {
  /** The most units that one run asks for, whatever the budget: minutes of a provider's time. */
  private static final long UNITS_MAX = 100_000_000_000L;

  private static final int OFFERS_READ = 256;

  /** How much is checked. */
  enum Check {
    NONE,
    QUORUM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PROGRAM",
      description = "A WASI preview 1 command (.wasm), or a script (.js, .mjs, .cjs).")
  private Path program = Path.of("");

  @Option(
      names = "--arg",
      paramLabel = "A",
      description = "An argument for the program; may be repeated.")
  private List<String> args = new ArrayList<>();

  @Option(
      names = "--stdin",
      paramLabel = "FILE|-",
      description = "What the program reads from standard input; - takes the command's own.")
  private @Nullable String stdin;

  @Option(
      names = "--in",
      paramLabel = "DIR",
      description = "A directory that the program sees, read-only, as /in.")
  private @Nullable Path in;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where to put what the program writes to /out. Without it, those files are dropped.")
  private @Nullable Path out;

  @Option(
      names = "--check",
      paramLabel = "none|quorum",
      defaultValue = "quorum",
      description = {
        "none: the provider's bond stands for the result. quorum: three drawn validators re-run the whole job, which costs about 4.8 times as much. Default: ${DEFAULT-VALUE}."
      })
  private Check check = Check.QUORUM;

  @Option(
      names = "--max-price",
      paramLabel = "COMPUTE",
      defaultValue = "1",
      description = {
        "The most that price, fee and checking may cost together. Default: ${DEFAULT-VALUE}. While the job runs this much and a deposit of 5 %% of the price are held; what is not used returns. At most 100 G units are bought."
      })
  private String maxPrice = "1";

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Override
  public Integer call() throws CommandFailure, UbcException, InterruptedException {
    long budgetMicros = budget();
    requireProgram();
    try (Progress progress = Progress.onStandardError();
        UbcClient client = gateway.connect()) {
      progress.say("opening your account …");
      Session session = Funding.session(client);
      Path spooled = spool();
      try {
        progress.say("storing the program and its input …");
        JobOrder order = order(client, session, budgetMicros, spooled);
        JobClient jobs =
            new JobClient(session, SecretStore.in(UbcHome.directory().resolve("secrets")));
        long job = jobs.submit(order);
        JobResult result = jobs.await(job, view -> progress.say(OutcomeMapper.progress(view)));
        progress.clear();
        return deliver(result);
      } finally {
        if (spooled != null) {
          delete(spooled);
        }
      }
    } catch (LedgerRefused e) {
      throw new CommandFailure(OutcomeMapper.exitCode(e), String.valueOf(e.getMessage()), e);
    } catch (JobNotDelivered e) {
      throw new CommandFailure(ExitCode.NO_OFFER_OR_DEADLINE, OutcomeMapper.notDelivered(e), e);
    }
  }

  private long budget() {
    try {
      return Amounts.parse(maxPrice);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--max-price: " + e.getMessage(), e);
    }
  }

  /** A program that every provider would refuse is not worth buying a run of. */
  private void requireProgram() throws CommandFailure {
    requireFile(program);
    if (Script.isScript(program)) {
      return;
    }
    Optional<String> refusal;
    try {
      refusal = ProgramCheck.refusal(program);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, program + " can not be read: " + e.getMessage(), e);
    }
    if (refusal.isPresent()) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          program
              + " is no program that can be run: "
              + refusal.get()
              + ". It must be a WASI preview 1 command, or a script that ends in .js."
              + " Nothing was bought.");
    }
  }

  private static void requireFile(Path file) throws CommandFailure {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new CommandFailure(ExitCode.FAILURE, "there is no readable file " + file);
    }
  }

  /** The command's own standard input in a file, or null where it is not asked for. */
  private @Nullable Path spool() throws CommandFailure {
    if (!"-".equals(stdin)) {
      return null;
    }
    try {
      Path file = Files.createTempFile("ubc-stdin", "");
      file.toFile().deleteOnExit(); // also when a signal ends the command
      try (InputStream input = System.in;
          OutputStream output = Files.newOutputStream(file)) {
        byte[] piece = new byte[1 << 16];
        long total = 0;
        for (int n = input.read(piece); n >= 0; n = input.read(piece)) {
          total += n;
          if (total > BundleLimits.UNPACKED_BYTES_MAX) {
            throw new CommandFailure(
                ExitCode.FAILURE,
                "standard input is longer than the "
                    + BundleLimits.UNPACKED_BYTES_MAX
                    + " bytes that a job takes");
          }
          output.write(piece, 0, n);
        }
      }
      return file;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "standard input can not be kept: " + e.getMessage(), e);
    }
  }

  private static void delete(Path file) throws CommandFailure {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, file + " can not be deleted: " + e.getMessage(), e);
    }
  }

  private JobOrder order(
      UbcClient client, Session session, long budgetMicros, @Nullable Path spooled)
      throws CommandFailure, UbcException, InterruptedException {
    int validators = check == Check.QUORUM ? JobOrder.VALIDATORS_DEFAULT : 0;
    Launch launch = Launch.of(program, args);
    JobOrder.Builder order =
        JobOrder.of(launch.module(), budgetMicros)
            .args(launch.args().toArray(String[]::new))
            .quorum(validators);
    if (spooled != null) {
      order.stdin(spooled);
    } else if (stdin != null) {
      requireFile(Path.of(stdin));
      order.stdin(Path.of(stdin));
    }
    if (in != null) {
      if (!Files.isDirectory(in)) {
        throw new CommandFailure(ExitCode.FAILURE, "--in: there is no directory " + in);
      }
      order.input(in);
    }
    // The budget may pay for more than any offer carries, or than anybody wants to wait for.
    MarketView market = client.market(OptionalInt.empty(), OFFERS_READ, 0).value();
    OrderMapper.mostUnits(
            market, session.account(), client.network(), budgetMicros, validators, UNITS_MAX)
        .ifPresent(order::maxUnits);
    return order.build();
  }

  private int deliver(JobResult result) throws CommandFailure {
    ItemOutput item = result.items().getFirst();
    try {
      if (out != null) {
        result.writeFiles(0, out);
      }
      System.out.write(item.stdout());
      System.out.flush();
      System.err.write(item.stderr());
      System.err.flush();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "the result can not be written: " + e.getMessage(), e);
    }
    return switch (item.outcome()) {
      case EXIT -> item.detail() & 0xFF;
      case TRAP ->
          throw limit(
              "the program "
                  + (item.detail() == ItemOutput.INVALID_PROGRAM
                      ? "is refused by this network's runtime"
                      : "trapped (kind " + item.detail() + ")"),
              result);
      case OUT_OF_UNITS ->
          throw limit(
              "the program used up its "
                  + Amounts.units(result.job().maxUnits())
                  + " units; raise --max-price to buy more",
              result);
      case OUTPUT_LIMIT -> throw limit("the program wrote more than it may", result);
    };
  }

  private static CommandFailure limit(String what, JobResult result) {
    return new CommandFailure(
        ExitCode.TRAP_OR_LIMIT,
        what
            + " (job "
            + result.job().job()
            + ", cost "
            + Amounts.compute(result.priceMicros())
            + ")");
  }
}
