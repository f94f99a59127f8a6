package ai.ubc.codec.audit;

import ai.ubc.domain.LockKind;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What one open job's events have said so far; amounts in micro-COMPUTE, exact. */
final class JobTrail {
  /** An open lock: whose money it holds, and the code of what for. */
  record Lock(long lock, long job, int kind, int payer) {
    boolean isOrder() {
      return kind == LockKind.ORDER.code();
    }
  }

  /** How far it is. */
  private enum Phase {
    WAITING,
    RETURNED,
    TAKEN,
    SETTLED
  }

  private final JobTerms terms;
  private final long limitPriceMicros;
  private final Map<LockKind, Long> declared = new EnumMap<>(LockKind.class);
  private final Map<Long, Lock> locks = new TreeMap<>();
  private Phase phase;
  private int provider;
  private long mandate;
  private BigInteger countedMicros = BigInteger.ZERO;
  private BigInteger orderedMicros = BigInteger.ZERO;
  private BigInteger returnedMicros = BigInteger.ZERO;
  private BigInteger escrowedMicros = BigInteger.ZERO;
  private BigInteger refundedMicros = BigInteger.ZERO;
  private BigInteger payMicros = BigInteger.ZERO;
  private BigInteger feeMicros = BigInteger.ZERO;
  private BigInteger feeBurnedMicros = BigInteger.ZERO;
  private BigInteger bondBurnedMicros = BigInteger.ZERO;
  private BigInteger checkingMicros = BigInteger.ZERO;

  private JobTrail(JobTerms terms, Phase phase, long limitPriceMicros) {
    this.terms = terms;
    this.phase = phase;
    this.limitPriceMicros = limitPriceMicros;
  }

  /** A job that waits for an offer. */
  static JobTrail waiting(JobTerms terms, long limitPriceMicros, long heldMicros) {
    JobTrail trail = new JobTrail(terms, Phase.WAITING, limitPriceMicros);
    trail.declare(LockKind.ORDER, heldMicros);
    return trail;
  }

  /** A job that an offer took at once. */
  static JobTrail taken(JobTerms terms, int provider) {
    JobTrail trail = new JobTrail(terms, Phase.TAKEN, 0);
    trail.provider = provider;
    return trail;
  }

  /** An offer takes the job that waited; whether it is the one that was queued, and affordable. */
  boolean take(JobTerms taken, int takenBy, long priceMicros, BigInteger amountMicros) {
    BigInteger held = BigInteger.valueOf(declaredMicros(LockKind.ORDER));
    phase = Phase.TAKEN;
    provider = takenBy;
    declared.remove(LockKind.ORDER);
    return taken.equals(terms)
        && priceMicros <= limitPriceMicros
        && amountMicros.compareTo(held) <= 0;
  }

  boolean isParty(int account) {
    return account == terms.requester() || account == provider;
  }

  int requester() {
    return terms.requester();
  }

  int provider() {
    return provider;
  }

  /** Whether no offer has taken it. */
  boolean isWaiting() {
    return phase == Phase.WAITING || phase == Phase.RETURNED;
  }

  /** Whether it waited and has got back what it held. */
  boolean isReturned() {
    return phase == Phase.RETURNED;
  }

  void declare(LockKind kind, long amountMicros) {
    declared.put(kind, amountMicros);
  }

  long declaredMicros(LockKind kind) {
    return declared.getOrDefault(kind, 0L);
  }

  /** What the requester may lose at most; what waits, and the deposit, always return. */
  BigInteger mostPayableMicros() {
    return BigInteger.valueOf(declaredMicros(LockKind.PRICE))
        .add(BigInteger.valueOf(declaredMicros(LockKind.FEE)))
        .add(BigInteger.valueOf(declaredMicros(LockKind.CHECKING)));
  }

  /**
   * Takes what is said to count against a mandate for this job; whether all that counts for it is
   * then what the job may cost, later what it cost, and always against the same mandate.
   *
   * @param isNow whether the job was queued or taken in this entry
   */
  boolean count(long byMandate, long changeMicros, boolean isNow) {
    BigInteger before = countedMicros;
    countedMicros = before.add(BigInteger.valueOf(changeMicros));
    boolean isOther = mandate != 0 && mandate != byMandate;
    mandate = byMandate;
    if (isOther || changeMicros == 0) {
      return false;
    }
    return switch (phase) {
      case WAITING ->
          isNow
              && before.signum() == 0
              && changeMicros > 0
              && changeMicros <= declaredMicros(LockKind.ORDER);
      case RETURNED -> countedMicros.signum() == 0;
      case TAKEN ->
          isNow
              && countedMicros.equals(mostPayableMicros())
              && (orderedMicros.signum() == 0 || changeMicros < 0);
      case SETTLED -> {
        BigInteger deposit = BigInteger.valueOf(declaredMicros(LockKind.DEPOSIT));
        yield countedMicros.equals(mostPayableMicros().add(deposit).subtract(refundedMicros));
      }
    };
  }

  /** Against which mandate it counts; 0 for none. */
  long mandate() {
    return mandate;
  }

  void open(Lock lock) {
    locks.put(lock.lock(), lock);
  }

  Map<Long, Lock> locks() {
    return locks;
  }

  boolean isSettled() {
    return phase == Phase.SETTLED;
  }

  void settle() {
    phase = Phase.SETTLED;
  }

  void ordered(long amountMicros) {
    orderedMicros = orderedMicros.add(BigInteger.valueOf(amountMicros));
  }

  void returned(long amountMicros) {
    returnedMicros = returnedMicros.add(BigInteger.valueOf(amountMicros));
    phase = Phase.RETURNED;
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

  /** What went from the requester's balance into the job's locks and has not come back. */
  BigInteger costMicros() {
    return orderedMicros.subtract(returnedMicros).add(escrowedMicros).subtract(refundedMicros);
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
