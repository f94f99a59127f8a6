package ai.ubc.codec.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.Refusal;
import org.junit.jupiter.api.Test;

/** Accounts that change hands honestly; then LAW-009 is broken in each way. */
final class OwnerAuditTest {
  private final ConservationAudit audit = new ConservationAudit();
  private long seq;

  OwnerAuditTest() {
    entry(() -> {
      audit.rulesActivated(1);
      audit.accountRegistered(1, 1, 1, 1);
      audit.posted(
          Asset.COMPUTE,
          9,
          HolderKind.GENESIS.code(),
          0,
          HolderKind.FREE.code(),
          1,
          Cause.GENESIS.code(),
          0);
      audit.accountRegistered(2, 2, 2, 2);
    });
  }

  private void entry(Runnable events) {
    audit.begin(++seq, 0);
    events.run();
    audit.end(Refusal.DONE);
  }

  private void change(int account, int from, int to) {
    entry(() -> audit.ownerNamed(account, to, to, to));
    entry(() -> audit.ownerChanged(account, to, to, to));
    assertThat(from).isNotEqualTo(to);
  }

  private void transfer() {
    audit.posted(
        Asset.COMPUTE,
        1,
        HolderKind.FREE.code(),
        1,
        HolderKind.FREE.code(),
        2,
        Cause.TRANSFER.code(),
        0);
  }

  private void assertBroken(String rule) {
    assertThat(audit.violations()).extracting(Violation::rule).containsExactly(rule);
  }

  @Test
  void honestChangesAreClean() {
    entry(() -> audit.mandateGranted(1, 1, 0, 7, 7, 7, 5, 9, 2));
    entry(() -> audit.ownerNamed(1, 3, 3, 3));
    entry(() -> {
      audit.ownerChanged(1, 3, 3, 3);
      audit.mandateRevoked(1);
    });
    change(2, 2, 1);
    change(1, 3, 2);
    entry(() -> audit.accountRegistered(3, 3, 3, 3));
    assertThat(audit.violations()).isEmpty();
  }

  @Test
  void whoWasNotNamedBreaksLaw9() {
    entry(() -> audit.ownerNamed(1, 3, 3, 3));
    entry(() -> audit.ownerNamed(1, 4, 4, 4));
    entry(() -> audit.ownerChanged(1, 3, 3, 3));
    assertBroken("LAW-009");
  }

  @Test
  void nobodyAsOwnerBreaksLaw9() {
    entry(() -> audit.ownerNamed(1, 0, 0, 0));
    entry(() -> audit.ownerChanged(1, 0, 0, 0));
    assertBroken("LAW-009");
  }

  @Test
  void aNamingThatWasUsedBreaksLaw9() {
    change(1, 1, 3);
    change(1, 3, 4);
    entry(() -> audit.ownerChanged(1, 3, 3, 3));
    assertBroken("LAW-009");
  }

  @Test
  void anOwnerOfTwoAccountsBreaksLaw9() {
    change(1, 1, 2);
    assertBroken("LAW-009");
  }

  @Test
  void aNewAccountOfAnOwnerWhoHasOneBreaksLaw9() {
    entry(() -> audit.accountRegistered(3, 2, 2, 2));
    assertBroken("LAW-009");
  }

  @Test
  void aNamingForNoAccountBreaksLaw9() {
    entry(() -> audit.ownerNamed(9, 3, 3, 3));
    assertBroken("LAW-009");
  }

  @Test
  void moneyThatMovesWithTheOwnerBreaksLaw9() {
    entry(() -> audit.ownerNamed(1, 3, 3, 3));
    entry(() -> {
      audit.ownerChanged(1, 3, 3, 3);
      transfer();
    });
    assertBroken("LAW-009");
  }

  @Test
  void aMandateThatOutlivesItsOwnerBreaksLaw8() {
    entry(() -> audit.mandateGranted(1, 1, 0, 7, 7, 7, 5, 9, 2));
    entry(() -> audit.payeeAllowed(1, 2));
    change(1, 1, 3);
    entry(() -> {
      transfer();
      audit.mandateSpent(1, 0, 1, 1);
    });
    assertBroken("LAW-008");
  }

  @Test
  void aMandateThatWasNeverGrantedCanNotBeRevoked() {
    entry(() -> audit.mandateRevoked(1));
    assertBroken("LAW-008");
  }
}
