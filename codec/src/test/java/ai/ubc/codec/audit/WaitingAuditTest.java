package ai.ubc.codec.audit;

import static ai.ubc.domain.HolderKind.BOND_PROVIDER;
import static ai.ubc.domain.HolderKind.FREE;
import static ai.ubc.domain.HolderKind.GENESIS;
import static ai.ubc.domain.HolderKind.LOCK;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A job that waits with 103 held (50 and 5 to pay at most at the offer, 100 at its limit, 3 or less
 * of deposit), honestly first; then its events lie in each way, and the audit says so.
 */
final class WaitingAuditTest {
  private static final int REQUESTER = 1;
  private static final int PROVIDER = 2;
  private static final int OTHER = 3;
  private static final long JOB = 1;
  private static final long HELD = 103;
  private static final long LIMIT = 10;
  private static final long MANDATE = 1;
  private static final long EXPIRES_MS = 9_000;

  private final ConservationAudit audit = new ConservationAudit();
  private long seq;
  private long nowMs;
  private long lock;

  WaitingAuditTest() {
    entry(() -> {
      audit.rulesActivated(1);
      for (int account = REQUESTER; account <= OTHER; account++) {
        audit.accountRegistered(account, account, account, account);
        move(GENESIS, 0, FREE, account, 1_000, Cause.GENESIS, 0);
      }
    });
    entry(() -> move(FREE, PROVIDER, BOND_PROVIDER, PROVIDER, 500, Cause.BOND, 0));
    entry(() -> audit.mandateGranted(MANDATE, REQUESTER, 0, 7, 7, 7, 1_000, EXPIRES_MS, 2));
    entry(() -> audit.mandateGranted(MANDATE + 1, REQUESTER, 0, 8, 8, 8, 1_000, EXPIRES_MS, 2));
  }

  private void entry(Runnable events) {
    audit.begin(++seq, nowMs);
    events.run();
    audit.end(Refusal.DONE);
  }

  private void move(
      HolderKind from, long fromId, HolderKind to, long toId, long amount, Cause cause, long job) {
    audit.posted(Asset.COMPUTE, amount, from.code(), fromId, to.code(), toId, cause.code(), job);
  }

  private void queued(long job) {
    audit.jobQueued(job, REQUESTER, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 5, LIMIT, HELD);
  }

  private void escrow(LockKind kind, HolderKind from, int payer, long amount) {
    audit.lockOpened(++lock, JOB, kind.code(), payer, payer);
    move(from, payer, LOCK, lock, amount, Cause.ESCROW, JOB);
  }

  private void order(long amount) {
    escrow(LockKind.ORDER, FREE, REQUESTER, amount);
  }

  private void queue() {
    entry(() -> {
      queued(JOB);
      order(HELD);
    });
  }

  private void queueByKey(long change) {
    entry(() -> {
      queued(JOB);
      order(HELD);
      audit.mandateSpent(MANDATE, JOB, change, change);
    });
  }

  private void returnOrder() {
    returnOrder(REQUESTER, HELD);
  }

  private void returnOrder(int to, long amount) {
    move(LOCK, 1, FREE, to, amount, Cause.ORDER_RETURN, JOB);
  }

  private void submitted(int requester, long units, long price, long checking) {
    audit.jobSubmitted(
        JOB, 1, requester, PROVIDER, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, units, price,
        50, 5, checking, 3, 40);
  }

  private void escrowAll() {
    escrow(LockKind.PRICE, FREE, REQUESTER, 50);
    escrow(LockKind.FEE, FREE, REQUESTER, 5);
    escrow(LockKind.DEPOSIT, FREE, REQUESTER, 3);
    escrow(LockKind.PROVIDER_BOND, BOND_PROVIDER, PROVIDER, 40);
  }

  private void take() {
    returnOrder();
    submitted(REQUESTER, 5, LIMIT, 0);
    escrowAll();
  }

