package ai.ubc.codec.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Refusal;
import org.junit.jupiter.api.Test;

/**
 * A mandate of 100, used honestly first; then LAW-008 is broken in each way, and the audit says so.
 */
final class MandateAuditTest {
  private static final int OWNER = 1;
  private static final int FRIEND = 2;
  private static final int STRANGER = 3;
  private static final long AMOUNT = 100;
  private static final long JOB = 1;
  private static final long EXPIRES_MS = 9_000;

  private final ConservationAudit audit = new ConservationAudit();
  private long seq;
  private long nowMs;

  MandateAuditTest() {
    begin();
    audit.rulesActivated(1);
    for (int account = OWNER; account <= STRANGER; account++) {
      audit.accountRegistered(account, account, account, account);
      move(Asset.COMPUTE, HolderKind.GENESIS, 0, HolderKind.FREE, account, 1_000, Cause.GENESIS, 0);
      move(Asset.UBC, HolderKind.GENESIS, 0, HolderKind.FREE, account, 1_000, Cause.GENESIS, 0);
    }
    end();
    begin();
    audit.mandateGranted(1, OWNER, 0, 7, 7, 7, AMOUNT, EXPIRES_MS, 2);
    end();
    begin();
    audit.payeeAllowed(1, FRIEND);
    end();
  }

  private void begin() {
    audit.begin(++seq, nowMs);
  }

  private void end() {
    audit.end(Refusal.DONE);
  }

  private void move(
      int asset,
      HolderKind from,
      long fromId,
      HolderKind to,
      long toId,
      long amount,
      Cause cause,
      long job) {
    audit.posted(asset, amount, from.code(), fromId, to.code(), toId, cause.code(), job);
  }

  private void transfer(int asset, int from, int to, long amount) {
    move(asset, HolderKind.FREE, from, HolderKind.FREE, to, amount, Cause.TRANSFER, 0);
  }

  private void pay(int asset, int from, int to, long amount, long change, long spent) {
    begin();
    transfer(asset, from, to, amount);
    audit.mandateSpent(1, 0, change, spent);
    end();
  }

  private void lock(long lock, LockKind kind, long amount) {
    audit.lockOpened(lock, JOB, kind.code(), OWNER, OWNER);
    move(Asset.COMPUTE, HolderKind.FREE, OWNER, HolderKind.LOCK, lock, amount, Cause.ESCROW, JOB);
  }

  private void submit() {
    audit.jobSubmitted(
        JOB, 1, OWNER, FRIEND, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 5, 5, 50, 5, 0, 3,
        0);
    lock(1, LockKind.PRICE, 50);
    lock(2, LockKind.FEE, 5);
    lock(3, LockKind.DEPOSIT, 3);
  }

  private void out(long lock, int to, long amount, Cause cause) {
    move(Asset.COMPUTE, HolderKind.LOCK, lock, HolderKind.FREE, to, amount, cause, JOB);
  }

  private void settle() {
    out(1, FRIEND, 30, Cause.PAY);
    out(1, OWNER, 20, Cause.REFUND);
    out(2, STRANGER, 3, Cause.FEE);
    out(2, OWNER, 2, Cause.REFUND);
    out(3, OWNER, 3, Cause.REFUND);
    audit.jobSettled(JOB, 30, 3, 0, 0);
  }

  private void assertBroken(int times) {
    assertThat(audit.violations())
        .hasSize(times)
        .allMatch(violation -> violation.rule().equals("LAW-008"));
  }

  @Test
  void honestTransfersAndJobsAreClean() {
    pay(Asset.COMPUTE, OWNER, FRIEND, 45, 45, 45);
    begin();
    submit();
    audit.mandateSpent(1, JOB, 55, 100);
    end();
    begin();
    settle();
    audit.mandateSpent(1, JOB, -22, 78);
    audit.jobClosed(JOB, 2);
    end();
    begin();
    audit.mandateRevoked(1);
    end();
    assertThat(audit.violations()).isEmpty();
  }

