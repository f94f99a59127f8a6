package ai.ubc.engine.ledger;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Role;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/**
 * The only place that moves money: every change of a balance is one posting, which takes from one
 * holder what it gives to another and says so in one {@code posted} event. Since genesis allocates
 * at most 2^62 of an asset and nothing else makes money, no sum overflows.
 *
 * <p>A holder that would become negative is a bug of ours, never a refusal: commands check first.
 */
public final class Ledger {
  private final Accounts accounts;
  private final ValidatorList validators;
  private final Locks locks;
  private final EventSink events;
  private final long bondMinMicros;
  private final long[] burned = new long[Asset.COMPUTE + 1];
  private final long[] allocated = new long[Asset.COMPUTE + 1];
  private long nowMs;
  private boolean isBondGrown;

  /**
   * An empty ledger over these tables, which nobody else changes.
   *
   * @param bondMinMicros least free bond of an account that is listed as a validator, at least 1
   */
  public Ledger(Accounts accounts, Locks locks, EventSink events, long bondMinMicros) {
    this.accounts = accounts;
    validators = new ValidatorList(accounts.countMax());
    this.locks = locks;
    this.events = events;
    this.bondMinMicros = bondMinMicros;
  }

  /** The accounts, to read. */
  public Accounts accounts() {
    return accounts;
  }

  /** The accounts with the least free validator bond or more, to read. */
  public ValidatorList validators() {
    return validators;
  }

  /** The open locks, to read. */
  public Locks locks() {
    return locks;
  }

  /** Starts an entry at this log time. */
  public void begin(long logTimeMs) {
    nowMs = logTimeMs;
    isBondGrown = false;
  }

  /** Whether any account's bond has grown in the current entry. */
  public boolean isBondGrown() {
    return isBondGrown;
  }

  /** Log time of the current entry, milliseconds. */
  public long nowMs() {
    return nowMs;
  }

  /** Opens an account for an owner who has none; there is room. */
  public int openAccount(long owner0, long owner1, int owner2) {
    int account = accounts.open(owner0, owner1, owner2);
    events.accountRegistered(account, owner0, owner1, owner2);
    return account;
  }

  /** Makes an allocation of genesis. */
  public void allocate(int account, int asset, long amountMicros) {
    allocated[asset] += amountMicros;
    accounts.addFree(account, asset, amountMicros);
    announce(
        asset, amountMicros, HolderKind.GENESIS, 0, HolderKind.FREE, account, Cause.GENESIS, 0);
  }

  /** Moves free money from one account to another. */
  public void transfer(int fromAccount, int toAccount, int asset, long amountMicros) {
    takeFree(fromAccount, asset, amountMicros);
    accounts.addFree(toAccount, asset, amountMicros);
    announce(
        asset,
        amountMicros,
        HolderKind.FREE,
        fromAccount,
        HolderKind.FREE,
        toAccount,
        Cause.TRANSFER,
        0);
  }

  /** Moves free COMPUTE into the account's bond, which is locked from now like after a duty. */
  public void bond(int account, Role role, long amountMicros) {
    takeFree(account, Asset.COMPUTE, amountMicros);
    giveBond(account, role, amountMicros);
    accounts.recordDuty(account, role, nowMs);
    announce(
        Asset.COMPUTE,
        amountMicros,
        HolderKind.FREE,
        account,
        holderOf(role),
        account,
        Cause.BOND,
        0);
  }

  /** Moves bonded COMPUTE back to the free balance. */
  public void unbond(int account, Role role, long amountMicros) {
    takeBond(account, role, amountMicros);
    accounts.addFree(account, Asset.COMPUTE, amountMicros);
    announce(
        Asset.COMPUTE,
        amountMicros,
        holderOf(role),
        account,
        HolderKind.FREE,
        account,
        Cause.UNBOND,
        0);
  }

