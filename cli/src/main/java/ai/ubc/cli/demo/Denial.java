package ai.ubc.cli.demo;

import ai.ubc.domain.Refusal;
import ai.ubc.sdk.LedgerRefused;

/**
 * What the ledger answered to something that it did not carry out.
 *
 * @param refusal which refusal it is
 * @param reason in words
 */
record Denial(Refusal refusal, String reason) {
  static Denial of(LedgerRefused e) {
    String message = String.valueOf(e.getMessage());
    int colon = message.indexOf(": ");
    return new Denial(e.refusal(), colon < 0 ? message : message.substring(colon + 2));
  }

  /** Notes an attempt that met it. */
  void note(String attempt, DemoFacts facts) {
    facts.refused(attempt, refusal.number(), refusal.name());
  }

  @Override
  public String toString() {
    return "refused, " + refusal.number() + " " + refusal + ": " + reason;
  }
}