  @Test
  void moreThanTheAmountBreaksLaw8() {
    pay(Asset.COMPUTE, OWNER, FRIEND, AMOUNT + 1, AMOUNT + 1, AMOUNT + 1);
    assertBroken(1);
  }

  @Test
  void aSumThatDoesNotAddUpOrIsNegativeBreaksLaw8() {
    pay(Asset.COMPUTE, OWNER, FRIEND, 10, 10, 9);
    assertBroken(1);
    pay(Asset.COMPUTE, OWNER, FRIEND, 10, 10, -1);
    assertBroken(2);
  }

  @Test
  void aTransferThatIsNotWhatWasCountedBreaksLaw8() {
    pay(Asset.COMPUTE, OWNER, FRIEND, 10, 9, 9);
    pay(Asset.COMPUTE, OWNER, STRANGER, 1, 1, 10);
    pay(Asset.COMPUTE, STRANGER, FRIEND, 1, 1, 11);
    pay(Asset.UBC, OWNER, FRIEND, 1, 1, 12);
    begin();
    audit.mandateSpent(1, 0, 1, 13);
    end();
    assertBroken(5);
  }

  @Test
  void aJobThatIsNotWhatWasCountedBreaksLaw8() {
    begin();
    submit();
    audit.mandateSpent(1, JOB, 54, 54);
    audit.mandateSpent(1, 2, 1, 55);
    end();
    assertBroken(2);
    begin();
    audit.mandateSpent(1, JOB, 55, 110);
    end();
    assertBroken(4);
  }

  @Test
  void moreReturnedThanTheJobGaveBackBreaksLaw8() {
    begin();
    submit();
    audit.mandateSpent(1, JOB, 55, 55);
    end();
    begin();
    settle();
    audit.mandateSpent(1, JOB, -25, 30);
    audit.jobClosed(JOB, 2);
    end();
    assertBroken(1);
  }

  @Test
  void whatIsBegunInTheLastMillisecondOfAMandateIsClean() {
    nowMs = EXPIRES_MS - 1;
    pay(Asset.COMPUTE, OWNER, FRIEND, 45, 45, 45);
    begin();
    submit();
    audit.mandateSpent(1, JOB, 55, 100);
    end();
    assertThat(audit.violations()).isEmpty();
  }

  @Test
  void aTransferAtTheExpiryOfItsMandateBreaksLaw8() {
    nowMs = EXPIRES_MS;
    pay(Asset.COMPUTE, OWNER, FRIEND, 45, 45, 45);
    assertBroken(1);
  }

  @Test
  void aJobThatIsBegunAtTheExpiryOfItsMandateBreaksLaw8() {
    nowMs = EXPIRES_MS;
    begin();
    submit();
    audit.mandateSpent(1, JOB, 55, 55);
    end();
    assertBroken(1);
  }

  @Test
  void aJobThatWasBegunInTimeReturnsWhatItDidNotCostAfterTheExpiry() {
    begin();
    submit();
    audit.mandateSpent(1, JOB, 55, 55);
    end();
    nowMs = EXPIRES_MS;
    begin();
    settle();
    audit.mandateSpent(1, JOB, -22, 33);
    audit.jobClosed(JOB, 2);
    end();
    assertThat(audit.violations()).isEmpty();
  }

  @Test
  void aMandateThatWasNeverGrantedBreaksLaw8() {
    begin();
    audit.payeeAllowed(2, FRIEND);
    audit.mandateSpent(2, 0, 1, 1);
    end();
    assertBroken(2);
  }

  @Test
  void numbersOfMandatesAreDense() {
    begin();
    audit.mandateGranted(3, OWNER, 0, 7, 7, 7, AMOUNT, 9, 2);
    end();
    assertThat(audit.violations()).extracting(Violation::rule).containsExactly("NUM-001");
  }
}
