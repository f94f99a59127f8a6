package ai.ubc.codec.audit;

import ai.ubc.domain.LockKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What one open job's events have said so far; amounts in micro-COMPUTE. */
final class JobTrail {
  /** An open lock: whose money it holds, and the code of what for. */
  record Lock(long lock, long job, int kind, int payer) {}

  private final int requester;
  private final int provider;
  private final Map<LockKind, Long> declared = new EnumMap<>(LockKind.class);
  private final Map<Long, Lock> locks = new TreeMap<>();
  private long escrowedMicros;
  private long refundedMicros;
  private long payMicros;
  private long feeMicros;
  private long feeBurnedMicros;
  private long bondBurnedMicros;
  private long checkingMicros;
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
    escrowedMicros = Math.addExact(escrowedMicros, amountMicros);
  }

  void refunded(long amountMicros) {
    refundedMicros = Math.addExact(refundedMicros, amountMicros);
  }

  void paid(long amountMicros) {
    payMicros = Math.addExact(payMicros, amountMicros);
  }

  void feePaid(long amountMicros) {
    feeMicros = Math.addExact(feeMicros, amountMicros);
  }

  void feeBurned(long amountMicros) {
    feeBurnedMicros = Math.addExact(feeBurnedMicros, amountMicros);
    feeMicros = Math.addExact(feeMicros, amountMicros);
  }

  void bondBurned(long amountMicros) {
    bondBurnedMicros = Math.addExact(bondBurnedMicros, amountMicros);
  }

  void checked(long amountMicros) {
    checkingMicros = Math.addExact(checkingMicros, amountMicros);
  }

  long escrowedMicros() {
    return escrowedMicros;
  }

  long refundedMicros() {
    return refundedMicros;
  }

  long payMicros() {
    return payMicros;
  }

  long feeMicros() {
    return feeMicros;
  }

  long burnedMicros() {
    return Math.addExact(feeBurnedMicros, bondBurnedMicros);
  }

  long checkingMicros() {
    return checkingMicros;
  }
}
