package ai.ubc.cli.client;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.DevelopmentGenesis;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.UbcHome;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/** The user's key and account; on a development network both come into being at the first use. */
final class Funding {
  /** What the faucet gives where nobody says otherwise. */
  static final long GIFT_MICROS = 100 * Asset.MICROS;

  private Funding() {}

  /** Loads the key, making one when there is none. */
  static Wallet wallet() throws CommandFailure {
    Path file = UbcHome.wallet();
    try {
      Files.createDirectories(UbcHome.directory());
      return Wallet.loadOrCreate(file, new SecureRandom());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "the key file " + file + " can not be used: " + e.getMessage(), e);
    }
  }

  /**
   * The session of the user's account. Where there is no account yet it is registered, and on a
   * development network the faucet fills it.
   */
  static Session session(UbcClient client)
      throws CommandFailure, UbcException, InterruptedException {
    Wallet wallet = wallet();
    Optional<Session> present = Session.open(client, wallet);
    if (present.isPresent()) {
      return present.get();
    }
    Session session = Session.openOrRegister(client, wallet);
    if (DevelopmentGenesis.hasFaucet(client.network().genesis())) {
      fromFaucet(client, session.account(), GIFT_MICROS);
    }
    return session;
  }

  /**
   * Transfers COMPUTE from the faucet of a development network: an ordinary transfer, signed with a
   * key that everybody knows.
   *
   * @return the log position of the transfer
   */
  static long fromFaucet(UbcClient client, int toAccount, long amountMicros)
      throws CommandFailure, UbcException, InterruptedException {
    if (!DevelopmentGenesis.hasFaucet(client.network().genesis())) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          "this network has no faucet; only development networks do. Ask somebody for a transfer to account "
              + toAccount
              + ".");
    }
    Session faucet = Session.openOrRegister(client, Wallet.of(DevelopmentGenesis.FAUCET));
    return faucet.submit(new Command.Transfer(toAccount, Asset.COMPUTE, amountMicros));
  }
}
