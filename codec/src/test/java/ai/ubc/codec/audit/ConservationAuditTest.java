package ai.ubc.codec.audit;

import static ai.ubc.domain.HolderKind.BOND_PROVIDER;
import static ai.ubc.domain.HolderKind.BOND_VALIDATOR;
import static ai.ubc.domain.HolderKind.BURNED;
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
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One small ledger, honest first; then each law is broken once, and the audit names it. */
final class ConservationAuditTest {
  private static final int TREASURY = 1;
  private static final int REQUESTER = 2;
  private static final int PROVIDER = 3;
  private static final int VALIDATOR = 4;
  private static final long JOB = 1;
  private static final long PRICE = 1;
  private static final long FEE = 2;
  private static final long CHECKING = 3;
  private static final long DEPOSIT = 4;
  private static final long BOND = 5;
  private static final long DUTY = 6;

  private final ConservationAudit audit = new ConservationAudit();
  private long seq;

  ConservationAuditTest() {
    begin();
    audit.rulesActivated(1);
    audit.accountRegistered(TREASURY, 1, 1, 1);
    audit.accountRegistered(REQUESTER, 2, 2, 2);
    move(GENESIS, 0, FREE, REQUESTER, 10_000, Cause.GENESIS);
    audit.posted(Asset.UBC, 77, GENESIS.code(), 0, FREE.code(), REQUESTER, Cause.GENESIS.code(), 0);
    audit.accountRegistered(PROVIDER, 3, 3, 3);
    move(GENESIS, 0, FREE, PROVIDER, 5_000, Cause.GENESIS);
    end();
    begin();
    audit.accountRegistered(VALIDATOR, 4, 4, 4);
    end();
    begin();
    move(FREE, PROVIDER, FREE, VALIDATOR, 1_000, Cause.TRANSFER);
    end();
    begin();
    move(FREE, PROVIDER, BOND_PROVIDER, PROVIDER, 2_000, Cause.BOND);
    end();
    begin();
    move(FREE, VALIDATOR, BOND_VALIDATOR, VALIDATOR, 600, Cause.BOND);
    end();
  }

  private void begin() {
    audit.begin(++seq, 0);
  }

  private void end() {
    audit.end(Refusal.DONE);
  }

  private void move(
      HolderKind from, long fromId, HolderKind to, long toId, long amount, Cause cause) {
    audit.posted(Asset.COMPUTE, amount, from.code(), fromId, to.code(), toId, cause.code(), 0);
  }

  private void jobMove(
      HolderKind from, long fromId, HolderKind to, long toId, long amount, Cause cause) {
    audit.posted(Asset.COMPUTE, amount, from.code(), fromId, to.code(), toId, cause.code(), JOB);
  }

  private void submit(long declaredPrice) {
    begin();
    submitted(declaredPrice);
    escrow(PRICE, LockKind.PRICE, FREE, REQUESTER, 1_000);
    escrow(FEE, LockKind.FEE, FREE, REQUESTER, 20);
    escrow(CHECKING, LockKind.CHECKING, FREE, REQUESTER, 300);
    escrow(DEPOSIT, LockKind.DEPOSIT, FREE, REQUESTER, 50);
    escrow(BOND, LockKind.PROVIDER_BOND, BOND_PROVIDER, PROVIDER, 420);
    end();
  }

  private void submitted(long declaredPrice) {
    audit.jobSubmitted(
        JOB,
        1,
        REQUESTER,
        PROVIDER,
        1,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        1,
        2,
        1,
        0,
        5,
        5,
        declaredPrice,
        20,
        300,
        50,
        420);
  }

  private void escrow(long lock, LockKind kind, HolderKind from, int payer, long amount) {
    audit.lockOpened(lock, JOB, kind.code(), payer, payer);
    jobMove(from, payer, LOCK, lock, amount, Cause.ESCROW);
  }

  private void draw(int validator) {
    begin();
    audit.drawMade(JOB, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8);
    audit.validatorDrawn(JOB, 0, validator, 600);
    escrow(DUTY, LockKind.DUTY_BOND, BOND_VALIDATOR, validator, 100);
    end();
  }

