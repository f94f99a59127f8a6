package ai.ubc.cli.key;

import ai.ubc.api.MandateView;
import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.client.Funding;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.Written;
import ai.ubc.cli.text.Accounts;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Durations;
import ai.ubc.cli.text.Mandates;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a session key and gives it a mandate. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Make a session key: a key file that may spend --budget of your account until --expires, on jobs, and pay those named by --payee.",
      "Give the file to the agent, as --wallet or $$UBC_WALLET. Your own key stays with you."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ubc key new --budget 5 --expires 1h",
      "  ubc key new --budget 2 --expires 7d --payee 4 --out agent.key",
      "  ubc run --wallet agent.key PROGRAM.wasm"
    })
final class KeyNewCommand extends ClientCommand {
  private static final String WASI = "wasi";
  private static final int ADDRESS_DIGITS = 10;
  private static final int PAYEES_MAX = 8;

  @Option(
      names = "--budget",
      required = true,
      paramLabel = "COMPUTE",
      description = "The most that the key may spend in all.")
  private String budget = "";

  @Option(
      names = "--expires",
      required = true,
      paramLabel = "TIME",
      description = "When it ends, from now: 90s, 30m, 1h or 7d; at most 366d.")
  private String expires = "";

  @Option(
      names = "--payee",
      paramLabel = "ACCOUNT",
      description =
          "An account that the key may pay, by number or owner's address. May be repeated, at most 8 times. Default: nobody, so it buys jobs only.")
  private List<String> payees = new ArrayList<>();

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "Class of jobs that it may buy: wasi, which is the default and the only one.")
  private List<String> classes = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "The key file to write.",
        "Default: keys/ADDRESS.key in $$UBC_HOME or ~/.ubc."
      })
  private @Nullable Path out;

  @Override
  protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
    long amountMicros = Written.read("--budget", budget, Amounts::parse);
    Duration duration = Written.read("--expires", expires, Durations::parse);
    requireClasses();
    try (UbcClient client = settings().connect()) {
      Session owner = owner(client);
      Set<Integer> accounts = payees(client, owner.account());
      Wallet key = SessionKeys.fresh(owner, new SecureRandom());
      Path file = save(key);
      long seq = grant(owner, key, amountMicros, duration, file);
      MandateView mandate = Mandates.ofKey(client, owner.account(), key.addressText(), seq);
      seq = allow(owner, mandate, accounts, file);
      return answer(Mandates.ofKey(client, owner.account(), mandate.key(), seq), file, duration);
    }
  }

  // What the ledger would refuse is found before anything is done.
  private Set<Integer> payees(UbcClient client, int account)
      throws CommandFailure, UbcException, InterruptedException {
    Set<Integer> accounts = new LinkedHashSet<>();
    for (String payee : payees) {
      accounts.add(Accounts.number(client, payee));
    }
    if (accounts.contains(account)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--payee: account " + account + " is your own; a key needs no leave for it");
    }
    if (accounts.size() > PAYEES_MAX) {
      throw new CommandFailure(
          ExitCode.USAGE, "--payee: a key pays at most " + PAYEES_MAX + " accounts");
    }
    return accounts;
  }

  private static long allow(Session owner, MandateView mandate, Set<Integer> accounts, Path file)
      throws CommandFailure, UbcException, InterruptedException {
    long seq = mandate.grantedSeq();
    for (int account : accounts) {
      try {
        seq = SessionKeys.allow(owner, mandate.mandate(), account);
      } catch (UbcException e) {
        throw CommandFailure.of(
            ExitCode.FAILURE,
            "PAYEE_NOT_ADDED",
            "the key in "
                + file
                + " has its budget, but may not pay account "
                + account
                + ": "
                + e.getMessage()
                + ". Use it as it is, or end it with: ubc key revoke "
                + mandate.mandate(),
            e);
      }
    }
    return seq;
  }

  private Session owner(UbcClient client)
      throws CommandFailure, UbcException, InterruptedException {
    Wallet wallet = settings().wallet();
    if (wallet.delegator().isPresent()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          settings().walletFile()
              + " is a session key itself, and only an owner gives keys; name the owner's with --wallet");
    }
    return Funding.session(client, wallet);
  }

  private void requireClasses() throws CommandFailure {
    for (String name : classes) {
      if (!name.equals(WASI)) {
        throw new CommandFailure(
            ExitCode.USAGE, "--class: there is no class \"" + name + "\"; the only one is wasi");
      }
    }
  }

  private Path save(Wallet key) throws CommandFailure {
    Path file =
        Optional.ofNullable(out)
            .orElseGet(() -> inHome(key.addressText().substring(0, ADDRESS_DIGITS)));
    try {
      key.save(file);
      return file;
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.of(
          ExitCode.FAILURE,
          "KEY_EXISTS",
          file + " is there already, and is not replaced; name another file with --out",
          e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  private Path inHome(String name) {
    return surroundings().home().resolve("keys").resolve(name + ".key");
  }

  // A key that the ledger does not know is worth nothing, and its file would mislead.
  private static long grant(
      Session owner, Wallet key, long amountMicros, Duration duration, Path file)
      throws UbcException, InterruptedException {
    try {
      return SessionKeys.grant(owner, key, amountMicros, duration);
    } catch (LedgerRefused e) {
      try {
        Files.delete(file);
      } catch (IOException notDeleted) {
        e.addSuppressed(notDeleted);
      }
      throw e;
    }
  }

  private static Answer answer(MandateView mandate, Path file, Duration duration) {
    String payees =
        mandate.payees().isEmpty()
            ? "nobody; it buys jobs only"
            : "accounts "
                + String.join(", ", mandate.payees().stream().map(String::valueOf).toList());
    return Answer.done(
        Map.of("mandate", mandate, "file", file.toString()),
        "key      " + mandate.key() + " for account " + mandate.account(),
        "file     " + file,
        "budget   " + Amounts.compute(mandate.amountMicros()),
        "ends     in " + Durations.text(duration),
        "pays     " + payees,
        "Use it with: ubc run --wallet " + file + " PROGRAM.wasm",
        "End it with: ubc key revoke " + mandate.mandate());
  }
}
