package ai.ubc.cli;

import ai.ubc.cli.client.AccountCommand;
import ai.ubc.cli.client.CompletionCommand;
import ai.ubc.cli.client.ContextCommand;
import ai.ubc.cli.client.DoctorCommand;
import ai.ubc.cli.client.MarketCommand;
import ai.ubc.cli.client.PayCommand;
import ai.ubc.cli.client.WalletCommand;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.Surroundings;
import ai.ubc.cli.demo.DemoCommand;
import ai.ubc.cli.evidence.ReceiptCommand;
import ai.ubc.cli.job.JobsCommand;
import ai.ubc.cli.job.MapCommand;
import ai.ubc.cli.job.NewCommand;
import ai.ubc.cli.job.QuoteCommand;
import ai.ubc.cli.job.RunCommand;
import ai.ubc.cli.key.KeyCommand;
import ai.ubc.cli.ledger.BackupCommand;
import ai.ubc.cli.ledger.ReplayCommand;
import ai.ubc.cli.ledger.RestoreCommand;
import ai.ubc.cli.network.GatewayCommand;
import ai.ubc.cli.network.InviteCommand;
import ai.ubc.cli.network.ProviderCommand;
import ai.ubc.cli.network.SequencerCommand;
import ai.ubc.cli.network.UpCommand;
import ai.ubc.cli.network.ValidatorCommand;
import ai.ubc.cli.soak.SoakCommand;
import ai.ubc.cli.text.WholeNumbers;
import ai.ubc.sdk.UbcException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code ubc} command: a one-process network, and the client of any network. */
@Command(
    name = "ubc",
    mixinStandardHelpOptions = true,
    version = "ubc 0.1.0",
    description =
        "Buy and sell computation between agents that do not know each other: escrowed, checked, settled.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      RunCommand.class,
      JobsCommand.class,
      MapCommand.class,
      QuoteCommand.class,
      NewCommand.class,
      MarketCommand.class,
      AccountCommand.class,
      WalletCommand.class,
      KeyCommand.class,
      PayCommand.class,
      ReceiptCommand.class,
      ContextCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      InviteCommand.class,
      ProviderCommand.class,
      ValidatorCommand.class,
      SequencerCommand.class,
      GatewayCommand.class,
      SoakCommand.class,
      ReplayCommand.class,
      BackupCommand.class,
      RestoreCommand.class
    },
    footer = {
      "",
      "First steps:",
      "  ubc demo                         the whole story in under a minute",
      "  ubc up                           a network of your own on this machine",
      "  ubc run PROGRAM.wasm -- 10       run a program on it, from another shell",
      "",
      "Files: $UBC_HOME (default ~/.ubc) holds your key, your contexts and the",
      "network's data.",
      "Another network: --gateway URL, else $UBC_GATEWAY, else the context in use",
      "(\"ubc context\").",
      "For scripts: --json FILE writes what came of a command; exit codes are in",
      "\"ubc run --help\"."
    })
public final class Main implements Runnable, Surroundings.Holder {
  private static final System.Logger LOG = System.getLogger(Main.class.getName());

  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** A command line in this process's surroundings. */
  public Main() {
    this(Surroundings.ofProcess());
  }

  private Main(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    // What goes well is told by the commands themselves.
    Logger.getLogger("").setLevel(Level.WARNING);
    int exitCode = execute(args, Surroundings.ofProcess());
    System.out.flush();
    System.err.flush();
    System.exit(exitCode);
  }

  /** Runs the command with these arguments, in these surroundings. */
  public static int execute(String[] args, Surroundings surroundings) {
    return execute(
        args, new Main(surroundings), writer(surroundings.out()), writer(surroundings.err()));
  }

  /** Runs the command with these arguments; messages go to the writers. */
  public static int execute(String[] args, PrintWriter out, PrintWriter err) {
    return execute(args, new Main(), out, err);
  }

  private static int execute(String[] args, Main main, PrintWriter out, PrintWriter err) {
    return new CommandLine(main)
        .setOut(out)
        .setErr(err)
        .setUsageHelpAutoWidth(true)
        .registerConverter(int.class, WholeNumbers.ints())
        .registerConverter(Integer.class, WholeNumbers.ints())
        .registerConverter(long.class, WholeNumbers.longs())
        .registerConverter(Long.class, WholeNumbers.longs())
        .setParameterExceptionHandler((e, _) -> wrongArguments(e))
        .setExecutionExceptionHandler((e, line, _) -> failure(e, line))
        .execute(args);
  }

  private static int wrongArguments(ParameterException e) {
    CommandLine line = e.getCommandLine();
    line.getErr().println("ubc: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, line.getErr());
    sayWhereHelpIs(line);
    return ExitCode.USAGE;
  }

  private static void sayWhereHelpIs(CommandLine line) {
    line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
  }

  private static int failure(Exception e, CommandLine line) {
    line.getErr().println("ubc: " + message(e));
    if (!isExpected(e)) {
      LOG.log(System.Logger.Level.ERROR, "a fault of this program", e);
    }
    if (e instanceof CommandFailure failure && failure.exitCode() == ExitCode.USAGE) {
      sayWhereHelpIs(line);
    }
    return e instanceof CommandFailure failure ? failure.exitCode() : ExitCode.FAILURE;
  }

  private static boolean isExpected(Exception e) {
    return e instanceof CommandFailure
        || e instanceof UbcException
        || e instanceof InterruptedException;
  }

  private static String message(Exception e) {
    return switch (e) {
      case InterruptedException _ -> "interrupted";
      case CommandFailure _, UbcException _ -> String.valueOf(e.getMessage());
      default -> "this is a fault of ours, please report it with the lines that follow: " + e;
    };
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  @Override
  public Surroundings surroundings() {
    return surroundings;
  }

  /** Without a subcommand: what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
