package ai.ubc.engine;

import static ai.ubc.engine.JobRig.BOND;
import static ai.ubc.engine.JobRig.FIRST_VALIDATOR;
import static ai.ubc.engine.JobRig.INPUT;
import static ai.ubc.engine.JobRig.OUTSIDER;
import static ai.ubc.engine.JobRig.PRICE;
import static ai.ubc.engine.JobRig.PROGRAM;
import static ai.ubc.engine.JobRig.PROVIDER;
import static ai.ubc.engine.JobRig.REQUESTER;
import static ai.ubc.engine.JobRig.UNITS;
import static ai.ubc.engine.JobRig.VALIDATORS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("JOB-001 to JOB-005: submitting")
class SubmissionTest {
  private static final int NONE = Tier.NONE.code();
  private static final int QUORUM = Tier.QUORUM.code();
  private static final int PROVIDER_ROLE = Role.PROVIDER.code();
  private static final int VALIDATOR_ROLE = Role.VALIDATOR.code();
  private static final long DAY_MS = 86_400_000;

  private final JobRig jobs = new JobRig();
  private final Rig rig = jobs.rig;

  private void refused(Refusal refusal, JobForm form) {
    rig.refused(refusal, REQUESTER, form.command());
  }

  @Test
  @DisplayName("JOB-001: the fields are checked in order")
  void fieldsAreCheckedInOrder() {
    GenesisParameters parameters = rig.parameters();
    JobForm form = new JobForm();
    form.maxCost = 0;
    form.resourceClass = 2;
    form.limitPrice = 0;
    form.units = 0;
    form.tier = 1;
    form.validators = 99;
    form.items = 0;
    form.policy = 3;
    form.runWindowMs = 0;
    form.waitMs = -1;
    form.program = Hash32.ZERO;
    form.input = Hash32.ZERO;
    form.secretHash = Hash32.ZERO;
    refused(Refusal.INVALID_AMOUNT, form);
    form.maxCost = 1;
    refused(Refusal.INVALID_CLASS, form);
    form.resourceClass = 1;
    refused(Refusal.INVALID_PRICE, form);
    form.limitPrice = parameters.priceMicrosMax() + 1;
    refused(Refusal.INVALID_PRICE, form);
    form.limitPrice = parameters.priceMicrosMax();
    refused(Refusal.INVALID_QUANTITY, form);
    form.units = parameters.unitsMax() + 1;
    refused(Refusal.INVALID_QUANTITY, form);
    form.units = parameters.unitsMax();
    refused(Refusal.INVALID_TIER, form);
    form.tier = NONE;
    refused(Refusal.INVALID_VALIDATORS, form);
    form.tier = QUORUM;
    refused(Refusal.INVALID_VALIDATORS, form);
    form.validators = parameters.validatorsMax() + 1;
    refused(Refusal.INVALID_VALIDATORS, form);
    form.validators = 0;
    refused(Refusal.INVALID_VALIDATORS, form);
    form.validators = parameters.validatorsMax();
    refused(Refusal.INVALID_ITEMS, form);
    form.items = parameters.itemsMax() + 1;
    refused(Refusal.INVALID_ITEMS, form);
    form.items = parameters.itemsMax();
    refused(Refusal.INVALID_POLICY, form);
    form.policy = 2;
    refused(Refusal.INVALID_POLICY, form);
    form.policy = 0;
    refused(Refusal.INVALID_WINDOW, form);
    form.runWindowMs = parameters.runWindowMaxMs() + 1;
    refused(Refusal.INVALID_WINDOW, form);
    form.runWindowMs = parameters.runWindowMaxMs();
    refused(Refusal.INVALID_WINDOW, form);
    form.units = JobWindows.unitsMax(parameters);
    refused(Refusal.INVALID_WAIT, form);
    form.waitMs = Long.MIN_VALUE;
    refused(Refusal.INVALID_WAIT, form);
    form.waitMs = 7 * DAY_MS + 1;
    refused(Refusal.INVALID_WAIT, form);
    form.waitMs = 7 * DAY_MS;
    refused(Refusal.INVALID_HASH, form);
    form.program = PROGRAM;
    refused(Refusal.INVALID_HASH, form);
    form.input = INPUT;
    refused(Refusal.INVALID_HASH, form);
    form.secretHash = JobRig.ROOT;
    form.waitMs = 0;
    refused(Refusal.NO_OFFER, form);
  }

