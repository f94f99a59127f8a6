package ai.ubc.sdk;

import ai.ubc.api.CommandDone;
import ai.ubc.api.CommandOutcome;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Signs the commands of an account and gives them so that each runs at most once and its outcome is
 * known whenever it can be.
 *
 * <p>After a lost answer the same bytes go out again: the ledger remembers a command within its
 * validity and answers it as the first time. Past its validity the ledger has forgotten it and
 * answers EXPIRED, also to one that ran. Then the first outcome is read by the command's hash; the
 * EXPIRED answer's position is the point behind which it can not run any more, so a read up to
 * there is the truth.
 */
final class CommandSigner {
  private final Transport transport;
  private final Network network;
  private final Wallet wallet;
  private final int account;
  private final SecureRandom random = new SecureRandom();

  /** Log time, as this machine knows it. */
  interface LogTime {
    /** An estimate, milliseconds. */
    long estimateMs();

    /** Asked for now, milliseconds. */
    long readMs() throws UbcException, InterruptedException;
  }

  CommandSigner(Transport transport, Network network, Wallet wallet, int account) {
    this.transport = transport;
    this.network = network;
    this.wallet = wallet;
    this.account = account;
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
   * @param mayHaveRun whether it may have been given before, so that a refusal for its age says
   *     nothing about its outcome
   */
  long send(SignedCommand signed, boolean mayHaveRun) throws UbcException, InterruptedException {
    byte[] command = signed.bytes();
    HttpRequest request =
        transport
            .request("v1/commands")
            .header("Content-Type", "application/octet-stream")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofByteArray(command))
            .build();
    ClientOptions options = transport.options();
    long giveUpMs = transport.clock().nowMs() + options.submitMs();
    boolean isRepeated = mayHaveRun;
    for (int attempt = 1; ; attempt++) {
      try {
        byte[] answer = transport.exchange(request, transport.bytes(), options.requestMs()).body();
        return Transport.parse("v1/commands", answer, CommandDone.class).seq();
      } catch (LedgerRefused e) {
        if (e.refusal() == Refusal.EXPIRED && isRepeated) {
          return firstOutcome(signed, e);
        }
        if (e.refusal() == Refusal.NOT_AFTER_TOO_FAR && isRepeated) {
          // A copy may still be on its way.
          throw new OutcomeUnknown(hash(command), signed.notAfterMs(), e);
        }
        throw e;
      } catch (GatewayProblem | GatewayUnreachable e) {
        if (!mayHaveRun(e)) {
          throw e;
        }
        long pauseMs = transport.pauseMs(e, attempt);
        if (transport.clock().nowMs() + pauseMs > giveUpMs) {
          throw new OutcomeUnknown(hash(command), signed.notAfterMs(), e);
        }
        transport.clock().sleep(pauseMs);
      } catch (UnsafeGateway e) {
        if (isRepeated) {
          // Nothing was sent this time, but a copy was before.
          throw new OutcomeUnknown(hash(command), signed.notAfterMs(), e);
        }
        throw e;
      }
      isRepeated = true;
    }
  }

  // Any failure inside the gateway may lie behind the handing on.
  private static boolean mayHaveRun(UbcException e) {
    return e.isRetryable() || (e instanceof GatewayProblem problem && problem.status() >= 500);
  }

  private long firstOutcome(SignedCommand signed, LedgerRefused expired)
      throws UbcException, InterruptedException {
    Hash32 hash = hash(signed.bytes());
    Optional<Outcome> first;
    try {
      first = outcome(hash, expired.seq());
    } catch (GatewayProblem | GatewayUnreachable | UnsafeGateway e) {
      throw new OutcomeUnknown(hash, signed.notAfterMs(), e);
    }
    if (first.isEmpty()) {
      throw expired;
    }
    Optional<Refusal> refusal = first.get().refusal();
    if (refusal.isPresent()) {
      throw new LedgerRefused(
          refusal.get(), first.get().seq(), expired.status(), refusal.get().advice());
    }
    return first.get().seq();
  }

  /** What became of a command; empty when it was not logged up to {@code after}. */
  Optional<Outcome> outcome(Hash32 hash, long after) throws UbcException, InterruptedException {
    try {
      String path = "v1/commands/" + hash.hex() + (after == 0 ? "" : "?after=" + after);
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
