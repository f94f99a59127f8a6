package ai.ubc.domain.rules;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Tier;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JobAmountsTest {
  private static final GenesisParameters P = GenesisParameters.production();
  private static final long COMPUTE = 1_000_000;

  @Test
  void aPriceIsHeldRoundedUpAndAtLeastTheMinimum() {
    assertThat(JobAmounts.priceHeldRoundedUp(P, 5_000_000, 2 * COMPUTE)).isEqualTo(10 * COMPUTE);
    assertThat(JobAmounts.priceHeldRoundedUp(P, 1_000_001, 2 * COMPUTE)).isEqualTo(2_000_002);
    assertThat(JobAmounts.priceHeldRoundedUp(P, 1_000_001, 1_999_999)).isEqualTo(2_000_001);
    assertThat(JobAmounts.priceHeldRoundedUp(P, 1, 1)).isEqualTo(10_000);
  }

  @Test
  void payFeeBurnDepositAndBondsAreTheGenesisRatesOfTheirBase() {
    assertThat(JobAmounts.payRoundedDown(P, 1_000_001, 1_999_999)).isEqualTo(2_000_000);
    assertThat(JobAmounts.payRoundedDown(P, 0, 1_999_999)).isEqualTo(10_000);
    assertThat(JobAmounts.payRoundedDown(P, 399, 25_062_656)).isEqualTo(10_000);
    assertThat(JobAmounts.feeRoundedUp(P, 10 * COMPUTE)).isEqualTo(200_000);
    assertThat(JobAmounts.feeRoundedUp(P, 1)).isEqualTo(1);
    assertThat(JobAmounts.burnRoundedDown(P, 10 * COMPUTE)).isEqualTo(100_000);
    assertThat(JobAmounts.burnRoundedDown(P, 99)).isZero();
    assertThat(JobAmounts.depositRoundedUp(P, 10 * COMPUTE)).isEqualTo(500_000);
    assertThat(JobAmounts.dutyBondRoundedUp(P, 10_001)).isEqualTo(1_001);
    assertThat(JobAmounts.checkingRoundedUp(P, 10_001, 1)).isEqualTo(12_502);
    assertThat(JobAmounts.checkingRoundedUp(P, 10 * COMPUTE, 3)).isEqualTo(37_500_000);
    assertThat(JobAmounts.checkingRoundedUp(P, 10 * COMPUTE, 0)).isZero();
    assertThat(JobAmounts.checkingRoundedDown(P, 10_001, 1)).isEqualTo(12_501);
  }

  @Test
  void theBondCoversFeeAndCheckingWhereAQuorumChecks() {
    assertThat(JobAmounts.providerBondRoundedUp(P, Tier.NONE, 10 * COMPUTE, 0)).isEqualTo(COMPUTE);
    assertThat(JobAmounts.providerBondRoundedUp(P, Tier.QUORUM, 10 * COMPUTE, 3))
        .isEqualTo(COMPUTE + 200_000 + 37_500_000);
    assertThat(JobAmounts.mostPayable(P, 10 * COMPUTE, 3)).isEqualTo(47_700_000);
  }

  @Test
  void noAmountIsEverPaidAboveWhatIsHeld() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 50_000; i++) {
      long price = 1 + (random.nextLong(P.priceMicrosMax()) >>> random.nextInt(30));
      long unitsMax = 1 + (random.nextLong(P.unitsMax()) >>> random.nextInt(50));
      long units = random.nextLong(unitsMax + 1);
      int validators = random.nextInt(4);
      long held = JobAmounts.priceHeldRoundedUp(P, unitsMax, price);
      long pay = JobAmounts.payRoundedDown(P, units, price);
      assertThat(pay).isBetween(0L, held);
      assertThat(JobAmounts.feeRoundedUp(P, pay))
          .isLessThanOrEqualTo(JobAmounts.feeRoundedUp(P, held));
      assertThat(JobAmounts.burnRoundedDown(P, pay))
          .isLessThanOrEqualTo(JobAmounts.feeRoundedUp(P, pay));
      assertThat(JobAmounts.checkingRoundedDown(P, pay, validators))
          .isLessThanOrEqualTo(JobAmounts.checkingRoundedUp(P, held, validators));
    }
  }

  @Test
  void whatDoesNotFitALongIsMoreThanAnybodyHolds() {
    long held = JobAmounts.priceHeldRoundedUp(P, P.unitsMax(), P.priceMicrosMax());
    assertThat(held).isEqualTo(1_000_000_000_000_000_000L);
    assertThat(JobAmounts.checkingRoundedUp(P, held, 15)).isEqualTo(Long.MAX_VALUE);
    assertThat(JobAmounts.mostPayable(P, held, 15)).isEqualTo(Long.MAX_VALUE);
    assertThat(JobAmounts.providerBondRoundedUp(P, Tier.QUORUM, held, 15))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void unitsWithinABudgetAreTheMostThatItPaysFor() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 5_000; i++) {
      long budget = (random.nextLong() >>> 1) >>> random.nextInt(60);
      long price = 1 + (random.nextLong(P.priceMicrosMax()) >>> random.nextInt(20));
      int validators = random.nextInt(16);
      long units = JobAmounts.unitsWithin(P, budget, price, validators);
      String inputs = budget + " at " + price + " with " + validators;
      assertThat(units == 0 || fits(budget, price, validators, units)).as(inputs).isTrue();
      assertThat(units < JobWindows.unitsMax(P) && fits(budget, price, validators, units + 1))
          .as(inputs)
          .isFalse();
    }
  }

  private static boolean fits(long budget, long price, int validators, long units) {
    long most =
        JobAmounts.mostPayable(P, JobAmounts.priceHeldRoundedUp(P, units, price), validators);
    return most <= budget && most < Long.MAX_VALUE;
  }

  @Test
  void aBudgetBelowTheMinimumPriceBuysNothingAndAHugeOneEverything() {
    assertThat(JobAmounts.unitsWithin(P, 10_199, 1, 0)).isZero();
    assertThat(JobAmounts.unitsWithin(P, 10_200, 1, 0)).isEqualTo(10_000_000_000L);
    assertThat(JobAmounts.unitsWithin(P, Long.MAX_VALUE, 1, 0)).isEqualTo(JobWindows.unitsMax(P));
    GenesisParameters patient = withRunWindowMax(1L << 40);
    long units = JobAmounts.unitsWithin(patient, Long.MAX_VALUE, P.priceMicrosMax(), 15);
    assertThat(units).isPositive().isLessThan(JobWindows.unitsMax(patient));
  }

  @Test
  void thePriceWithinABudgetIsTheHighestThatItPaysFor() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 5_000; i++) {
      long budget = (random.nextLong() >>> 1) >>> random.nextInt(60);
      long units = 1 + (random.nextLong(JobWindows.unitsMax(P)) >>> random.nextInt(30));
      int validators = random.nextInt(16);
      long price = JobAmounts.priceWithin(P, budget, units, validators);
      String inputs = budget + " for " + units + " with " + validators;
      assertThat(price == 0 || fits(budget, price, validators, units)).as(inputs).isTrue();
      assertThat(price < P.priceMicrosMax() && fits(budget, price + 1, validators, units))
          .as(inputs)
          .isFalse();
    }
  }

  @Test
  void aBudgetBelowTheMinimumPriceHasNoPriceAndAHugeOneTheHighest() {
    assertThat(JobAmounts.priceWithin(P, 10_199, 1, 0)).isZero();
    assertThat(JobAmounts.priceWithin(P, 10_200, 1_000_000, 0)).isEqualTo(10_000);
    assertThat(JobAmounts.priceWithin(P, Long.MAX_VALUE, 1, 0)).isEqualTo(P.priceMicrosMax());
    assertThat(JobAmounts.priceWithin(P, Long.MAX_VALUE, P.unitsMax(), 15))
        .isPositive()
        .isLessThan(P.priceMicrosMax());
  }

  @Test
  void aRequesterHoldsTheMostPayableAndTheDeposit() {
    long price = 10_000_000;
    // Fee 2 %, checking 125 % a validator, deposit 5 %.
    assertThat(JobAmounts.heldOfRequester(P, price, 0)).isEqualTo(10_700_000);
    assertThat(JobAmounts.heldOfRequester(P, price, 3)).isEqualTo(48_200_000);
    assertThat(JobAmounts.heldOfRequester(P, Long.MAX_VALUE, 15)).isEqualTo(Long.MAX_VALUE);
  }

  private static GenesisParameters withRunWindowMax(long windowMs) {
    return new GenesisParameters(
        P.minimumPriceMicros(),
        P.feePpm(),
        P.burnPpm(),
        P.depositPpm(),
        P.bondPpm(),
        P.checkingPpm(),
        P.dutyBondPpm(),
        P.bondMinMicros(),
        P.agreement(),
        P.validatorsMin(),
        P.validatorsMax(),
        P.redrawsMax(),
        P.itemsMax(),
        P.unitsMax(),
        P.priceMicrosMax(),
        P.unitsPerSecondMin(),
        P.runWindowMinMs(),
        windowMs,
        P.secretWindowMs(),
        P.beaconWindowMs(),
        P.sealWindowMs(),
        P.openWindowMs(),
        P.disputeWindowMs(),
        P.bondUnlockMs(),
        P.notAfterMaxMs(),
        P.pendingPerSignerMax());
  }
}