  private void abandon() {
    move(LOCK, 2, FREE, REQUESTER, 50, Cause.REFUND, JOB);
    move(LOCK, 3, FREE, REQUESTER, 5, Cause.REFUND, JOB);
    move(LOCK, 4, FREE, REQUESTER, 3, Cause.REFUND, JOB);
    move(LOCK, 5, HolderKind.BURNED, 0, 40, Cause.SLASH, JOB);
    audit.jobSettled(JOB, 0, 0, 40, 0);
  }

  private void close(JobEnding ending) {
    audit.jobClosed(JOB, ending.code());
  }

  private void assertBroken(String... rules) {
    assertThat(audit.violations()).extracting(Violation::rule).containsExactly(rules);
  }

  @ParameterizedTest
  @EnumSource(
      value = JobEnding.class,
      names = {"CANCELLED", "UNMATCHED"})
  void aJobThatWaitedInVainIsCleanAndCostsNothing(JobEnding ending) {
    queue();
    assertThat(audit.balance(REQUESTER, Asset.COMPUTE))
        .isEqualTo(new AccountBalance(REQUESTER, Asset.COMPUTE, 1_000 - HELD, 0, 0, HELD));
    assertThat(audit.report().openJobs()).isEqualTo(1);
    entry(() -> {
      returnOrder();
      close(ending);
    });
    assertBroken();
    assertThat(audit.balance(REQUESTER, Asset.COMPUTE).freeMicros()).isEqualTo(1_000);
    assertThat(audit.report().openJobs()).isZero();
  }

  @Test
  void aJobThatAnOfferTakesKeepsItsNumberAndIsClean() {
    queueByKey(100);
    entry(() -> {
      take();
      audit.mandateSpent(MANDATE, JOB, -45, 55);
    });
    entry(() -> {
      abandon();
      audit.mandateSpent(MANDATE, JOB, -55, 0);
      close(JobEnding.ABANDONED);
    });
    assertBroken();
  }

  @Test
  void aQueuedJobTakesTheNextNumber() {
    entry(() -> queued(JOB + 1));
    assertBroken("NUM-001", "JOB-007");
  }

  @Test
  void aJobThatIsSubmittedAgainIsNamed() {
    queue();
    entry(this::take);
    entry(() -> submitted(REQUESTER, 5, LIMIT, 0));
    assertThat(audit.violations().getFirst().rule()).isEqualTo("NUM-001");
  }

  @ParameterizedTest
  @ValueSource(longs = {HELD - 1, HELD + 1})
  void aJobThatHoldsAnotherAmountThanItSaysBreaksJob7(long amount) {
    entry(() -> {
      queued(JOB);
      order(amount);
    });
    assertBroken("JOB-007");
  }

  @Test
  void anOrderThatIsNotFilledOrIsFilledAgainBreaksJob7() {
    entry(() -> queued(JOB));
    assertBroken("JOB-007");
    entry(() -> order(HELD));
    assertBroken("JOB-007");
    entry(() -> move(FREE, REQUESTER, LOCK, lock, 1, Cause.ESCROW, JOB));
    assertBroken("JOB-007", "JOB-007");
  }

  @Test
  void anotherLockOfAJobThatWaitsBreaksJob7() {
    queue();
    entry(() -> escrow(LockKind.DUTY_BOND, BOND_PROVIDER, PROVIDER, 1));
    assertBroken("JOB-007");
  }

  @Test
  void anOrderOfAJobThatWasTakenBreaksJob7() {
    queue();
    entry(() -> {
      take();
      order(7);
    });
    assertBroken("JOB-007", "JOB-005");
  }

  @Test
  void aJobThatIsTakenBeforeItsOrderReturnedBreaksJob8() {
    queue();
    entry(() -> {
      submitted(REQUESTER, 5, LIMIT, 0);
      escrowAll();
      returnOrder();
    });
    assertBroken("JOB-008", "JOB-009", "JOB-009");
  }

