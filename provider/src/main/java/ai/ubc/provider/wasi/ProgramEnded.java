package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Outcome;

/** A system call ends the program: it asked to exit, or reached a limit. */
final class ProgramEnded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Outcome outcome;

  ProgramEnded(Outcome outcome) {
    super(outcome.toString(), null, false, false);
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }
}
