package ai.ubc.testkit.scenario;

import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.StateMachine;

/**
 * One entry of a log, as a value: what is called on a ledger, and when.
 *
 * @param timeMs log time, milliseconds
 * @param call what the entry asks for
 */
public record Step(long timeMs, Call call) {

  /** What an entry asks for. */
  public sealed interface Call {}

  /** A user's command, and who signed it. */
  public record Signed(Address signer, Command.Head head, Hash32 commandHash, Command command)
      implements Call {}

  /** Activates a version of the rules. */
  public record ActivateRules(int version) implements Call {}

  /** Time has passed. */
  public record Tick() implements Call {}

  /** Opens a beacon slot. */
  public record Beacon(long slot, Hash32 preimage, Hash32 nextHead) implements Call {}

  /** The network was down. */
  public record RecordOutage(long durationMs) implements Call {}

  /** Bytes that are no command. */
  public record Garbage() implements Call {}

  /**
   * What a ledger answered.
   *
   * @param code 0 or a refusal's number
   * @param originalSeq position of the first answer to a repeated command, else 0
   */
  public record Answer(int code, long originalSeq) {
    /** The code by name. */
    @Override
    public String toString() {
      String name = code == Refusal.DONE ? "DONE" : Refusal.of(code).name();
      return originalSeq == 0 ? name : name + " as at " + originalSeq;
    }
  }

  /** Carries the entry out at position {@code seq}, from begin to end. */
  public Answer applyTo(StateMachine machine, long seq) {
    machine.begin(seq, timeMs);
    int code =
        switch (call) {
          case Signed signed -> signed(machine, signed);
          case ActivateRules activate -> machine.activateRules(activate.version());
          case Tick tick -> machine.tick();
          case Beacon beacon -> beacon(machine, beacon);
          case RecordOutage outage -> machine.recordOutage(outage.durationMs());
          case Garbage garbage -> Refusal.MALFORMED.number();
        };
    long originalSeq = machine.originalSeq();
    machine.end(code);
    return new Answer(code, originalSeq);
  }

  private static int signed(StateMachine machine, Signed signed) {
    Hash32 hash = signed.commandHash();
    int code =
        machine.admit(
            signed.signer().word0(),
            signed.signer().word1(),
            signed.signer().word2(),
            signed.head().account(),
            signed.head().nonce(),
            signed.head().notAfterMs(),
            hash.word0(),
            hash.word1(),
            hash.word2(),
            hash.word3());
    return code == Refusal.DONE && machine.originalSeq() == 0
        ? Calls.call(machine, signed.head().account(), signed.command())
        : code;
  }

  private static int beacon(StateMachine machine, Beacon beacon) {
    Hash32 preimage = beacon.preimage();
    Hash32 next = beacon.nextHead();
    return machine.beacon(
        beacon.slot(),
        preimage.word0(),
        preimage.word1(),
        preimage.word2(),
        preimage.word3(),
        next.word0(),
        next.word1(),
        next.word2(),
        next.word3());
  }
}
