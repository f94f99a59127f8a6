package ai.ubc.testkit.twin;

import ai.ubc.domain.Address;
import java.math.BigInteger;
import java.util.Optional;
import java.util.TreeSet;

/** What a session key may do, and what it has done (MAN-001). */
final class NaiveMandate {
  final long number;
  final int account;
  final Address key;
  final BigInteger amount;
  final long expiresMs;
  final long classes;
  final TreeSet<Integer> payees = new TreeSet<>();
  BigInteger spent = BigInteger.ZERO;
  Optional<Long> revokedMs = Optional.empty();

  NaiveMandate(
      long number, int account, Address key, long amountMicros, long expiresMs, long classes) {
    this.number = number;
    this.account = account;
    this.key = key;
    this.amount = BigInteger.valueOf(amountMicros);
    this.expiresMs = expiresMs;
    this.classes = classes;
  }

  /** When a dead mandate died: when it was revoked, else at its expiry. */
  long diedMs() {
    return revokedMs.orElse(expiresMs);
  }

  BigInteger left() {
    return amount.subtract(spent);
  }
}