  /**
   * Opens a lock for a job and moves the payer's money into it: bond for kinds that are bonds, free
   * COMPUTE for the others.
   *
   * @return the lock, or {@link Slab#NONE} for an amount of 0, which opens none
   */
  public int lock(long job, LockKind kind, int payer, int beneficiary, long amountMicros) {
    if (amountMicros == 0) {
      return Slab.NONE;
    }
    int lock = locks.open(job, kind, payer, beneficiary);
    events.lockOpened(locks.number(lock), job, kind.code(), payer, beneficiary);
    HolderKind from =
        switch (kind) {
          case PRICE, FEE, CHECKING, DEPOSIT, ORDER -> {
            takeFree(payer, Asset.COMPUTE, amountMicros);
            yield HolderKind.FREE;
          }
          case PROVIDER_BOND -> {
            takeBond(payer, Role.PROVIDER, amountMicros);
            yield HolderKind.BOND_PROVIDER;
          }
          case DUTY_BOND -> {
            takeBond(payer, Role.VALIDATOR, amountMicros);
            yield HolderKind.BOND_VALIDATOR;
          }
        };
    locks.add(lock, amountMicros);
    recordDuty(lock);
    announce(
        Asset.COMPUTE,
        amountMicros,
        from,
        payer,
        HolderKind.LOCK,
        locks.number(lock),
        Cause.ESCROW,
        job);
    return lock;
  }

  /** From now on another account would get the lock's money if everything stopped here. */
  public void reassign(int lock, int beneficiary) {
    locks.reassign(lock, beneficiary);
    events.lockReassigned(locks.number(lock), beneficiary);
  }

  /** Pays from a lock to an account's free balance; nothing happens for 0. */
  public void payOut(int lock, long amountMicros, int toAccount, Cause cause) {
    if (amountMicros != 0) {
      takeLocked(lock, amountMicros);
      accounts.addFree(toAccount, Asset.COMPUTE, amountMicros);
      announceOut(lock, amountMicros, HolderKind.FREE, toAccount, cause);
    }
  }

  /** Burns from a lock; nothing happens for 0. */
  public void burn(int lock, long amountMicros, Cause cause) {
    if (amountMicros != 0) {
      takeLocked(lock, amountMicros);
      burned[Asset.COMPUTE] += amountMicros;
      announceOut(lock, amountMicros, HolderKind.BURNED, 0, cause);
    }
  }

  /** Returns all that a bond's lock holds to the payer's bond in the role; nothing for 0. */
  public void returnBond(int lock, Role role) {
    long amountMicros = locks.amountMicros(lock);
    if (amountMicros != 0) {
      takeLocked(lock, amountMicros);
      giveBond(locks.payer(lock), role, amountMicros);
      announceOut(lock, amountMicros, holderOf(role), locks.payer(lock), Cause.BOND_RETURN);
    }
  }

  /**
   * Closes an empty lock; nothing happens for {@link Slab#NONE}.
   *
   * @throws IllegalStateException when it holds money
   */
  public void close(int lock) {
    if (lock == Slab.NONE) {
      return;
    }
    if (locks.amountMicros(lock) != 0) {
      throw new IllegalStateException("lock " + locks.number(lock) + " is closed with money in it");
    }
    locks.close(lock);
  }

  /**
   * What a holder has, micro-units; 0 for a holder that does not exist. {@code GENESIS} has minus
   * what it allocated, so all holders of an asset sum to 0. For the cold path.
   */
  public long balanceMicros(HolderKind kind, long id, int asset) {
    if (asset != Asset.UBC && asset != Asset.COMPUTE) {
      return 0;
    }
    return switch (kind) {
      case FREE -> isAccount(id) ? accounts.freeMicros((int) id, asset) : 0;
      case BOND_PROVIDER -> bondMicros(id, asset, Role.PROVIDER);
      case BOND_VALIDATOR -> bondMicros(id, asset, Role.VALIDATOR);
      case LOCK -> asset == Asset.COMPUTE ? locks.amountOfNumber(id) : 0;
      case BURNED -> burned[asset];
      case GENESIS -> -allocated[asset];
    };
  }