  @Test
  void anOfferThatTakesAnotherJobThanWaitedBreaksJob8() {
    queue();
    entry(() -> {
      returnOrder();
      submitted(REQUESTER, 6, LIMIT, 0);
      escrowAll();
    });
    assertBroken("JOB-008");
  }

  @Test
  void anOfferAboveTheLimitBreaksJob8() {
    queue();
    entry(() -> {
      returnOrder();
      submitted(REQUESTER, 5, LIMIT + 1, 0);
      escrowAll();
    });
    assertBroken("JOB-008");
  }

  @Test
  void aJobThatCostsMoreThanItHeldBreaksJob8() {
    queue();
    entry(() -> {
      returnOrder();
      submitted(REQUESTER, 5, LIMIT, 46);
      escrowAll();
      escrow(LockKind.CHECKING, FREE, REQUESTER, 46);
    });
    assertBroken("JOB-008");
  }

  @Test
  void anOrderReturnedToAnotherBreaksJob9() {
    queue();
    entry(() -> {
      returnOrder(OTHER, HELD);
      close(JobEnding.CANCELLED);
    });
    assertBroken("JOB-009");
  }

  @Test
  void aPartReturnedBreaksJob9AndLeavesALockThatIsNotEmpty() {
    queue();
    entry(() -> {
      returnOrder(REQUESTER, HELD - 1);
      close(JobEnding.CANCELLED);
    });
    assertBroken("JOB-009", "LAW-003", "LAW-005");
  }

  @Test
  void anOrderReturnedInPartsBreaksJob9() {
    queue();
    entry(() -> {
      returnOrder(REQUESTER, HELD - 1);
      returnOrder(REQUESTER, 1);
      close(JobEnding.CANCELLED);
    });
    assertBroken("JOB-009", "JOB-009", "JOB-009", "LAW-005");
  }

  @Test
  void aReturnAfterWhichTheJobStillWaitsBreaksJob7() {
    queue();
    entry(this::returnOrder);
    assertBroken("JOB-007");
  }

  @Test
  void aJobThatEndsUntakenWithoutAReturnBreaksLaws3And5() {
    queue();
    entry(() -> close(JobEnding.UNMATCHED));
    assertBroken("LAW-003", "LAW-005");
  }

  @Test
  void anOrderThatLeavesUnderAnotherNameBreaksJob9() {
    queue();
    entry(() -> move(LOCK, 1, FREE, REQUESTER, HELD, Cause.REFUND, JOB));
    assertBroken("JOB-009", "JOB-009");
  }