  private void settle() {
    begin();
    audit.jobJudged(JOB, JobEnding.ACCEPTED.code(), 5, 600, 600);
    jobMove(LOCK, DUTY, BOND_VALIDATOR, VALIDATOR, 100, Cause.BOND_RETURN);
    jobMove(LOCK, PRICE, FREE, PROVIDER, 900, Cause.PAY);
    jobMove(LOCK, PRICE, FREE, REQUESTER, 100, Cause.REFUND);
    jobMove(LOCK, FEE, BURNED, 0, 9, Cause.BURN);
    jobMove(LOCK, FEE, FREE, TREASURY, 9, Cause.FEE);
    jobMove(LOCK, FEE, FREE, REQUESTER, 2, Cause.REFUND);
    jobMove(LOCK, CHECKING, FREE, VALIDATOR, 250, Cause.CHECKING);
    jobMove(LOCK, CHECKING, FREE, TREASURY, 3, Cause.REMAINDER);
    jobMove(LOCK, CHECKING, FREE, REQUESTER, 47, Cause.REFUND);
    jobMove(LOCK, DEPOSIT, FREE, REQUESTER, 50, Cause.REFUND);
  }

  private void close(JobEnding ending) {
    begin();
    jobMove(LOCK, BOND, BOND_PROVIDER, PROVIDER, 420, Cause.BOND_RETURN);
    audit.jobClosed(JOB, ending.code());
    end();
  }

  private void acceptedJob() {
    submit(1_000);
    draw(VALIDATOR);
    settle();
    audit.jobSettled(JOB, 900, 18, 9, 253);
    end();
    close(JobEnding.ACCEPTED);
  }

  private void slashedJob(JobEnding ending, long depositReturned) {
    submit(1_000);
    begin();
    jobMove(LOCK, PRICE, FREE, REQUESTER, 1_000, Cause.REFUND);
    jobMove(LOCK, FEE, FREE, REQUESTER, 20, Cause.REFUND);
    jobMove(LOCK, CHECKING, FREE, REQUESTER, 300, Cause.REFUND);
    jobMove(LOCK, DEPOSIT, FREE, REQUESTER, depositReturned, Cause.REFUND);
    if (depositReturned < 50) {
      jobMove(LOCK, DEPOSIT, FREE, TREASURY, 50 - depositReturned, Cause.REMAINDER);
    }
    jobMove(LOCK, BOND, BURNED, 0, 420, Cause.SLASH);
    audit.jobSettled(JOB, 0, 0, 420, 50 - depositReturned);
    audit.jobClosed(JOB, ending.code());
    end();
  }

  private void assertBroken(String... rules) {
    assertThat(audit.isClean()).isFalse();
    assertThat(audit.violations()).extracting(Violation::rule).containsExactly(rules);
    assertThat(audit.violations().getLast().seq()).isEqualTo(seq);
    assertThat(audit.report().isClean()).isFalse();
  }

  private void assertClean() {
    assertThat(audit.violations()).isEmpty();
    assertThat(audit.isClean()).isTrue();
  }

  @Test
  void anHonestJobIsCleanAndItsReportAddsUp() {
    acceptedJob();
    assertClean();
    AuditReport report = audit.report();
    assertThat(report.lastSeq()).isEqualTo(seq);
    assertThat(report.isClean()).isTrue();
    assertThat(report.openJobs()).isZero();
    assertThat(report.assets())
        .containsExactly(
            totals(Asset.UBC, 77, 77, 0, 0, 0, 0),
            totals(Asset.COMPUTE, 15_000, 12_391, 2_000, 600, 0, 9));
    assertThat(report.assets()).allMatch(AssetTotals::isConserved);
    assertThat(report.balances())
        .containsExactly(
            new AccountBalance(TREASURY, Asset.COMPUTE, 12, 0, 0, 0),
            new AccountBalance(REQUESTER, Asset.UBC, 77, 0, 0, 0),
            new AccountBalance(REQUESTER, Asset.COMPUTE, 8_829, 0, 0, 0),
            new AccountBalance(PROVIDER, Asset.COMPUTE, 2_900, 2_000, 0, 0),
            new AccountBalance(VALIDATOR, Asset.COMPUTE, 650, 0, 600, 0));
  }

  private static AssetTotals totals(
      int asset, long genesis, long free, long provider, long validator, long locks, long burned) {
    return new AssetTotals(
        asset,
        BigInteger.valueOf(genesis),
        BigInteger.valueOf(free),
        BigInteger.valueOf(provider),
        BigInteger.valueOf(validator),
        BigInteger.valueOf(locks),
        BigInteger.valueOf(burned));
  }

