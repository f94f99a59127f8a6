package ai.ubc.codec.audit;

import ai.ubc.domain.LockKind;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What one open job's events have said so far; amounts in micro-COMPUTE, exact. */
final class JobTrail {
  /** An open lock: whose money it holds, and the code of what for. */
  record Lock(long lock, long job, int kind, int payer) {}

  private final int requester;
  private final int provider;
  private final Map<LockKind, Long> declared = new EnumMap<>(LockKind.class);
  private final Map<Long, Lock> locks = new TreeMap<>();
  private BigInteger escrowedMicros = BigInteger.ZERO;
  private BigInteger refundedMicros = BigInteger.ZERO;
  private BigInteger payMicros = BigInteger.ZERO;
  private BigInteger feeMicros = BigInteger.ZERO;
  private BigInteger feeBurnedMicros = BigInteger.ZERO;
  private BigInteger bondBurnedMicros = BigInteger.ZERO;
  private BigInteger checkingMicros = BigInteger.ZERO;
  private boolean settled;

  JobTrail(int requester, int provider) {
    this.requester = requester;
    this.provider = provider;
  }

  boolean isParty(int account) {
    return account == requester || account == provider;
  }

  int requester() {
    return requester;
  }

  int provider() {
    return provider;
  }

  void declare(LockKind kind, long amountMicros) {
    declared.put(kind, amountMicros);
  }

  long declaredMicros(LockKind kind) {
    return declared.getOrDefault(kind, 0L);
  }

  /** What the requester may lose at most; the deposit always returns. */
  BigInteger mostPayableMicros() {
    return BigInteger.valueOf(declaredMicros(LockKind.PRICE))
        .add(BigInteger.valueOf(declaredMicros(LockKind.FEE)))
        .add(BigInteger.valueOf(declaredMicros(LockKind.CHECKING)));
  }

  void open(Lock lock) {
    locks.put(lock.lock(), lock);
  }

  Map<Long, Lock> locks() {
    return locks;
  }

  boolean isSettled() {
    return settled;
  }

  void settle() {
    settled = true;
  }

  void escrowed(long amountMicros) {
    escrowedMicros = escrowedMicros.add(BigInteger.valueOf(amountMicros));
  }

  void refunded(long amountMicros) {
    refundedMicros = refundedMicros.add(BigInteger.valueOf(amountMicros));
  }

  void paid(long amountMicros) {
    payMicros = payMicros.add(BigInteger.valueOf(amountMicros));
  }

  void feePaid(long amountMicros) {
    feeMicros = feeMicros.add(BigInteger.valueOf(amountMicros));
  }

  void feeBurned(long amountMicros) {
    feeBurnedMicros = feeBurnedMicros.add(BigInteger.valueOf(amountMicros));
    feeMicros = feeMicros.add(BigInteger.valueOf(amountMicros));
  }

  void bondBurned(long amountMicros) {
    bondBurnedMicros = bondBurnedMicros.add(BigInteger.valueOf(amountMicros));
  }

  void checked(long amountMicros) {
    checkingMicros = checkingMicros.add(BigInteger.valueOf(amountMicros));
  }

  BigInteger escrowedMicros() {
    return escrowedMicros;
  }

  BigInteger refundedMicros() {
    return refundedMicros;
  }

  BigInteger payMicros() {
    return payMicros;
  }

  BigInteger feeMicros() {
    return feeMicros;
  }

  BigInteger burnedMicros() {
    return feeBurnedMicros.add(bondBurnedMicros);
  }

  BigInteger checkingMicros() {
    return checkingMicros;
  }
}