  /** Writes accounts, totals and the last lock's number; the locks are written by their owners. */
  public void snapshotTo(SnapshotSink sink) {
    accounts.snapshotTo(sink);
    locks.snapshotTo(sink);
    for (int asset = Asset.UBC; asset <= Asset.COMPUTE; asset++) {
      sink.putLong(burned[asset]);
      sink.putLong(allocated[asset]);
    }
  }

  /** Reads back what {@link #snapshotTo} wrote, into an empty ledger. */
  public void restoreFrom(SnapshotSource source) {
    accounts.restoreFrom(source);
    locks.restoreNumberFrom(source);
    for (int asset = Asset.UBC; asset <= Asset.COMPUTE; asset++) {
      burned[asset] = source.getLong();
      allocated[asset] = source.getLong();
    }
    for (int account = 1; account <= accounts.count(); account++) {
      long bondMicros = accounts.bondMicros(account, Role.VALIDATOR);
      if (isListed(bondMicros)) {
        validators.join(account, bondMicros);
      }
    }
  }

  private boolean isAccount(long id) {
    return id == (int) id && accounts.exists((int) id);
  }

  private long bondMicros(long id, int asset, Role role) {
    return asset == Asset.COMPUTE && isAccount(id) ? accounts.bondMicros((int) id, role) : 0;
  }

  private void takeFree(int account, int asset, long amountMicros) {
    requireCovered(accounts.freeMicros(account, asset), amountMicros);
    accounts.addFree(account, asset, -amountMicros);
  }

  private void takeBond(int account, Role role, long amountMicros) {
    long before = accounts.bondMicros(account, role);
    requireCovered(before, amountMicros);
    accounts.addBond(account, role, -amountMicros);
    if (role == Role.VALIDATOR) {
      list(account, before, before - amountMicros);
    }
  }

  private void giveBond(int account, Role role, long amountMicros) {
    long before = accounts.bondMicros(account, role);
    accounts.addBond(account, role, amountMicros);
    isBondGrown = true;
    if (role == Role.VALIDATOR) {
      list(account, before, before + amountMicros);
    }
  }

  private void list(int account, long bondBeforeMicros, long bondMicros) {
    if (isListed(bondBeforeMicros) && isListed(bondMicros)) {
      validators.change(account, bondMicros);
    } else if (isListed(bondMicros)) {
      validators.join(account, bondMicros);
    } else if (isListed(bondBeforeMicros)) {
      validators.leave(account);
    }
  }

  private boolean isListed(long validatorBondMicros) {
    return validatorBondMicros >= bondMinMicros;
  }

  private void takeLocked(int lock, long amountMicros) {
    requireCovered(locks.amountMicros(lock), amountMicros);
    locks.add(lock, -amountMicros);
    recordDuty(lock);
  }

  private void recordDuty(int lock) {
    int kind = locks.kind(lock);
    if (kind == LockKind.PROVIDER_BOND.code()) {
      accounts.recordDuty(locks.payer(lock), Role.PROVIDER, nowMs);
    } else if (kind == LockKind.DUTY_BOND.code()) {
      accounts.recordDuty(locks.payer(lock), Role.VALIDATOR, nowMs);
    }
  }

  private void announceOut(int lock, long amountMicros, HolderKind to, long toId, Cause cause) {
    announce(
        Asset.COMPUTE,
        amountMicros,
        HolderKind.LOCK,
        locks.number(lock),
        to,
        toId,
        cause,
        locks.job(lock));
  }

  private void announce(
      int asset,
      long amountMicros,
      HolderKind from,
      long fromId,
      HolderKind to,
      long toId,
      Cause cause,
      long job) {
    events.posted(asset, amountMicros, from.code(), fromId, to.code(), toId, cause.code(), job);
  }

  private static HolderKind holderOf(Role role) {
    return role == Role.PROVIDER ? HolderKind.BOND_PROVIDER : HolderKind.BOND_VALIDATOR;
  }

  private static void requireCovered(long heldMicros, long amountMicros) {
    if (amountMicros < 1 || heldMicros < amountMicros) {
      throw new IllegalStateException(
          "a posting of " + amountMicros + " from a holder that has " + heldMicros);
    }
  }
}
