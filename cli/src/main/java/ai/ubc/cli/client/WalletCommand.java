package ai.ubc.cli.client;

import ai.ubc.api.AccountView;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.GatewayOption;
import ai.ubc.cli.command.UbcHome;
import ai.ubc.cli.text.Accounts;
import ai.ubc.cli.text.Amounts;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The user's key, and tokens to try things out with. */
@Command(
    name = "wallet",
    mixinStandardHelpOptions = true,
    description = "Your key, and development tokens.",
    subcommands = {WalletCommand.Show.class, WalletCommand.Faucet.class})
public final class WalletCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a subcommand: what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Shows the address of the user's key. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Show the address of your key and the file that holds it. Makes a key where there is none.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure {
      PrintWriter out = spec.commandLine().getOut();
      out.println("address  " + Funding.wallet().address());
      out.println("file     " + UbcHome.wallet());
      return ExitCode.OK;
    }
  }

  /** Takes COMPUTE from a development network's faucet. */
  @Command(
      name = "faucet",
      mixinStandardHelpOptions = true,
      description = {
        "Take COMPUTE from the faucet of a development network.",
        "The faucet is an account of genesis whose key everybody knows; this is an ordinary transfer signed with it."
      })
  static final class Faucet implements Callable<Integer> {
    @Mixin private GatewayOption gateway = new GatewayOption();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--amount",
        paramLabel = "COMPUTE",
        defaultValue = "100",
        description = "How much. Default: ${DEFAULT-VALUE}.")
    private String amount = "100";

    @Override
    public Integer call() throws CommandFailure, UbcException, InterruptedException {
      long micros;
      try {
        micros = Amounts.parse(amount);
      } catch (IllegalArgumentException e) {
        throw new CommandFailure(ExitCode.USAGE, "--amount: " + e.getMessage(), e);
      }
      try (UbcClient client = gateway.connect()) {
        Session session = Session.openOrRegister(client, Funding.wallet());
        long seq = Funding.fromFaucet(client, session.account(), micros);
        AccountView account = client.account(session.account(), seq).map(Read::value).orElseThrow();
        spec.commandLine()
            .getOut()
            .println(
                "account "
                    + session.account()
                    + " got "
                    + Amounts.compute(micros)
                    + ", free now "
                    + Amounts.compute(Accounts.freeCompute(account)));
      }
      return ExitCode.OK;
    }
  }
}
