package ai.ubc.codec.audit;

/**
 * A law that an entry broke.
 *
 * @param seq the entry's position in the log
 * @param rule the broken rule of the ledger's specification, such as {@code LAW-001}
 * @param message what was found, for a person
 */
public record Violation(long seq, String rule, String message) {
  /** One line. */
  @Override
  public String toString() {
    return "seq " + seq + ": " + rule + ": " + message;
  }
}
