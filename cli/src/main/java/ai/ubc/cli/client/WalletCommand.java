package ai.ubc.cli.client;

import ai.ubc.api.AccountView;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.Written;
import ai.ubc.cli.text.Accounts;
import ai.ubc.cli.text.Amounts;
import ai.ubc.sdk.FileReason;
import ai.ubc.sdk.Keystore;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The user's key, and tokens to try things out with. */
@Command(
    name = "wallet",
    mixinStandardHelpOptions = true,
    description = "Your key, and development tokens.",
    subcommands = {
      WalletCommand.New.class,
      WalletCommand.Show.class,
      WalletCommand.Faucet.class,
      WalletCommand.Import.class,
      WalletCommand.Export.class,
      RotateCommand.class
    })
public final class WalletCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a subcommand: what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static void requireNew(Path file, String advice) throws CommandFailure {
    if (Files.isDirectory(file)) {
      throw new CommandFailure(ExitCode.FAILURE, file + " is a directory; name a file in it");
    }
    if (Files.exists(file)) {
      throw CommandFailure.of(
          ExitCode.FAILURE,
          "KEY_EXISTS",
          file + " is there already, and is not replaced; " + advice,
          null);
    }
  }

  private static Answer shown(Wallet wallet, Path file) {
    return Answer.done(
        Map.of("address", wallet.address().toString(), "file", file.toString()),
        "address  " + wallet.address(),
        "file     " + file);
  }

  /** Makes a key. */
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description =
          "Make a new key in the file of --wallet. A file that is there already stays as it is.",
      footerHeading = "%nExamples:%n",
      footer = {"  ubc wallet new --wallet second.key"})
  static final class New extends ClientCommand {
    @Override
    protected Answer answer() throws CommandFailure {
      Path file = settings().walletFile();
      requireNew(file, "name another file with --wallet");
      try {
        return shown(Wallet.create(file, new SecureRandom()), file);
      } catch (IOException e) {
        throw new CommandFailure(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Shows the address of the user's key. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description =
          "Show the address of your key and the file that holds it. Makes a key where there is none.",
      footerHeading = "%nExamples:%n",
      footer = {"  ubc wallet show"})
  static final class Show extends ClientCommand {
    @Override
    protected Answer answer() throws CommandFailure {
      return shown(settings().wallet(), settings().walletFile());
    }
  }

  /** Takes COMPUTE from a development network's faucet. */
  @Command(
      name = "faucet",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Take COMPUTE from the faucet of a development network.",
        "The faucet is an account of genesis whose key everybody knows; this is an ordinary transfer signed with it."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  ubc wallet faucet --amount 20"})
  static final class Faucet extends ClientCommand {
    @Option(
        names = "--amount",
        paramLabel = "COMPUTE",
        defaultValue = "100",
        description = "How much. Default: ${DEFAULT-VALUE}.")
    private String amount = "100";

    @Override
    protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
      long micros = Written.read("--amount", amount, Amounts::parse);
      try (UbcClient client = settings().connect()) {
        Session session = Session.openOrRegister(client, settings().wallet());
        long seq = Funding.fromFaucet(client, session.account(), micros);
        AccountView account = client.account(session.account(), seq).map(Read::value).orElseThrow();
        return Answer.done(
            Map.of("account", account, "amountMicros", micros),
            "account "
                + session.account()
                + " got "
                + Amounts.compute(micros)
                + ", free now "
                + Amounts.compute(Accounts.freeCompute(account)));
      }
    }
  }

  /** Takes over a key from an encrypted keystore. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Decrypt an Ethereum keystore (version 3) into the file of --wallet, as other wallets write them.",
        "A file that is there already stays as it is."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  ubc wallet import keystore.json --password-file password.txt --wallet my.key"})
  static final class Import extends ClientCommand {
    @Parameters(paramLabel = "KEYSTORE", description = "The encrypted keystore.")
    private Path keystore = Path.of("");

    @Mixin private PasswordOption password = new PasswordOption();

    @Override
    protected Answer answer() throws CommandFailure {
      Path file = settings().walletFile();
      requireNew(file, "name another file with --wallet");
      Wallet wallet;
      try {
        wallet = Keystore.decrypt(Files.readString(keystore), password.read());
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.FAILURE, keystore + " can not be imported: " + FileReason.of(e), e);
      }
      try {
        wallet.save(file);
        return shown(wallet, file);
      } catch (IOException e) {
        throw new CommandFailure(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Writes the key into an encrypted keystore. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Encrypt your key into an Ethereum keystore (version 3), which other wallets read.",
        "A file that is there already stays as it is."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  ubc wallet export my-key.json --password-file password.txt"})
  static final class Export extends ClientCommand {
    @Parameters(paramLabel = "KEYSTORE", description = "The keystore to write.")
    private Path keystore = Path.of("");

    @Mixin private PasswordOption password = new PasswordOption();

    @Override
    protected Answer answer() throws CommandFailure {
      requireNew(keystore, "name another file");
      Wallet wallet = settings().wallet();
      try {
        String encrypted = Keystore.encrypt(wallet, password.read(), new SecureRandom());
        Files.writeString(keystore, encrypted, StandardOpenOption.CREATE_NEW);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.FAILURE, keystore + " can not be written: " + FileReason.of(e), e);
      }
      return Answer.done(
          Map.of("address", wallet.address().toString(), "keystore", keystore.toString()),
          "the key of " + wallet.address() + " is in " + keystore + ", encrypted");
    }
  }
}
