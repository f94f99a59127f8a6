package ai.ubc.cli.client;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.Context;
import ai.ubc.cli.command.Contexts;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives the user's account to another key. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Give your account to another key: number, money, bonds, offers and jobs stay, and the old key is refused from then on. Session keys end with it.",
      "The key in --to is made where there is none. Interrupted, the same command goes on where it was. The old key file stays as it is."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ubc wallet rotate --wallet old.key --to new.key"})
final class RotateCommand extends ClientCommand {
  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "The key file of the new owner, whose key owns no account yet.")
  private Path to = Path.of("");

  @Override
  protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
    Path from = settings().walletFile();
    requireFile(from);
    Wallet old = settings().wallet();
    requireOwner(old, from);
    Wallet next = next();
    requireOwner(next, to);
    if (next.address().equals(old.address())) {
      throw new CommandFailure(
          ExitCode.USAGE, to + " holds the same key as " + from + "; name a new file with --to");
    }
    try (UbcClient client = settings().connect()) {
      Session taken = takeOver(client, old, next);
      List<String> contexts = pointContexts(client, from);
      List<String> lines = new ArrayList<>();
      lines.add("account  " + Integer.toUnsignedString(taken.account()) + ", with all that it has");
      lines.add("owner    " + next.address());
      lines.add("before   " + old.address() + ", which is refused from now on");
      lines.add("file     " + to);
      contexts.forEach(name -> lines.add("context  " + name + " uses this file from now on"));
      lines.add("Session keys have ended; \"ubc key new\" makes others.");
      lines.add(
          contexts.isEmpty()
              ? "Go on with --wallet " + to + ", or with UBC_WALLET=" + to + "."
              : "Where UBC_WALLET or --wallet names " + from + ", name " + to + " instead.");
      return Answer.done(
          Map.of(
              "account",
              taken.account(),
              "owner",
              next.addressText(),
              "formerOwner",
              old.addressText(),
              "file",
              to.toString(),
              "contexts",
              contexts),
          lines.toArray(String[]::new));
    }
  }

  private static void requireFile(Path from) throws CommandFailure {
    if (!Files.exists(from)) {
      throw CommandFailure.of(
          ExitCode.FAILURE,
          "NO_KEY",
          "there is no key file " + from + " to rotate; name the one of your account with --wallet",
          null);
    }
  }

  private static void requireOwner(Wallet wallet, Path file) throws CommandFailure {
    if (wallet.delegator().isPresent()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          file + " is a session key, which owns no account; \"ubc key revoke\" ends it");
    }
  }

  private Wallet next() throws CommandFailure {
    try {
      return Wallet.loadOrCreate(to, new SecureRandom());
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  // An interrupted command may have come to its end on the ledger, without having said so.
  private Session takeOver(UbcClient client, Wallet old, Wallet next)
      throws CommandFailure, UbcException, InterruptedException {
    Optional<Session> owning = Session.open(client, old);
    Optional<Session> taken = Session.open(client, next);
    if (owning.isPresent() && taken.isPresent()) {
      throw CommandFailure.of(
          ExitCode.FAILURE,
          "OWNER_EXISTS",
          "the key in "
              + to
              + " owns account "
              + Integer.toUnsignedString(taken.get().account())
              + " already, and a key owns one; name a new file with --to",
          null);
    }
    if (taken.isPresent()) {
      return taken.get();
    }
    return owning.orElseThrow(Funding::noAccount).changeOwner(next);
  }

  // Contexts of this network that name the old file.
  private List<String> pointContexts(UbcClient client, Path from) throws CommandFailure {
    Contexts contexts = new Contexts(surroundings().home());
    List<String> changed = new ArrayList<>();
    for (Context context : contexts.all()) {
      if (context.fingerprint().equals(client.network().genesisHash().toString())
          && isSame(context.wallet(), from)) {
        contexts.put(
            new Context(
                context.name(),
                context.gateway(),
                to.toAbsolutePath().normalize(),
                context.fingerprint()));
        changed.add(context.name());
      }
    }
    return List.copyOf(changed);
  }

  private static boolean isSame(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }
}
