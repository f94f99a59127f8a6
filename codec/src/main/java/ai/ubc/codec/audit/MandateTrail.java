package ai.ubc.codec.audit;

import java.math.BigInteger;
import java.util.TreeSet;

/** What the events of one mandate have said so far; amounts in micro-COMPUTE. */
final class MandateTrail {
  private final int account;
  private final long amountMicros;
  private final TreeSet<Integer> payees = new TreeSet<>();
  private long spentMicros;
  private boolean isEnded;

  MandateTrail(int account, long amountMicros) {
    this.account = account;
    this.amountMicros = amountMicros;
  }

  int account() {
    return account;
  }

  /** It was revoked, or its account has another owner. */
  void end() {
    isEnded = true;
  }

  boolean isEnded() {
    return isEnded;
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