  @Test
  void moneyInLocksBelongsToItsPayer() {
    submit(1_000);
    draw(VALIDATOR);
    assertClean();
    assertThat(audit.balance(REQUESTER, Asset.COMPUTE))
        .isEqualTo(new AccountBalance(REQUESTER, Asset.COMPUTE, 8_630, 0, 0, 1_370));
    assertThat(audit.balance(VALIDATOR, Asset.COMPUTE))
        .isEqualTo(new AccountBalance(VALIDATOR, Asset.COMPUTE, 400, 0, 500, 100));
    AuditReport report = audit.report();
    assertThat(report.balances()).contains(audit.balance(PROVIDER, Asset.COMPUTE));
    assertThat(report.openJobs()).isEqualTo(1);
    assertThat(report.assets().get(1).locks()).isEqualTo(1_890);
  }

  @ParameterizedTest
  @EnumSource(
      value = JobEnding.class,
      names = {"FRAUD", "WITHHELD", "ABANDONED"})
  void aFailedJobReturnsAllAndBurnsTheBond(JobEnding ending) {
    slashedJob(ending, 50);
    assertClean();
    assertThat(audit.report().assets().get(1).burned()).isEqualTo(420);
  }

  @Test
  void aFraudThatCostsTheRequesterBreaksLaw6() {
    slashedJob(JobEnding.FRAUD, 49);
    assertBroken("LAW-006");
  }

  @Test
  void aJobThatKeepsTheDepositBreaksLaw5() {
    submit(1_000);
    begin();
    jobMove(LOCK, PRICE, FREE, PROVIDER, 1_000, Cause.PAY);
    jobMove(LOCK, FEE, FREE, TREASURY, 20, Cause.FEE);
    jobMove(LOCK, CHECKING, FREE, VALIDATOR, 300, Cause.CHECKING);
    jobMove(LOCK, DEPOSIT, FREE, TREASURY, 50, Cause.REMAINDER);
    audit.jobSettled(JOB, 1_000, 20, 0, 350);
    end();
    close(JobEnding.ACCEPTED);
    assertBroken("LAW-005");
  }

  @Test
  void moneyFromNowhereBreaksLaw1() {
    begin();
    move(GENESIS, 0, FREE, PROVIDER, 1, Cause.GENESIS);
    end();
    assertBroken("LAW-001");
    assertThat(audit.violations().getFirst().toString())
        .contains("LAW-001", "15001", "15000", "seq " + seq);
  }

  @Test
  void aSecondActivationAllocatesNothing() {
    begin();
    audit.rulesActivated(2);
    move(GENESIS, 0, FREE, PROVIDER, 1, Cause.GENESIS);
    end();
    assertBroken("LAW-001");
  }

  @Test
  void moneyThatVanishesBreaksLaw1Once() {
    begin();
    move(FREE, PROVIDER, GENESIS, 0, 5, Cause.TRANSFER);
    end();
    assertBroken("LAW-001");
    begin();
    move(FREE, PROVIDER, FREE, REQUESTER, 5, Cause.TRANSFER);
    end();
    assertThat(audit.violations()).hasSize(1);
  }

  @Test
  void aNegativeHolderBreaksLaw2() {
    begin();
    move(FREE, VALIDATOR, FREE, REQUESTER, 401, Cause.TRANSFER);
    end();
    assertBroken("LAW-002");
  }

  @Test
  void anAmountThatIsNotPositiveBreaksLaw2() {
    begin();
    move(FREE, VALIDATOR, FREE, REQUESTER, 0, Cause.TRANSFER);
    end();
    assertBroken("LAW-002");
    begin();
    move(FREE, VALIDATOR, FREE, REQUESTER, -4, Cause.TRANSFER);
    end();
    assertBroken("LAW-002", "LAW-002");
    assertThat(audit.balance(REQUESTER, Asset.COMPUTE).freeMicros()).isEqualTo(10_000);
  }

  @Test
  void aBalanceThatWrapsBreaksLaw2() {
    begin();
    move(FREE, VALIDATOR, FREE, REQUESTER, Long.MAX_VALUE, Cause.TRANSFER);
    end();
    assertBroken("LAW-002");
    assertThat(audit.violations().getFirst().message()).startsWith("wraps");
    assertThat(audit.balance(VALIDATOR, Asset.COMPUTE).freeMicros()).isEqualTo(400);
  }

  @Test
  void unknownCodesBreakLaw2() {
    begin();
    audit.posted(Asset.COMPUTE, 1, 99, 1, FREE.code(), 1, Cause.TRANSFER.code(), 0);
    end();
    assertBroken("LAW-002");
  }

  @Test
  void aTransferToOneselfMovesNothing() {
    begin();
    move(FREE, PROVIDER, FREE, PROVIDER, 10, Cause.TRANSFER);
    end();
    assertClean();
    assertThat(audit.balance(PROVIDER, Asset.COMPUTE).freeMicros()).isEqualTo(2_000);
  }

