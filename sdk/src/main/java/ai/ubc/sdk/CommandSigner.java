package ai.ubc.sdk;

import ai.ubc.api.CommandDone;
import ai.ubc.api.CommandOutcome;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Signs the commands of an account and gives them so that each runs at most once and its outcome is
 * known whenever it can be.
 *
 * <p>After a lost answer the same bytes go out again: the ledger remembers a command within its
 * validity and answers it as the first time. Past its validity the ledger has forgotten it and
 * answers EXPIRED, also to one that ran. Then the first outcome is read by the command's hash; the
 * EXPIRED answer's position is the point behind which it can not run any more, so a read up to
 * there is the truth. Whatever else leaves it open whether a command that was sent has run ends in
 * {@link OutcomeUnknown}, never in a failure that could be taken for "not sent". It was not sent
 * where {@link WithdrawableBody} says so, and nowhere else: what a connection failed of does not
 * count.
 */
final class CommandSigner {
  private static final String PATH = "v1/commands";
  private static final int TOO_MANY_REQUESTS = 429;

  /** What the ledger answers without looking whether it remembers the command. */
  private static final Set<Refusal> UNREMEMBERED =
      EnumSet.of(Refusal.EXPIRED, Refusal.UNKNOWN_ACCOUNT, Refusal.NOT_OWNER);

  /** After these no copy has run, but one that is still on its way may. */
  private static final Set<Refusal> POSTPONED =
      EnumSet.of(Refusal.NOT_AFTER_TOO_FAR, Refusal.TOO_MANY_PENDING);

  private final Transport transport;
  private final Network network;
  private final Wallet wallet;
  private final int account;
  private final SecureRandom random;

  /** Log time, as this machine knows it. */
  interface LogTime {
    /** An estimate, milliseconds. */
    long estimateMs();

    /** Asked for now, milliseconds. */
    long readMs() throws UbcException, InterruptedException;
  }

  /** Signs for an account, with nonces from {@code random}. */
  CommandSigner(
      Transport transport, Network network, Wallet wallet, int account, SecureRandom random) {
    this.transport = transport;
    this.network = network;
    this.wallet = wallet;
    this.account = account;
    this.random = random;
  }

  /**
   * Position of the command's entry in the log. Where the ledger refuses it for a notAfter that is
   * past or too far ahead, this machine's idea of log time was wrong: it is read anew and the
   * command signed once more, which is safe since the refused one never ran and never will.
   */
  long submit(Command command, LogTime time) throws UbcException, InterruptedException {
    try {
      return signAndSend(command, time.estimateMs());
    } catch (LedgerRefused e) {
      if (e.refusal() != Refusal.EXPIRED && e.refusal() != Refusal.NOT_AFTER_TOO_FAR) {
        throw e;
      }
      return signAndSend(command, time.readMs());
    }
  }

  private long signAndSend(Command command, long logTimeMs)
      throws UbcException, InterruptedException {
    return send(sign(command, logTimeMs), false);
  }

  /** Signs a command that is valid from this log time on, with a nonce of its own. */
  SignedCommand sign(Command command, long logTimeMs) {
    long notAfterMs = logTimeMs + transport.options().commandValidityMs();
    Command.Head head = new Command.Head(account, random.nextLong(), notAfterMs);
    return new SignedCommand(wallet.sign(network.domain(), head, command), notAfterMs);
  }

