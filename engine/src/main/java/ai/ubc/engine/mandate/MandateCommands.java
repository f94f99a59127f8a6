package ai.ubc.engine.mandate;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Refusal;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.ledger.AccountCommands;
import ai.ubc.engine.ledger.Accounts;
import ai.ubc.engine.ledger.Ledger;

/**
 * The commands about mandates, and transfers under one: rules MAN. Each method returns {@link
 * Refusal#DONE} or a refusal's number and then has changed nothing. The acting account exists.
 */
public final class MandateCommands {
  /** The longest that a mandate lasts, milliseconds: 366 days. */
  public static final long DURATION_MAX_MS = 366L * 24 * 60 * 60 * 1_000;

  private final Mandates mandates;
  private final AccountCommands accountCommands;
  private final Ledger ledger;
  private final Accounts accounts;

  /** Commands on these mandates of this ledger's accounts. */
  public MandateCommands(Mandates mandates, AccountCommands accountCommands, Ledger ledger) {
    this.mandates = mandates;
    this.accountCommands = accountCommands;
    this.ledger = ledger;
    this.accounts = ledger.accounts();
  }

  /** MAN-002. */
  public int grantMandate(
      int account,
      long key0,
      long key1,
      int key2,
      long amountMicros,
      long expiresMs,
      long classes) {
    if ((key0 | key1 | key2) == 0
        || accounts.isOwnedBy(account, key0, key1, key2)
        || accounts.isNextOwner(account, key0, key1, key2)) {
      return Refusal.INVALID_KEY.number();
    }
    if (amountMicros < 1) {
      return Refusal.INVALID_AMOUNT.number();
    }
    long nowMs = ledger.nowMs();
    if (expiresMs <= nowMs || expiresMs - nowMs > DURATION_MAX_MS) {
      return Refusal.INVALID_EXPIRY.number();
    }
    int former = mandates.find(account, key0, key1, key2);
    if (former != Slab.NONE) {
      if (mandates.endOf(former, nowMs) == Refusal.DONE) {
        return Refusal.KEY_HAS_MANDATE.number();
      }
      mandates.forget(former);
    } else if (!mandates.makeRoom(account, nowMs)) {
      return Refusal.LIMIT_REACHED.number();
    }
    mandates.grant(account, key0, key1, key2, amountMicros, expiresMs, classes);
    return Refusal.DONE;
  }

  /** MAN-003. */
  public int allowPayee(int account, long number, int payee) {
    int mandate = mandates.findOf(account, number);
    int code = checkLive(mandate);
    if (code != Refusal.DONE) {
      return code;
    }
    if (!accounts.exists(payee)) {
      return Refusal.UNKNOWN_PAYEE.number();
    }
    if (payee == account) {
      return Refusal.SAME_ACCOUNT.number();
    }
    if (mandates.isPayeeAllowed(mandate, payee)) {
      return Refusal.ALREADY_DONE.number();
    }
    if (mandates.payees(mandate) == Mandates.PAYEES_MAX) {
      return Refusal.LIMIT_REACHED.number();
    }
    mandates.allowPayee(mandate, payee);
    return Refusal.DONE;
  }

  /** MAN-004. */
  public int revokeMandate(int account, long number) {
    int mandate = mandates.findOf(account, number);
    int code = checkLive(mandate);
    if (code == Refusal.DONE) {
      mandates.revoke(mandate, ledger.nowMs());
    }
    return code;
  }

  private int checkLive(int mandate) {
    return mandate == Slab.NONE
        ? Refusal.UNKNOWN_MANDATE.number()
        : mandates.endOf(mandate, ledger.nowMs());
  }

  /** MAN-006, then ACC-002; {@link Slab#NONE} is the owner's transfer. */
  public int transfer(int mandate, int account, int toAccount, int asset, long amountMicros) {
    if (mandate != Slab.NONE && asset != Asset.COMPUTE) {
      return Refusal.NOT_IN_MANDATE.number();
    }
    if (mandate != Slab.NONE && !mandates.isPayeeAllowed(mandate, toAccount)) {
      return Refusal.PAYEE_NOT_ALLOWED.number();
    }
    if (mandates.isOver(mandate, amountMicros)) {
      return Refusal.OVER_BUDGET.number();
    }
    int code = accountCommands.transfer(account, toAccount, asset, amountMicros);
    if (code == Refusal.DONE) {
      mandates.count(mandate, 0, amountMicros);
    }
    return code;
  }
}
