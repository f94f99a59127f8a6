package ai.ubc.cli.job;

import ai.ubc.api.Quote;
import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Progress;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.WaitTerms;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a job would cost, and who would see it. */
@Command(
    name = "quote",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Say what a job costs now: the unit price, what checking adds, what the limit buys, and who sees what.",
      "Where nobody can carry it now within the limits, say what \"run\" would wait for, and end with 123.",
      "With --measure the program is run on this machine first, by the same meter, and its own cost is said. Nothing is bought."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ubc quote",
      "  ubc quote --check none --max-price 0.2",
      "  ubc quote --measure primes.wasm -- 1000"
    })
public final class QuoteCommand extends ClientCommand {
  @Option(
      names = "--measure",
      order = 1,
      description =
          "Run PROGRAM here, with the arguments, variables and input given, and quote what it used. Its output is dropped.")
  private boolean measure;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROGRAM",
      description = "With --measure: the program.")
  private @Nullable Path program;

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

  @Mixin private PriceOptions price = new PriceOptions();

  @Override
  protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
    if (measure != (program != null)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          measure ? "--measure needs a PROGRAM" : "a PROGRAM is measured with --measure");
    }
    Optional<Measurement> measured =
        program == null ? Optional.empty() : Optional.of(measured(program));
    try (UbcClient client = settings().connect()) {
      OptionalInt account =
          Session.open(client, settings().wallet()).stream().mapToInt(Session::account).findFirst();
      OptionalLong units = measured.stream().mapToLong(Measurement::units).findFirst();
      WaitTerms.Ask ask = price.ask(account.orElse(0), units);
      Map<String, Object> facts = new LinkedHashMap<>();
      measured.ifPresent(m -> facts.put("measured", m));
      try {
        Quote quote = OrderMapper.quote(client, ask);
        facts.put("quote", quote);
        return Answer.done(
            facts,
            out -> {
              measured.ifPresent(m -> out.println("measured        " + m.text()));
              show(quote, out, measured.isPresent());
            });
      } catch (LedgerRefused e) {
        if (!OrderMapper.mayWait(e)) {
          throw e;
        }
        WaitTerms terms = OrderMapper.terms(client, ask);
        facts.put("message", String.valueOf(e.getMessage()));
        facts.put("waiting", terms);
        return new Answer(
            ExitCode.NO_OFFER_OR_DEADLINE,
            OrderMapper.outcome(e),
            facts,
            out -> {
              measured.ifPresent(m -> out.println("measured        " + m.text()));
              show(e, terms, ask.limitPriceMicros().isEmpty(), out);
            });
      }
    }
  }

  private static void show(
      LedgerRefused refused, WaitTerms terms, boolean isLimitOurs, PrintWriter out) {
    out.println("now             " + refused.getMessage());
    out.println(
        "run waits       for an offer, "
            + WaitText.limit(terms.limitPriceMicros())
            + ", that has "
            + Amounts.units(terms.units())
            + " left; as long as --wait says");
    if (isLimitOurs) {
      out.println(
          "                at no more than "
              + WaitTerms.HEADROOM
              + " times the best offer's price, else the last job's; --max-unit-price sets it");
    }
    out.println(
        "cost            at most "
            + Amounts.cost(terms.mostPayableMicros(), terms.units())
            + ", by the price of the offer that takes it");
    out.println(
        "held meanwhile  "
            + Amounts.compute(terms.heldMicros())
            + ", which returns where none comes or you take it back");
  }

  private Measurement measured(Path file) throws CommandFailure, InterruptedException {
    ProgramFile.require(file);
    try (Progress progress = Progress.onOwn(surroundings().err(), surroundings().isTerminal());
        StandardInput standardInput = StandardInput.of(stdin, surroundings().in())) {
      progress.say("running " + file + " here …");
      Launch launch = Launch.of(file, input.args(rest), surroundings().home());
      return Measurement.of(launch, input, standardInput);
    }
  }

  private void show(Quote quote, PrintWriter out, boolean isMeasured) {
    long rest = quote.feeMicros() + quote.checkingMicros();
    out.println(
        "unit price      "
            + Amounts.unitPrice(quote.unitPriceMicros())
            + ", of provider "
            + quote.provider());
    out.println("check           " + check(quote));
    out.println(
        isMeasured
            ? "cost            "
                + Amounts.cost(quote.mostPayableMicros(), quote.units())
                + ", of which "
                + Amounts.compute(rest)
                + " fee and checking"
            : "the limit       of "
                + Amounts.compute(price.budgetMicros())
                + " buys at most "
                + Amounts.work(quote.units())
                + ": "
                + parts(quote));
    out.println(
        "held meanwhile  "
            + Amounts.compute(quote.heldMicros())
            + ", with a deposit of "
            + Amounts.compute(quote.depositMicros())
            + " that returns");
    out.println("who sees        " + readers(quote));
    out.println(
        "                with run --private: the same without the gateway, which sees sizes and times");
    out.println(
        "                everybody: the ledger, with hashes of program, input and result, price, parties and verdicts");
  }

  private static String check(Quote quote) {
    if (quote.validators() == 0) {
      return "none: nobody re-runs it; the provider's bond is "
          + Amounts.compute(quote.providerBondMicros());
    }
    return "quorum: "
        + quote.validators()
        + " of "
        + quote.validatorsEligible()
        + " validators re-run all of it, for "
        + Amounts.compute(quote.checkingMicros())
        + " on a price of "
        + Amounts.compute(quote.priceMicros());
  }

  private static String parts(Quote quote) {
    return Amounts.compute(quote.priceMicros())
        + " price, "
        + Amounts.compute(quote.feeMicros())
        + " fee, "
        + Amounts.compute(quote.checkingMicros())
        + " checking";
  }

  private static String readers(Quote quote) {
    return quote.validators() == 0
        ? "the provider and the gateway: program, input and result"
        : "the provider, the drawn validators and the gateway: program, input and result";
  }
}
