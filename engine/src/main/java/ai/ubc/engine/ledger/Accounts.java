package ai.ubc.engine.ledger;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Role;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.flat.SlabIndex;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/**
 * Accounts, one flat record each: owner and who may be the next one, balances, bonds and last
 * duties. An account's number is its slot, and accounts are never removed. Only {@link Ledger}
 * changes a balance.
 */
public final class Accounts {
  private static final int OWNER = 0;
  private static final int FREE_UBC = 3;
  private static final int FREE_COMPUTE = 4;
  private static final int BOND_PROVIDER = 5;
  private static final int BOND_VALIDATOR = 6;
  // One more than the log time of the last duty; 0 without one.
  private static final int DUTY_PROVIDER = 7;
  private static final int DUTY_VALIDATOR = 8;
  // Zero for nobody.
  private static final int NEXT_OWNER = 9;
  private static final int WORDS = 12;

  private final Slab slab;
  private final SlabIndex byOwner;

  /** No accounts, at most {@code accountsMax} later. */
  public Accounts(int accountsMax, long indexSeed) {
    slab = new Slab(WORDS, accountsMax);
    byOwner = new SlabIndex(slab, OWNER, 3, indexSeed);
  }

  /** Number of accounts, which is also the highest account number. */
  public int count() {
    return slab.size();
  }

  /** Most accounts there can be. */
  int countMax() {
    return slab.capacityMax();
  }

  /** Whether no further account fits. */
  public boolean isFull() {
    return slab.isFull();
  }

  /** Whether there is an account with this number; 0 and negative numbers are none. */
  public boolean exists(int account) {
    return account > 0 && account <= slab.size();
  }

  /** The account of this owner, or 0. */
  public int find(long owner0, long owner1, int owner2) {
    return byOwner.find(owner0, owner1, owner2);
  }

  /** Whether the account, which exists, belongs to this owner. */
  public boolean isOwnedBy(int account, long owner0, long owner1, int owner2) {
    return isAt(account, OWNER, owner0, owner1, owner2);
  }

  /** Whether this address, zero for nobody, is named as the next owner of the account. */
  public boolean isNextOwner(int account, long owner0, long owner1, int owner2) {
    return isAt(account, NEXT_OWNER, owner0, owner1, owner2);
  }

  private boolean isAt(int account, int field, long owner0, long owner1, int owner2) {
    return slab.get(account, field) == owner0
        && slab.get(account, field + 1) == owner1
        && slab.get(account, field + 2) == owner2;
  }

  /** Names the next owner of the account; zero for nobody. */
  public void nameOwner(int account, long owner0, long owner1, int owner2) {
    put(account, NEXT_OWNER, owner0, owner1, owner2);
  }

  /** Gives the account to an owner who has none; then nobody is named as the next. */
  public void changeOwner(int account, long owner0, long owner1, int owner2) {
    byOwner.remove(account);
    put(account, OWNER, owner0, owner1, owner2);
    byOwner.add(account);
    put(account, NEXT_OWNER, 0, 0, 0);
  }

  private void put(int account, int field, long owner0, long owner1, int owner2) {
    slab.set(account, field, owner0);
    slab.set(account, field + 1, owner1);
    slab.set(account, field + 2, owner2);
  }

  /** Free balance, micro-units of the asset. */
  public long freeMicros(int account, int asset) {
    return slab.get(account, freeField(asset));
  }

  /** Bond that nothing reserves, micro-COMPUTE. */
  public long bondMicros(int account, Role role) {
    return slab.get(account, bondField(role));
  }

  /** Log time of the last duty in the role, milliseconds; −1 without one. */
  public long lastDutyMs(int account, Role role) {
    return slab.get(account, dutyField(role)) - 1;
  }

  /** Opens an account for an owner who has none; there is room. */
  int open(long owner0, long owner1, int owner2) {
    int account = slab.take();
    put(account, OWNER, owner0, owner1, owner2);
    byOwner.add(account);
    return account;
  }

  void addFree(int account, int asset, long delta) {
    slab.add(account, freeField(asset), delta);
  }

  void addBond(int account, Role role, long delta) {
    slab.add(account, bondField(role), delta);
  }

  void recordDuty(int account, Role role, long nowMs) {
    slab.set(account, dutyField(role), nowMs + 1);
  }

  void snapshotTo(SnapshotSink sink) {
    sink.putInt(slab.size());
    for (int account = 1; account <= slab.size(); account++) {
      for (int field = 0; field < WORDS; field++) {
        sink.putLong(slab.get(account, field));
      }
    }
  }

  void restoreFrom(SnapshotSource source) {
    int count = source.getInt();
    for (int i = 0; i < count; i++) {
      int account = slab.take();
      for (int field = 0; field < WORDS; field++) {
        slab.set(account, field, source.getLong());
      }
      byOwner.add(account);
    }
  }

  private static int freeField(int asset) {
    return asset == Asset.UBC ? FREE_UBC : FREE_COMPUTE;
  }

  private static int bondField(Role role) {
    return role == Role.PROVIDER ? BOND_PROVIDER : BOND_VALIDATOR;
  }

  private static int dutyField(Role role) {
    return role == Role.PROVIDER ? DUTY_PROVIDER : DUTY_VALIDATOR;
  }
}
