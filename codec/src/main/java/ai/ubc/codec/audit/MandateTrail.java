package ai.ubc.codec.audit;

import java.math.BigInteger;
import java.util.TreeSet;

/** What the events of one mandate have said so far; amounts in micro-COMPUTE. */
final class MandateTrail {
  private final int account;
  private final long amountMicros;
  private final long expiresMs;
  private final TreeSet<Integer> payees = new TreeSet<>();
  private long spentMicros;
  private boolean isRevoked;

  /** One of which nothing is spent, and which ends at this log time, milliseconds. */
  MandateTrail(int account, long amountMicros, long expiresMs) {
    this.account = account;
    this.amountMicros = amountMicros;
    this.expiresMs = expiresMs;
  }

  int account() {
    return account;
  }

  /** It was revoked, or its account has another owner. */
  void end() {
    isRevoked = true;
  }

  /** Whether nothing may be begun by it at this log time: MAN-001. */
  boolean isEnded(long nowMs) {
    return isRevoked || nowMs >= expiresMs;
  }

  void allow(int payee) {
    payees.add(payee);
  }

  boolean isAllowed(long payee) {
    return payee == (int) payee && payees.contains((int) payee);
  }

  /** Takes what is said to count now; whether it adds up and is within the amount. */
  boolean spend(long changeMicros, long newSpentMicros) {
    BigInteger sum = BigInteger.valueOf(spentMicros).add(BigInteger.valueOf(changeMicros));
    spentMicros = newSpentMicros;
    return sum.equals(BigInteger.valueOf(newSpentMicros))
        && newSpentMicros >= 0
        && newSpentMicros <= amountMicros;
  }
}
