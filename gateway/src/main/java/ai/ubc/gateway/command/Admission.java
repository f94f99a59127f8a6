package ai.ubc.gateway.command;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.domain.Command;
import ai.ubc.domain.Refusal;
import ai.ubc.gateway.limits.Limits;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The way of a command from a client's bytes to the ledger's answer. Whether the recovered key may
 * act is the ledger's decision, in log order; here only what needs no state is checked. From any
 * thread; the caller waits.
 */
public final class Admission {
  private final Eip712 domain;
  private final BodyRules bodyRules;
  private final CommandSink sink;
  private final Limits limits;
  private final Semaphore inFlight;

  /** Admits commands that are signed for {@code domain}. */
  public Admission(Eip712 domain, BodyRules bodyRules, CommandSink sink, Limits limits) {
    this.domain = domain;
    this.bodyRules = bodyRules;
    this.sink = sink;
    this.limits = limits;
    this.inFlight = new Semaphore(limits.commandsInFlightMax());
  }

  /**
   * Gives a command and waits until it is on disk.
   *
   * @param sent header, block and signature
   * @return position of its entry
   * @throws RequestFailure when the command is refused, here or by the ledger, or its outcome is
   *     not known
   */
  public long give(byte[] sent) throws InterruptedException {
    if (!LogEntry.isSignedCommand(sent)) {
      throw RequestFailure.refused(Refusal.MALFORMED, Refusal.MALFORMED.advice());
    }
    byte[] entry =
        LogEntry.admit(domain, sent)
            .orElseThrow(() ->
                RequestFailure.refused(Refusal.BAD_SIGNATURE, Refusal.BAD_SIGNATURE.advice()));
    UnsafeBuffer buffer = new UnsafeBuffer(sent);
    bodyRules.check(CommandCodec.head(buffer, LogEntry.HEADER_BYTES).account(), decode(buffer));
    if (!inFlight.tryAcquire()) {
      throw overloaded();
    }
    try {
      return answer(
          sink.submit(entry).get(limits.commandTimeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw unknownOutcome();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CommandSink.NotSentException notSent
          ? notSent(notSent)
          : unknownOutcome();
    } catch (CommandSink.NotSentException e) {
      throw notSent(e);
    } finally {
      inFlight.release();
    }
  }

  private static Command decode(UnsafeBuffer buffer) {
    return CommandCodec.decode(buffer, LogEntry.HEADER_BYTES, LogEntry.templateId(buffer, 0));
  }

  private static long answer(CommandSink.Ack ack) {
    if (ack.code() != Refusal.DONE) {
      throw RequestFailure.refused(Refusal.of(ack.code()), ack.seq());
    }
    return ack.seq();
  }

  private static RequestFailure notSent(CommandSink.NotSentException e) {
    return e.isOverloaded()
        ? overloaded()
        : RequestFailure.of(
            ProblemCode.LEDGER_UNAVAILABLE,
            "No sequencer can be reached now; the command was not sent. Send the same bytes again"
                + " in a second.");
  }

  private static RequestFailure overloaded() {
    return RequestFailure.of(
        ProblemCode.OVERLOADED,
        "Too many commands wait for the ledger; this one was not sent. Send the same bytes again"
            + " in a second.");
  }

  private static RequestFailure unknownOutcome() {
    return RequestFailure.of(
        ProblemCode.UNKNOWN_OUTCOME,
        "The ledger did not answer in time; the command may have been carried out. Send the same"
            + " bytes again: a repeated command is answered with its first outcome and never"
            + " carried out twice. Once its notAfterMs has passed, ask /v1/commands/{hash}.");
  }
}
