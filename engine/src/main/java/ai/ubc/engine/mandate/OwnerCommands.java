package ai.ubc.engine.mandate;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.Refusal;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.ledger.Accounts;
import ai.ubc.engine.ledger.Ledger;

/**
 * The change of an account's owner: rules ACC-003 and ACC-004. Each method returns {@link
 * Refusal#DONE} or a refusal's number and then has changed nothing. The acting account exists.
 */
public final class OwnerCommands {
  private final Mandates mandates;
  private final Ledger ledger;
  private final Accounts accounts;
  private final EventSink events;

  /** Commands on this ledger's accounts and their mandates. */
  public OwnerCommands(Mandates mandates, Ledger ledger, EventSink events) {
    this.mandates = mandates;
    this.ledger = ledger;
    this.accounts = ledger.accounts();
    this.events = events;
  }

  /** ACC-003. */
  public int nameOwner(int account, long owner0, long owner1, int owner2) {
    if (accounts.isOwnedBy(account, owner0, owner1, owner2)) {
      return Refusal.INVALID_OWNER.number();
    }
    if (accounts.find(owner0, owner1, owner2) != 0) {
      return Refusal.OWNER_EXISTS.number();
    }
    if (accounts.isNextOwner(account, owner0, owner1, owner2)) {
      return Refusal.ALREADY_DONE.number();
    }
    int mandate = mandates.find(account, owner0, owner1, owner2);
    if (mandate != Slab.NONE) {
      if (mandates.endOf(mandate, ledger.nowMs()) == Refusal.DONE) {
        return Refusal.KEY_HAS_MANDATE.number();
      }
      mandates.forget(mandate);
    }
    accounts.nameOwner(account, owner0, owner1, owner2);
    events.ownerNamed(account, owner0, owner1, owner2);
    return Refusal.DONE;
  }

  /** ACC-004; the last three are the signer, who is named as the account's next owner. */
  public int acceptOwner(int account, long owner0, long owner1, int owner2) {
    if (accounts.find(owner0, owner1, owner2) != 0) {
      return Refusal.OWNER_EXISTS.number();
    }
    accounts.changeOwner(account, owner0, owner1, owner2);
    events.ownerChanged(account, owner0, owner1, owner2);
    mandates.revokeAll(account, ledger.nowMs());
    return Refusal.DONE;
  }
}