  @Test
  void aLockThatIsNotEmptyAtTheEndBreaksLaw3() {
    submit(1_000);
    draw(VALIDATOR);
    settle();
    audit.jobSettled(JOB, 900, 18, 9, 253);
    end();
    begin();
    audit.jobClosed(JOB, JobEnding.ACCEPTED.code());
    end();
    assertBroken("LAW-003");
  }

  @Test
  void aJobThatClosesTwiceBreaksLaw3() {
    acceptedJob();
    begin();
    audit.jobClosed(JOB, JobEnding.ACCEPTED.code());
    end();
    assertBroken("LAW-003");
  }

  @Test
  void aJobThatClosesUnsettledBreaksLaw3() {
    begin();
    submitted(0);
    audit.jobClosed(JOB, JobEnding.UNCHECKED.code());
    end();
    assertBroken("LAW-003");
  }

  @Test
  void aJobThatSettlesTwiceBreaksLaw3() {
    submit(1_000);
    draw(VALIDATOR);
    settle();
    audit.jobSettled(JOB, 900, 18, 9, 253);
    audit.jobSettled(JOB, 900, 18, 9, 253);
    end();
    assertBroken("LAW-003");
  }

  @Test
  void payAfterTheSettlementBreaksLaw3() {
    submit(1_000);
    draw(VALIDATOR);
    settle();
    audit.jobSettled(JOB, 900, 18, 9, 253);
    jobMove(LOCK, BOND, FREE, PROVIDER, 1, Cause.PAY);
    end();
    assertBroken("LAW-003");
  }

  @Test
  void locksAndMoneyOfJobsThatAreNotOpenBreakLaw3() {
    acceptedJob();
    begin();
    audit.lockOpened(7, JOB, LockKind.PRICE.code(), REQUESTER, REQUESTER);
    audit.lockReassigned(PRICE, PROVIDER);
    jobMove(FREE, REQUESTER, FREE, PROVIDER, 1, Cause.PAY);
    end();
    assertBroken("LAW-003", "LAW-003", "LAW-003");
  }

  @Test
  void burningUnderAnotherNameBreaksLaw4() {
    begin();
    move(FREE, REQUESTER, BURNED, 0, 1, Cause.TRANSFER);
    end();
    assertBroken("LAW-004");
  }

  @Test
  void aBurnThatPaysSomebodyBreaksLaw4() {
    begin();
    move(FREE, REQUESTER, FREE, PROVIDER, 1, Cause.BURN);
    end();
    assertBroken("LAW-004");
  }

  @Test
  void whatIsBurnedStaysBurned() {
    acceptedJob();
    begin();
    move(BURNED, 0, FREE, PROVIDER, 1, Cause.TRANSFER);
    end();
    assertBroken("LAW-004");
  }

  @Test
  void aClaimedBurnThatWasNotPostedBreaksLaw4() {
    submit(1_000);
    draw(VALIDATOR);
    settle();
    audit.jobSettled(JOB, 900, 18, 10, 253);
    end();
    assertBroken("LAW-004");
  }

  @Test
  void claimsThatWereNotPostedBreakTheSettlementRule() {
    submit(1_000);
    draw(VALIDATOR);
    settle();
    audit.jobSettled(JOB, 901, 17, 9, 252);
    end();
    assertBroken("SET-001", "SET-001", "SET-001");
  }

  @Test
  void moneyPaidToAnotherBreaksTheSettlementRule() {
    submit(1_000);
    draw(VALIDATOR);
    begin();
    jobMove(LOCK, PRICE, FREE, VALIDATOR, 1, Cause.PAY);
    jobMove(LOCK, PRICE, FREE, VALIDATOR, 1, Cause.REFUND);
    jobMove(LOCK, DUTY, BOND_VALIDATOR, PROVIDER, 1, Cause.BOND_RETURN);
    jobMove(LOCK, PRICE, FREE, VALIDATOR, 1, Cause.TRANSFER);
    end();
    assertBroken("SET-001", "SET-001", "SET-002", "SET-004");
  }

  @Test
  void anEscrowThatDiffersFromItsDeclarationIsNamed() {
    submit(1_001);
    assertBroken("JOB-005");
  }

  @Test
  void anEscrowPaidBySomebodyElseIsNamed() {
    begin();
    submitted(1_000);
    audit.lockOpened(PRICE, JOB, LockKind.PRICE.code(), REQUESTER, REQUESTER);
    jobMove(FREE, PROVIDER, LOCK, PRICE, 1_000, Cause.ESCROW);
    escrow(FEE, LockKind.FEE, FREE, REQUESTER, 20);
    escrow(CHECKING, LockKind.CHECKING, FREE, REQUESTER, 300);
    escrow(DEPOSIT, LockKind.DEPOSIT, FREE, REQUESTER, 50);
    escrow(BOND, LockKind.PROVIDER_BOND, BOND_PROVIDER, PROVIDER, 420);
    end();
    assertBroken("JOB-005");
  }