  @Test
  @DisplayName("JOB-001: a job for its parties only can not ask for a quorum")
  void partiesOnlyNeedsTierNone() {
    JobForm form = JobForm.plain();
    form.policy = 2;
    rig.done(REQUESTER, form.command());
  }

  @Test
  @DisplayName("JOB-002: open jobs are bounded")
  void openJobsAreBounded() {
    JobRig small =
        new JobRig(
            new Rig(TestParameters.with(Map.of()), new EngineLimits(100, 10, 2, 500, 10)),
            VALIDATORS);
    small.submit(JobRig.plainJob());
    small.submit(JobRig.plainJob());
    JobForm form = JobForm.plain();
    form.limitPrice = 1;
    small.rig.refused(Refusal.LIMIT_REACHED, REQUESTER, form.command());
    small.passMs(60_000);
    small.rig.refused(Refusal.NO_OFFER, REQUESTER, form.command());
    small.submit(JobRig.plainJob());
  }

  @Test
  @DisplayName("JOB-002: an offer fits by price, remaining units, owner and bond")
  void anOfferMustFit() {
    rig.done(PROVIDER, new Command.CancelOffer(1));
    refused(Refusal.NO_OFFER, JobForm.plain());
    rig.done(PROVIDER, new Command.PlaceOffer(1, PRICE + 1, UNITS));
    refused(Refusal.NO_OFFER, JobForm.plain());
    rig.done(PROVIDER, new Command.PlaceOffer(1, PRICE, UNITS - 1));
    refused(Refusal.NO_OFFER, JobForm.plain());
    rig.done(REQUESTER, new Command.Bond(PROVIDER_ROLE, BOND));
    rig.done(REQUESTER, new Command.PlaceOffer(1, PRICE, UNITS));
    refused(Refusal.NO_OFFER, JobForm.plain());
    // S is 10 % of a price of 10 COMPUTE.
    rig.done(OUTSIDER, new Command.Bond(PROVIDER_ROLE, 999_999));
    rig.done(OUTSIDER, new Command.PlaceOffer(1, PRICE, UNITS));
    refused(Refusal.NO_OFFER, JobForm.plain());
    rig.done(OUTSIDER, new Command.Bond(PROVIDER_ROLE, 1));
    rig.done(REQUESTER, JobForm.plain().command());
    assertThat(rig.eventsOf(Event.OfferTaken.class).getFirst().order()).isEqualTo(5);
  }

  @Test
  @DisplayName("JOB-002: the bond is judged at the offer's own price")
  void theBondIsJudgedAtTheOffersPrice() {
    rig.done(OUTSIDER, new Command.Bond(PROVIDER_ROLE, 500_000));
    rig.done(OUTSIDER, new Command.PlaceOffer(1, PRICE / 2, UNITS));
    rig.done(REQUESTER, JobForm.plain().command());
    assertThat(rig.eventsOf(Event.OfferTaken.class).getFirst().order()).isEqualTo(2);
  }

  @Test
  @DisplayName("JOB-002: the first offer whose bond fits its own price is taken, behind any others")
  void bondsThatAreTooSmallArePassedOver() {
    int[] providers = {OUTSIDER, OUTSIDER + 1, FIRST_VALIDATOR, FIRST_VALIDATOR + 1};
    // Needed are 500,000, then 600,000, then 700,000.
    long[] bonds = {100_000, 599_999, 700_000, 900_000};
    for (int i = 0; i < providers.length; i++) {
      rig.done(providers[i], new Command.Bond(PROVIDER_ROLE, bonds[i]));
      rig.done(providers[i], new Command.PlaceOffer(1, PRICE / 2 + i * PRICE / 10, UNITS));
    }
    rig.done(REQUESTER, JobForm.plain().command());
    assertThat(rig.eventsOf(Event.OfferTaken.class).getFirst().order()).isEqualTo(4);
  }

  @Test
  @DisplayName("JOB-002: a job looks at 256 offers and no more")
  void aJobLooksAt256Offers() {
    Rig big = new Rig(TestParameters.with(Map.of()), new EngineLimits(100, 1_000, 10, 10_000, 10));
    JobRig market = new JobRig(big, VALIDATORS);
    int[] providers = {4, 5, 6, 7};
    for (int provider : providers) {
      big.done(provider, new Command.Bond(PROVIDER_ROLE, BOND));
      for (int i = 0; i < 64 - (provider == 7 ? 1 : 0); i++) {
        big.done(provider, new Command.PlaceOffer(1, PRICE - 1, UNITS - 1));
      }
    }
    // 255 offers that are too small stand before the one that fits.
    market.submit(JobRig.plainJob());
    big.done(7, new Command.PlaceOffer(1, PRICE - 1, UNITS - 1));
    big.refused(Refusal.NO_OFFER, REQUESTER, JobRig.plainJob());
  }

