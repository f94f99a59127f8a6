package ai.ubc.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.ubc.codec.generated.EventRecords;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Event;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Role;
import ai.ubc.engine.flat.Slab;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final List<Event> events = new ArrayList<>();
  private final Locks locks = new Locks(10);
  private final Ledger ledger =
      new Ledger(new Accounts(500, 1), locks, new EventRecords(events::add), 1);
  private final int alice = ledger.openAccount(1, 1, 1);
  private final int bob = ledger.openAccount(2, 2, 2);

  LedgerTest() {
    ledger.allocate(alice, Asset.COMPUTE, 100);
    events.clear();
  }

  @Test
  void aHolderThatWouldBecomeNegativeHaltsTheLedger() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ledger.transfer(alice, bob, Asset.COMPUTE, 101));
    assertThatIllegalStateException()
        .isThrownBy(() -> ledger.transfer(alice, bob, Asset.COMPUTE, 0));
    assertThatIllegalStateException()
        .isThrownBy(() -> ledger.transfer(alice, bob, Asset.COMPUTE, -1));
    assertThatIllegalStateException().isThrownBy(() -> ledger.bond(bob, Role.PROVIDER, 1));
    assertThatIllegalStateException().isThrownBy(() -> ledger.unbond(alice, Role.VALIDATOR, 1));
    int lock = ledger.lock(1, LockKind.PRICE, alice, alice, 10);
    assertThatIllegalStateException().isThrownBy(() -> ledger.payOut(lock, 11, bob, Cause.PAY));
    assertThatIllegalStateException().isThrownBy(() -> ledger.payOut(Slab.NONE, 1, bob, Cause.PAY));
    assertThatIllegalStateException().isThrownBy(() -> ledger.burn(lock, 11, Cause.BURN));
    assertThat(events).hasSize(2);
  }

  @Test
  void aLockIsClosedEmpty() {
    int lock = ledger.lock(1, LockKind.PRICE, alice, alice, 10);
    assertThatIllegalStateException().isThrownBy(() -> ledger.close(lock));
    ledger.payOut(lock, 10, bob, Cause.PAY);
    assertThat(locks.count()).isOne();
    ledger.close(lock);
    ledger.close(Slab.NONE);
    assertThat(locks.count()).isZero();
  }

  @Test
  void aLockOfNothingIsNotOpened() {
    assertThat(ledger.lock(1, LockKind.FEE, alice, alice, 0)).isEqualTo(Slab.NONE);
    ledger.payOut(Slab.NONE, 0, bob, Cause.PAY);
    ledger.burn(Slab.NONE, 0, Cause.BURN);
    ledger.returnBond(Slab.NONE, Role.PROVIDER);
    assertThat(events).isEmpty();
  }

  @Test
  void aLocksBeneficiaryIsThePayerUntilItIsReassigned() {
    int lock = ledger.lock(1, LockKind.PRICE, alice, alice, 10);
    assertThat(locks.beneficiary(lock)).isEqualTo(alice);
    ledger.reassign(lock, bob);
    assertThat(locks.beneficiary(lock)).isEqualTo(bob);
    assertThat(locks.payer(lock)).isEqualTo(alice);
    assertThat(events).endsWith(new Event.LockReassigned(1, bob));
  }

  @Test
  void theListOfValidatorsHoldsThoseWithAFreeBondInOrder() {
    List<Integer> all = new ArrayList<>();
    for (int i = 3; i <= 300; i++) {
      all.add(ledger.openAccount(i, i, i));
      ledger.allocate(all.getLast(), Asset.COMPUTE, 5);
    }
    for (int account : all.reversed()) {
      ledger.bond(account, Role.VALIDATOR, 3);
      ledger.bond(account, Role.VALIDATOR, 2);
    }
    assertThat(validators()).isEqualTo(all);
    ledger.unbond(all.get(7), Role.VALIDATOR, 4);
    ledger.unbond(all.get(8), Role.VALIDATOR, 5);
    int lock = ledger.lock(1, LockKind.DUTY_BOND, all.get(9), all.get(9), 5);
    all.remove(/* index */ 9);
    all.remove(/* index */ 8);
    assertThat(validators()).isEqualTo(all);
    ledger.returnBond(lock, Role.VALIDATOR);
    all.add(8, locks.payer(lock));
    assertThat(validators()).isEqualTo(all);
  }

  private List<Integer> validators() {
    List<Integer> listed = new ArrayList<>();
    for (int i = 0; i < ledger.validators().count(); i++) {
      listed.add(ledger.validators().account(i));
    }
    return listed;
  }
}