  @Test
  void anotherJobsLockOrAnotherAssetIsNamed() {
    submit(1_000);
    begin();
    move(FREE, REQUESTER, LOCK, DEPOSIT, 1, Cause.ESCROW);
    move(LOCK, DEPOSIT, FREE, REQUESTER, 1, Cause.TRANSFER);
    audit.posted(
        Asset.UBC, 7, FREE.code(), REQUESTER, LOCK.code(), DEPOSIT, Cause.ESCROW.code(), JOB);
    end();
    assertBroken("SET-004", "SET-004", "SET-004");
  }

  @Test
  void aJudgeThatIsAPartyBreaksLaw7() {
    submit(1_000);
    begin();
    audit.validatorDrawn(JOB, 0, PROVIDER, 5);
    audit.validatorDrawn(JOB, 0, REQUESTER, 5);
    audit.validatorDrawn(9, 0, VALIDATOR, 5);
    end();
    assertBroken("LAW-007", "LAW-007", "LAW-007");
  }

  @Test
  void numbersAreDenseAndHoldersExist() {
    begin();
    audit.accountRegistered(9, 9, 9, 9);
    move(FREE, REQUESTER, FREE, 10, 1, Cause.TRANSFER);
    move(FREE, REQUESTER, BURNED, 1, 1, Cause.SLASH);
    move(FREE, REQUESTER, LOCK, 44, 1, Cause.ESCROW);
    audit.posted(
        Asset.UBC,
        1,
        FREE.code(),
        REQUESTER,
        BOND_PROVIDER.code(),
        REQUESTER,
        Cause.BOND.code(),
        0);
    end();
    assertBroken("NUM-001", "NUM-001", "NUM-001", "NUM-001", "NUM-001");
  }

  @Test
  void aRefusedEntryWithEventsIsNamed() {
    begin();
    move(FREE, REQUESTER, FREE, PROVIDER, 1, Cause.TRANSFER);
    audit.end(Refusal.INSUFFICIENT_FUNDS.number());
    assertBroken("REFUSED");
  }

  @Test
  void aRefusedEntryWithoutEventsIsFine() {
    begin();
    audit.end(Refusal.INSUFFICIENT_FUNDS.number());
    assertClean();
  }

  @Test
  void aGapInTheJournalIsNamed() {
    seq += 5;
    begin();
    end();
    assertBroken("SEQ");
  }

  @Test
  void eventsWithoutMoneyChangeNothing() {
    AuditReport before = audit.report();
    begin();
    audit.offerPlaced(1, PROVIDER, 1, 5, 5);
    audit.offerTaken(1, 1, 2, 3);
    audit.leaseOpened(1, 1, PROVIDER, REQUESTER, 1, 5, 2);
    audit.offerCancelled(1, 3);
    audit.jobStateChanged(1, 0, 1, 9);
    audit.resultCommitted(1, 1, 1, 1, 1, 2, 2, 2, 2);
    audit.secretRevealed(1, 1, 1, 1, 1);
    audit.beaconOpened(1, 1, 1, 1, 1, 2, 2, 2, 2);
    audit.verdictSealed(1, 0, VALIDATOR, 1, 1, 1, 1);
    audit.resultOpened(1, 1, 1, 1, 1, 5, 2, 2, 2, 2, 3, 3, 3, 3);
    audit.verdictOpened(1, 0, VALIDATOR, 1, 1, 1, 1, 1, 5);
    audit.outageRecorded(5);
    end();
    assertThat(audit.report().balances()).isEqualTo(before.balances());
    assertThat(audit.report().assets()).isEqualTo(before.assets());
    begin();
    audit.outageRecorded(5);
    audit.end(Refusal.NOT_DUE.number());
    assertBroken("REFUSED");
  }

  @Test
  void manyViolationsAreCountedAndTheFirstKept() {
    int many = ConservationAudit.VIOLATIONS_KEPT + 5;
    begin();
    for (int i = 0; i < many; i++) {
      audit.jobClosed(99, 1);
    }
    end();
    assertThat(audit.report().violationCount()).isEqualTo(many);
    assertThat(audit.report().violations()).hasSize(ConservationAudit.VIOLATIONS_KEPT);
  }
}