  @Test
  void aReturnFromAnotherLockBreaksJob9() {
    queue();
    entry(this::take);
    entry(() -> move(LOCK, 2, FREE, REQUESTER, 50, Cause.ORDER_RETURN, JOB));
    assertBroken("JOB-009", "JOB-009", "JOB-009", "JOB-005");
  }

  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      names = {"PAY", "FEE", "CHECKING", "REMAINDER"})
  void moneyPaidForAJobThatWaitsBreaksJob9(Cause cause) {
    queue();
    entry(() -> move(FREE, REQUESTER, FREE, OTHER, 1, cause, JOB));
    assertThat(audit.violations().getFirst().rule()).isEqualTo("JOB-009");
  }

  @Test
  void aJobThatWaitsIsNeitherJudgedNorSettled() {
    queue();
    entry(() -> {
      audit.jobJudged(JOB, JobEnding.ABANDONED.code(), 0, 0, 0);
      audit.jobSettled(JOB, 0, 0, 0, 0);
      returnOrder();
      close(JobEnding.UNMATCHED);
    });
    assertBroken("JOB-009", "JOB-009");
  }

  @Test
  void aJobThatWaitedEndsAsNoOther() {
    queue();
    entry(() -> {
      returnOrder();
      close(JobEnding.ACCEPTED);
    });
    assertBroken("JOB-009");
  }

  @Test
  void aJobThatWasTakenIsNotCancelled() {
    queue();
    entry(this::take);
    entry(() -> {
      abandon();
      close(JobEnding.CANCELLED);
    });
    assertBroken("JOB-009");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, HELD + 1})
  void aJobThatWaitsCountsWhatItHoldsAtMost(long change) {
    queueByKey(change);
    assertThat(audit.violations()).isNotEmpty().allMatch(v -> v.rule().equals("LAW-008"));
  }

  @Test
  void aJobThatWaitsCountsOnceAndAtItsSubmissionOnly() {
    queueByKey(100);
    entry(() -> audit.mandateSpent(MANDATE, JOB, 1, 101));
    assertBroken("LAW-008");
  }

  @Test
  void aJobThatIsCancelledCountsNothing() {
    queueByKey(100);
    entry(() -> {
      returnOrder();
      audit.mandateSpent(MANDATE, JOB, -99, 1);
      close(JobEnding.CANCELLED);
    });
    assertBroken("LAW-008");
  }

  @Test
  void aJobThatIsTakenCountsWhatTheOfferCosts() {
    queueByKey(100);
    entry(() -> {
      take();
      audit.mandateSpent(MANDATE, JOB, -46, 54);
    });
    assertBroken("LAW-008");
  }

  @Test
  void aJobThatIsTakenNeverCountsMoreThanWhileItWaited() {
    queueByKey(54);
    entry(() -> {
      take();
      audit.mandateSpent(MANDATE, JOB, 1, 55);
    });
    assertBroken("LAW-008");
  }

  @Test
  void aJobCountsAgainstOneMandate() {
    queueByKey(100);
    entry(() -> {
      take();
      audit.mandateSpent(MANDATE + 1, JOB, -45, 0);
    });
    assertThat(audit.violations())
        .hasSize(2)
        .allMatch(violation -> violation.rule().equals("LAW-008"));
  }

  @Test
  void aJobIsNotTakenAfterTheEndOfItsMandate() {
    queueByKey(100);
    entry(() -> audit.mandateRevoked(MANDATE));
    entry(() -> {
      take();
      audit.mandateSpent(MANDATE, JOB, -45, 55);
    });
    assertBroken("LAW-008");
  }

  @Test
  void aJobIsNotTakenAtTheExpiryOfItsMandate() {
    queueByKey(100);
    nowMs = EXPIRES_MS;
    entry(() -> {
      take();
      audit.mandateSpent(MANDATE, JOB, -45, 55);
    });
    assertBroken("LAW-008");
  }

  @Test
  void aJobIsTakenUntilTheExpiryOfItsMandate() {
    queueByKey(100);
    nowMs = EXPIRES_MS - 1;
    entry(() -> {
      take();
      audit.mandateSpent(MANDATE, JOB, -45, 55);
    });
    assertBroken();
  }

  @Test
  void aJobOfTheOwnerIsTakenAfterTheExpiryOfEveryMandate() {
    queue();
    nowMs = EXPIRES_MS;
    entry(this::take);
    assertBroken();
  }

  @Test
  void whatAJobHeldReturnsToItsMandateAfterItsExpiry() {
    queueByKey(100);
    nowMs = EXPIRES_MS;
    entry(() -> {
      returnOrder();
      audit.mandateSpent(MANDATE, JOB, -100, 0);
      close(JobEnding.UNMATCHED);
    });
    assertBroken();
  }

  @Test
  void whatAJobHeldReturnsToItsMandateAfterTheMandatesEnd() {
    queueByKey(100);
    entry(() -> audit.mandateRevoked(MANDATE));
    entry(() -> {
      returnOrder();
      audit.mandateSpent(MANDATE, JOB, -100, 0);
      close(JobEnding.UNMATCHED);
    });
    assertBroken();
  }
}