  /**
   * Gives a command; position of its entry in the log.
   *
   * @param mayHaveRun whether it may have been given before, so that an answer that only this copy
   *     was turned away says nothing about its outcome
   * @throws OutcomeUnknown when it was sent, now or before, and may have run; every other failure
   *     says that it did not run
   */
  long send(SignedCommand signed, boolean mayHaveRun) throws UbcException, InterruptedException {
    ClientOptions options = transport.options();
    long giveUpMs = transport.clock().nowMs() + options.submitMs();
    boolean isInDoubt = mayHaveRun;
    for (int attempt = 1; ; attempt++) {
      WithdrawableBody body = new WithdrawableBody(signed.bytes());
      try {
        byte[] answer =
            transport.exchange(request(body), transport.bytes(), options.requestMs()).body();
        return seq(signed, answer);
      } catch (LedgerRefused e) {
        if (!isInDoubt) {
          throw e;
        }
        return settled(signed, e);
      } catch (GatewayProblem | GatewayUnreachable | UnsafeGateway e) {
        isInDoubt |= e.status() == 0 ? !body.withdraw() : mayHaveRun(e);
        long pauseMs = transport.pauseMs(e, attempt);
        if (!isWorthRepeating(e) || transport.clock().nowMs() + pauseMs > giveUpMs) {
          throw isInDoubt ? unknown(signed, e) : e;
        }
        transport.clock().sleep(pauseMs);
      }
    }
  }

  private HttpRequest request(WithdrawableBody body) {
    return transport
        .request(PATH)
        .header("Content-Type", "application/octet-stream")
        .header("Accept", "application/json")
        .POST(body)
        .build();
  }

  // An answer that says "done" in words that are not understood still says "done".
  private static long seq(SignedCommand signed, byte[] answer) throws OutcomeUnknown {
    try {
      return Transport.parse(PATH, answer, CommandDone.class).seq();
    } catch (GatewayProblem e) {
      throw unknown(signed, e);
    }
  }

  private static boolean isWorthRepeating(UbcException e) {
    return e.isRetryable() || (e instanceof GatewayProblem problem && problem.status() >= 500);
  }

  // What an answer says: any failure inside the gateway may lie behind the handing on; "too many"
  // is said before it.
  private static boolean mayHaveRun(UbcException e) {
    return isWorthRepeating(e) && e.status() != TOO_MANY_REQUESTS;
  }

  private static OutcomeUnknown unknown(SignedCommand signed, UbcException cause) {
    return new OutcomeUnknown(hash(signed.bytes()), signed.notAfterMs(), cause);
  }

  // What a refusal says of a command of which an earlier copy may have run: mostly all there is,
  // since the ledger answers a command that it remembers before it refuses anything else.
  private long settled(SignedCommand signed, LedgerRefused refused)
      throws UbcException, InterruptedException {
    if (UNREMEMBERED.contains(refused.refusal())) {
      return firstOutcome(signed, refused);
    }
    throw POSTPONED.contains(refused.refusal()) ? unknown(signed, refused) : refused;
  }

  private long firstOutcome(SignedCommand signed, LedgerRefused refused)
      throws UbcException, InterruptedException {
    Optional<Outcome> first;
    try {
      first = outcome(hash(signed.bytes()), refused.seq());
    } catch (GatewayProblem | GatewayUnreachable | UnsafeGateway e) {
      throw unknown(signed, e);
    }
    if (first.isEmpty()) {
      throw refused;
    }
    Optional<Refusal> refusal = first.get().refusal();
    if (refusal.isPresent()) {
      throw new LedgerRefused(
          refusal.get(), first.get().seq(), refused.status(), refusal.get().advice());
    }
    return first.get().seq();
  }

  /** What became of a command; empty when it was not logged up to {@code after}. */
  Optional<Outcome> outcome(Hash32 hash, long after) throws UbcException, InterruptedException {
    try {
      String path = PATH + "/" + hash.hex() + (after == 0 ? "" : "?after=" + after);
      CommandOutcome outcome = transport.get(path, CommandOutcome.class).value();
      Optional<Refusal> refusal = ProblemMapper.refusal(outcome.code());
      if (outcome.code() != Refusal.DONE && refusal.isEmpty()) {
        throw new GatewayProblem(
            GatewayProblem.BAD_ANSWER, 0, "unknown refusal " + outcome.code(), 0, null);
      }
      return Optional.of(new Outcome(outcome.seq(), refusal));
    } catch (GatewayProblem e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Hash32 hash(byte[] command) {
    return LogEntry.commandHash(command, command.length - Signatures.BYTES);
  }
}
