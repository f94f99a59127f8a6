package ai.ubc.engine.escrow;

import ai.ubc.domain.Cause;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Role;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.ledger.Ledger;
import ai.ubc.engine.ledger.Locks;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/**
 * The escrow of each open job: four locks of the requester's money and the provider's bond. It is
 * opened once, and ends either paid and then released, or slashed.
 */
public final class Escrows {
  private static final int JOB = 0;
  private static final int REQUESTER = 1;
  private static final int PROVIDER = 2;
  private static final int PRICE = 3;
  private static final int FEE = 4;
  private static final int CHECKING = 5;
  private static final int DEPOSIT = 6;
  private static final int BOND = 7;
  private static final int WORDS = 8;

  private final Slab slab;
  private final Ledger ledger;
  private final Locks locks;
  private final Settlement settlement;
  private final EventSink events;

  /** No escrows, at most {@code escrowsMax} at a time later. */
  public Escrows(int escrowsMax, Ledger ledger, Settlement settlement, EventSink events) {
    slab = new Slab(WORDS, escrowsMax);
    this.ledger = ledger;
    this.locks = ledger.locks();
    this.settlement = settlement;
    this.events = events;
  }

  /**
   * Locks a job's money: the locks of JOB-005, in order. The accounts have it.
   *
   * @return the escrow
   */
  public int open(
      long job,
      int requester,
      int provider,
      long priceHeldMicros,
      long feeHeldMicros,
      long checkingHeldMicros,
      long depositHeldMicros,
      long bondMicros) {
    int escrow = slab.take();
    slab.set(escrow, JOB, job);
    slab.set(escrow, REQUESTER, requester);
    slab.set(escrow, PROVIDER, provider);
    lock(escrow, PRICE, LockKind.PRICE, requester, priceHeldMicros);
    lock(escrow, FEE, LockKind.FEE, requester, feeHeldMicros);
    lock(escrow, CHECKING, LockKind.CHECKING, requester, checkingHeldMicros);
    lock(escrow, DEPOSIT, LockKind.DEPOSIT, requester, depositHeldMicros);
    lock(escrow, BOND, LockKind.PROVIDER_BOND, provider, bondMicros);
    return escrow;
  }

  private void lock(int escrow, int field, LockKind kind, int payer, long amountMicros) {
    long job = slab.get(escrow, JOB);
    slab.set(escrow, field, ledger.lock(job, kind, payer, payer, amountMicros));
  }

  /** The provider has committed: the price would now go to it. A price is never 0. */
  public void assignPriceToProvider(int escrow) {
    ledger.reassign(slab.getInt(escrow, PRICE), slab.getInt(escrow, PROVIDER));
  }

  /**
   * SET-001: pays the provider, the fee and the payees, and returns the rest to the requester. Only
   * the provider's bond stays locked.
   *
   * @param units units delivered, at most the job's limit
   * @param priceMicros price of 1,000,000 units
   * @param validators validators asked for
   * @param payees those who share the reward; nobody where no check stands
   * @return what returned of price, fee and checking, micro-COMPUTE
   */
  public long pay(int escrow, long units, long priceMicros, int validators, Payees payees) {
    settlement.computePaid(units, priceMicros, validators, payees.count());
    int provider = slab.getInt(escrow, PROVIDER);
    ledger.payOut(slab.getInt(escrow, PRICE), settlement.payMicros(), provider, Cause.PAY);
    long unusedMicros = refund(escrow, PRICE);

    int fee = slab.getInt(escrow, FEE);
    ledger.burn(fee, settlement.burnedMicros(), Cause.BURN);
    long toTreasury = settlement.feeMicros() - settlement.burnedMicros();
    ledger.payOut(fee, toTreasury, Genesis.TREASURY_ACCOUNT, Cause.FEE);
    unusedMicros += refund(escrow, FEE);

    payShares(slab.getInt(escrow, CHECKING), payees);
    unusedMicros += refund(escrow, CHECKING);
    refund(escrow, DEPOSIT);
    announce(escrow);
    return unusedMicros;
  }

  /** SET-002: returns the bond of a provider that was paid. The escrow has ended. */
  public void release(int escrow) {
    int bond = slab.getInt(escrow, BOND);
    ledger.returnBond(bond, Role.PROVIDER);
    ledger.close(bond);
    slab.release(escrow);
  }

  /**
   * SET-003: returns everything to the requester; the provider's bond pays the payees, the rest of
   * it is burned. The escrow has ended.
   *
   * @return what returned of price, fee and checking, micro-COMPUTE
   */
  public long slash(int escrow, long units, long priceMicros, int validators, Payees payees) {
    int bond = slab.getInt(escrow, BOND);
    settlement.computeSlashed(
        locks.amountMicros(bond), units, priceMicros, validators, payees.count());
    long unusedMicros = refund(escrow, PRICE) + refund(escrow, FEE) + refund(escrow, CHECKING);
    refund(escrow, DEPOSIT);
    payShares(bond, payees);
    ledger.burn(bond, settlement.burnedMicros(), Cause.SLASH);
    ledger.close(bond);
    announce(escrow);
    slab.release(escrow);
    return unusedMicros;
  }

  private void payShares(int lock, Payees payees) {
    for (int i = 0; i < payees.count(); i++) {
      ledger.payOut(lock, settlement.shareMicros(), payees.account(i), Cause.CHECKING);
    }
    ledger.payOut(lock, settlement.remainderMicros(), Genesis.TREASURY_ACCOUNT, Cause.REMAINDER);
  }

  private long refund(int escrow, int field) {
    int lock = slab.getInt(escrow, field);
    long restMicros = locks.amountMicros(lock);
    ledger.payOut(lock, restMicros, slab.getInt(escrow, REQUESTER), Cause.REFUND);
    ledger.close(lock);
    slab.set(escrow, field, Slab.NONE);
    return restMicros;
  }

  private void announce(int escrow) {
    events.jobSettled(
        slab.get(escrow, JOB),
        settlement.payMicros(),
        settlement.feeMicros(),
        settlement.burnedMicros(),
        settlement.checkingMicros());
  }

  /** Writes one escrow with its locks; the job decides the order. */
  public void snapshotTo(SnapshotSink sink, int escrow) {
    sink.putLong(slab.get(escrow, JOB));
    sink.putInt(slab.getInt(escrow, REQUESTER));
    sink.putInt(slab.getInt(escrow, PROVIDER));
    for (int field = PRICE; field <= BOND; field++) {
      locks.snapshotTo(sink, slab.getInt(escrow, field));
    }
  }

  /** Reads one escrow back and returns where it is now. */
  public int restoreFrom(SnapshotSource source) {
    int escrow = slab.take();
    slab.set(escrow, JOB, source.getLong());
    slab.set(escrow, REQUESTER, source.getInt());
    slab.set(escrow, PROVIDER, source.getInt());
    for (int field = PRICE; field <= BOND; field++) {
      slab.set(escrow, field, locks.restoreFrom(source));
    }
    return escrow;
  }
}
