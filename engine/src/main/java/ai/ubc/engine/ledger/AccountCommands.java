package ai.ubc.engine.ledger;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import java.util.function.IntToLongFunction;

/**
 * The commands of accounts and bonds: rules ACC, BND and SYS-001. Each method returns {@link
 * Refusal#DONE} or a refusal's number and then has changed nothing. The acting account exists.
 */
public final class AccountCommands {
  private static final int PROVIDER = Role.PROVIDER.code();
  private static final int VALIDATOR = Role.VALIDATOR.code();

  private final Ledger ledger;
  private final Accounts accounts;
  private final long bondUnlockMs;
  private final IntToLongFunction bondBehindOffers;

  /**
   * Commands on this ledger.
   *
   * @param bondUnlockMs time after the last duty until a bond may be taken back
   * @param bondBehindOffers the least provider bond of an account with its open offers
   */
  public AccountCommands(Ledger ledger, long bondUnlockMs, IntToLongFunction bondBehindOffers) {
    this.ledger = ledger;
    this.accounts = ledger.accounts();
    this.bondUnlockMs = bondUnlockMs;
    this.bondBehindOffers = bondBehindOffers;
  }

  /** Makes the allocations of genesis: SYS-001. There is room for its accounts. */
  public void activate(Genesis genesis, EventSink events) {
    events.rulesActivated(Genesis.RULES_VERSION);
    accountOf(genesis.treasury());
    for (Genesis.Allocation allocation : genesis.allocations()) {
      int account = accountOf(allocation.owner());
      ledger.allocate(account, allocation.asset(), allocation.amountMicros());
    }
  }

  private int accountOf(Address owner) {
    int account = accounts.find(owner.word0(), owner.word1(), owner.word2());
    return account != 0 ? account : ledger.openAccount(owner.word0(), owner.word1(), owner.word2());
  }

  /** ACC-001; the last three are the signer. */
  public int registerAccount(
      int account, long owner0, long owner1, int owner2, long signer0, long signer1, int signer2) {
    if (account != 0) {
      return Refusal.MALFORMED.number();
    }
    if ((owner0 | owner1 | owner2) == 0) {
      return Refusal.INVALID_OWNER.number();
    }
    if (owner0 != signer0 || owner1 != signer1 || owner2 != signer2) {
      return Refusal.NOT_OWNER.number();
    }
    if (accounts.find(owner0, owner1, owner2) != 0) {
      return Refusal.OWNER_EXISTS.number();
    }
    if (accounts.isFull()) {
      return Refusal.LIMIT_REACHED.number();
    }
    ledger.openAccount(owner0, owner1, owner2);
    return Refusal.DONE;
  }

  /** ACC-002. */
  public int transfer(int account, int toAccount, int asset, long amountMicros) {
    if (amountMicros < 1) {
      return Refusal.INVALID_AMOUNT.number();
    }
    if (asset != Asset.UBC && asset != Asset.COMPUTE) {
      return Refusal.INVALID_ASSET.number();
    }
    if (!accounts.exists(toAccount)) {
      return Refusal.UNKNOWN_PAYEE.number();
    }
    if (toAccount == account) {
      return Refusal.SAME_ACCOUNT.number();
    }
    if (accounts.freeMicros(account, asset) < amountMicros) {
      return Refusal.INSUFFICIENT_FUNDS.number();
    }
    ledger.transfer(account, toAccount, asset, amountMicros);
    return Refusal.DONE;
  }

  /** BND-001. */
  public int bond(int account, int role, long amountMicros) {
    if (amountMicros < 1) {
      return Refusal.INVALID_AMOUNT.number();
    }
    if (role != PROVIDER && role != VALIDATOR) {
      return Refusal.INVALID_ROLE.number();
    }
    if (accounts.freeMicros(account, Asset.COMPUTE) < amountMicros) {
      return Refusal.INSUFFICIENT_FUNDS.number();
    }
    ledger.bond(account, roleOf(role), amountMicros);
    return Refusal.DONE;
  }

  /** BND-002. */
  public int unbond(int account, int role, long amountMicros) {
    if (amountMicros < 1) {
      return Refusal.INVALID_AMOUNT.number();
    }
    if (role != PROVIDER && role != VALIDATOR) {
      return Refusal.INVALID_ROLE.number();
    }
    long kept = role == PROVIDER ? bondBehindOffers.applyAsLong(account) : 0;
    if (accounts.bondMicros(account, roleOf(role)) - amountMicros < kept) {
      return Refusal.INSUFFICIENT_BOND.number();
    }
    // Who has a bond has bonded, and that counts as a duty.
    if (ledger.nowMs() < accounts.lastDutyMs(account, roleOf(role)) + bondUnlockMs) {
      return Refusal.BOND_LOCKED.number();
    }
    ledger.unbond(account, roleOf(role), amountMicros);
    return Refusal.DONE;
  }

  private static Role roleOf(int code) {
    return code == PROVIDER ? Role.PROVIDER : Role.VALIDATOR;
  }
}
