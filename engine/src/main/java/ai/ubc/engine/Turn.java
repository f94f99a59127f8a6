package ai.ubc.engine;

import ai.ubc.domain.Refusal;
import ai.ubc.engine.admission.Admission;
import ai.ubc.engine.flat.Slab;

/**
 * Sees that the calls of an entry come in order, and that who signed it may give its command:
 * ADM-003 and MAN-005.
 */
final class Turn {
  private enum Phase {
    BETWEEN_ENTRIES,
    BEGUN,
    ADMITTED,
    ANSWERED
  }

  private final Admission admission;
  private Phase phase = Phase.BETWEEN_ENTRIES;

  Turn(Admission admission) {
    this.admission = admission;
  }

  void requireBetweenEntries() {
    require(phase == Phase.BETWEEN_ENTRIES);
  }

  void begin() {
    require(phase == Phase.BETWEEN_ENTRIES);
    phase = Phase.BEGUN;
  }

  /** Admission answers; where it says no, nothing but the end may come. */
  void judge() {
    require(phase == Phase.BEGUN);
    phase = Phase.ANSWERED;
  }

  void admit() {
    phase = Phase.ADMITTED;
  }

  void end() {
    require(phase != Phase.BETWEEN_ENTRIES);
    phase = Phase.BETWEEN_ENTRIES;
  }

  void answerUser() {
    require(phase == Phase.ADMITTED);
    phase = Phase.ANSWERED;
  }

  void answerSystem() {
    require(phase == Phase.BEGUN);
    phase = Phase.ANSWERED;
  }

  /** A command that a session key may give too. A next owner gives acceptOwner only. */
  int answerKey(int account) {
    answerUser();
    if (account == 0) {
      return Refusal.UNKNOWN_ACCOUNT.number();
    }
    return admission.isNextOwner() ? Refusal.NOT_OWNER.number() : Refusal.DONE;
  }

  /** A command that only the owner may give. */
  int answerOwner(int account) {
    int code = answerKey(account);
    return code == Refusal.DONE && isByKey() ? Refusal.NOT_IN_MANDATE.number() : code;
  }

  boolean isByKey() {
    return admission.mandate() != Slab.NONE;
  }

  private void require(boolean isInOrder) {
    if (!isInOrder) {
      throw new IllegalStateException("a call out of order, phase " + phase);
    }
  }
}
