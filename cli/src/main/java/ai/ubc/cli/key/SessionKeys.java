package ai.ubc.cli.key;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.domain.Command;
import ai.ubc.domain.Genesis;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.security.SecureRandom;
import java.time.Duration;

/** The commands that an owner gives about session keys; each returns its position in the log. */
public final class SessionKeys {
  private SessionKeys() {}

  /** A fresh session key for the owner's account, which the ledger does not know yet. */
  public static Wallet fresh(Session owner, SecureRandom random) {
    return Wallet.sessionKey(KeyPair.generate(random), owner.account());
  }

  /**
   * Lets a key spend of the owner's account, on jobs of WASI programs.
   *
   * @param amountMicros the most that it may spend, micro-COMPUTE
   * @param duration for how long, from now
   */
  public static long grant(Session owner, Wallet key, long amountMicros, Duration duration)
      throws UbcException, InterruptedException {
    return owner.submit(
        new Command.GrantMandate(
            key.address(),
            amountMicros,
            owner.client().logTimeMs() + duration.toMillis(),
            1L << Genesis.CLASS_WASI));
  }

  /** Lets the key of a mandate pay an account. */
  public static long allow(Session owner, long mandate, int payee)
      throws UbcException, InterruptedException {
    return owner.submit(new Command.AllowPayee(mandate, payee));
  }

  /** Ends a mandate. */
  public static long revoke(Session owner, long mandate) throws UbcException, InterruptedException {
    return owner.submit(new Command.RevokeMandate(mandate));
  }
}
