package ai.ubc.cli.client;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.DevelopmentGenesis;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.util.Optional;

/**
 * The user's account; on a development network it comes into being, and is filled, at first use.
 */
public final class Funding {
  /** What the faucet gives where nobody says otherwise. */
  static final long GIFT_MICROS = 100 * Asset.MICROS;

  private Funding() {}

  /**
   * The session of the wallet's account. Where there is no account yet it is registered, and on a
   * development network the faucet fills it.
   */
  public static Session session(UbcClient client, Wallet wallet)
      throws CommandFailure, UbcException, InterruptedException {
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
   * The session of the wallet's account, which is there.
   *
   * @throws CommandFailure when it is not; the message says how to open it
   */
  public static Session present(UbcClient client, Wallet wallet)
      throws CommandFailure, UbcException, InterruptedException {
    return Session.open(client, wallet).orElseThrow(Funding::noAccount);
  }

  static CommandFailure noAccount() {
    return CommandFailure.of(
        ExitCode.FAILURE,
        "NO_ACCOUNT",
        "your key has no account on this network yet. \"ubc wallet faucet\" opens one and, on a development network, fills it.",
        null);
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