  @Test
  @DisplayName("JOB-003: cost, validators and funds are checked in this order at the offer's price")
  void costValidatorsAndFundsAreCheckedInOrder() {
    rig.done(REQUESTER, new Command.Transfer(PROVIDER, Asset.COMPUTE, Rig.FUNDS - 48_199_999));
    JobForm form = new JobForm();
    form.limitPrice = 3 * PRICE;
    form.validators = VALIDATORS + 1;
    // P 10, fee 0.2, V 1.25 · 8 · 10.
    form.maxCost = 110_199_999;
    refused(Refusal.COST_LIMIT, form);
    form.maxCost++;
    refused(Refusal.NO_VALIDATORS, form);
    form.validators = 3;
    // And a deposit of 0.5.
    refused(Refusal.INSUFFICIENT_FUNDS, form);
    rig.done(PROVIDER, new Command.Transfer(REQUESTER, Asset.COMPUTE, 1));
    rig.done(REQUESTER, form.command());
    assertThat(rig.free(REQUESTER)).isZero();
  }

  @Test
  @DisplayName("JOB-003, NUM-006: what does not fit 64 bits is beyond any bond, and halts nothing")
  void amountsBeyond64BitsAreBeyondAnyBond() {
    long years = 1L << 40;
    Rig patient = new Rig(TestParameters.with(Map.of("runWindowMaxMs", years)), Rig.LIMITS);
    Rig market = new JobRig(patient, VALIDATORS).rig;
    long priceMax = market.parameters().priceMicrosMax();
    market.done(PROVIDER, new Command.PlaceOffer(1, priceMax, market.parameters().unitsMax()));
    market.done(PROVIDER, new Command.CancelOffer(1));
    JobForm form = new JobForm();
    form.limitPrice = priceMax;
    form.units = market.parameters().unitsMax();
    form.validators = market.parameters().validatorsMax();
    form.maxCost = Long.MAX_VALUE;
    form.runWindowMs = years;
    market.refused(Refusal.NO_OFFER, REQUESTER, form.command());
  }

  @Test
  @DisplayName("JOB-004: parties, and those whose free bond is below D, are not eligible")
  void whoIsEligible() {
    JobRig few = new JobRig(new Rig(TestParameters.with(Map.of()), Rig.LIMITS), 2);
    few.rig.done(REQUESTER, new Command.Bond(VALIDATOR_ROLE, BOND));
    few.rig.done(PROVIDER, new Command.Bond(VALIDATOR_ROLE, BOND));
    // D is 10 % of a price of 10 COMPUTE.
    few.rig.done(OUTSIDER, new Command.Bond(VALIDATOR_ROLE, 999_999));
    few.rig.refused(Refusal.NO_VALIDATORS, REQUESTER, new JobForm().command());
    few.rig.done(OUTSIDER, new Command.Bond(VALIDATOR_ROLE, 1));
    few.rig.done(REQUESTER, new JobForm().command());
  }

  @Test
  @DisplayName("JOB-004: without a duty bond an eligible validator still has the least bond")
  void withoutADutyBondABondIsStillNeeded() {
    JobRig few = new JobRig(new Rig(TestParameters.with(Map.of("dutyBondPpm", 0)), Rig.LIMITS), 2);
    few.rig.refused(Refusal.NO_VALIDATORS, REQUESTER, new JobForm().command());
    few.rig.done(OUTSIDER, new Command.Bond(VALIDATOR_ROLE, 1_000));
    few.rig.nowMs += few.rig.parameters().bondUnlockMs();
    few.rig.done(OUTSIDER, new Command.Unbond(VALIDATOR_ROLE, 1));
    few.rig.refused(Refusal.NO_VALIDATORS, REQUESTER, new JobForm().command());
    few.rig.done(OUTSIDER, new Command.Bond(VALIDATOR_ROLE, 1));
    few.rig.done(REQUESTER, new JobForm().command());
  }

  @Test
  @DisplayName("JOB-005: a submission takes the offer, opens the lease and locks the escrow")
  void eventsOfASubmission() {
    assertThat(rig.done(REQUESTER, new JobForm().command())).isEqualTo(expectedOfSubmission());
    assertThat(rig.engine.nextDeadlineMs()).isEqualTo(rig.nowMs + 60_000);
    assertThat(rig.engine.openJobs()).isOne();
    assertThat(rig.engine.balanceMicros(HolderKind.LOCK, 3, Asset.COMPUTE)).isEqualTo(37_500_000);
  }

  private List<Event> expectedOfSubmission() {
    long remaining = 1_000_000_000_000_000L - UNITS;
    List<Event> expected = new ArrayList<>();
    expected.add(new Event.OfferTaken(1, 1, UNITS, remaining));
    expected.add(new Event.LeaseOpened(1, 1, PROVIDER, REQUESTER, 1, PRICE, UNITS));
    expected.add(
        new Event.JobSubmitted(
            1,
            1,
            REQUESTER,
            PROVIDER,
            PROGRAM,
            INPUT,
            JobRig.ROOT,
            1,
            QUORUM,
            3,
            1,
            UNITS,
            PRICE,
            10_000_000,
            200_000,
            37_500_000,
            500_000,
            38_700_000));
    LockKind[] kinds = {
      LockKind.PRICE, LockKind.FEE, LockKind.CHECKING, LockKind.DEPOSIT, LockKind.PROVIDER_BOND
    };
    long[] amounts = {10_000_000, 200_000, 37_500_000, 500_000, 38_700_000};
    for (int i = 0; i < kinds.length; i++) {
      boolean isBond = kinds[i] == LockKind.PROVIDER_BOND;
      int payer = isBond ? PROVIDER : REQUESTER;
      HolderKind from = isBond ? HolderKind.BOND_PROVIDER : HolderKind.FREE;
      expected.add(new Event.LockOpened(i + 1, 1, kinds[i].code(), payer, payer));
      expected.add(
          new Event.Posted(
              Asset.COMPUTE,
              amounts[i],
              from.code(),
              payer,
              HolderKind.LOCK.code(),
              i + 1,
              Cause.ESCROW.code(),
              1));
    }
    expected.add(new Event.JobStateChanged(1, 0, JobState.LEASED.code(), rig.nowMs + 60_000));
    return expected;
  }

  @Test
  @DisplayName("JOB-005: an offer that is used up leaves the book")
  void anOfferThatIsUsedUpLeavesTheBook() {
    rig.done(PROVIDER, new Command.PlaceOffer(1, PRICE - 1, 2 * UNITS));
    for (long remaining : new long[] {UNITS, 0}) {
      rig.done(REQUESTER, JobForm.plain().command());
      assertThat(rig.eventsOf(Event.OfferTaken.class).getFirst().order()).isEqualTo(2);
      assertThat(rig.eventsOf(Event.OfferTaken.class).getFirst().remainingUnits())
          .isEqualTo(remaining);
    }
    rig.refused(Refusal.UNKNOWN_ORDER, PROVIDER, new Command.CancelOffer(2));
    rig.done(REQUESTER, JobForm.plain().command());
    assertThat(rig.eventsOf(Event.OfferTaken.class).getFirst().order()).isEqualTo(1);
  }

  @Test
  @DisplayName("NUM-003: amounts of 0 open no lock and make no posting")
  void amountsOfZeroOpenNoLock() {
    JobRig free =
        new JobRig(
            TestParameters.with(Map.of("feePpm", 0, "burnPpm", 0, "depositPpm", 0, "bondPpm", 0)));
    long job = free.submit(JobRig.plainJob());
    assertThat(free.rig.eventsOf(Event.LockOpened.class))
        .containsExactly(new Event.LockOpened(1, job, LockKind.PRICE.code(), REQUESTER, REQUESTER));
    assertThat(free.rig.eventsOf(Event.Posted.class)).hasSize(1);
    free.rig.done(PROVIDER, free.commitTo(job, JobRig.ROOT, UNITS));
    free.openResult(job, JobRig.ROOT, UNITS);
    List<Event> last = free.passMs(free.rig.parameters().disputeWindowMs());
    assertThat(last).filteredOn(Event.Posted.class::isInstance).hasSize(1);
    assertThat(last).contains(new Event.JobSettled(job, 10_000_000, 0, 0, 0));
  }

  @Test
  void rolesDoNotExcludeEachOther() {
    rig.done(FIRST_VALIDATOR, new JobForm().command());
  }
}
