package ai.ubc.testkit.twin;

import static ai.ubc.domain.Refusal.COST_LIMIT;
import static ai.ubc.domain.Refusal.DONE;
import static ai.ubc.domain.Refusal.INSUFFICIENT_BOND;
import static ai.ubc.domain.Refusal.INSUFFICIENT_FUNDS;
import static ai.ubc.domain.Refusal.INVALID_AMOUNT;
import static ai.ubc.domain.Refusal.INVALID_CLASS;
import static ai.ubc.domain.Refusal.INVALID_HASH;
import static ai.ubc.domain.Refusal.INVALID_ITEMS;
import static ai.ubc.domain.Refusal.INVALID_POLICY;
import static ai.ubc.domain.Refusal.INVALID_PRICE;
import static ai.ubc.domain.Refusal.INVALID_QUANTITY;
import static ai.ubc.domain.Refusal.INVALID_TIER;
import static ai.ubc.domain.Refusal.INVALID_VALIDATORS;
import static ai.ubc.domain.Refusal.INVALID_WINDOW;
import static ai.ubc.domain.Refusal.LIMIT_REACHED;
import static ai.ubc.domain.Refusal.NO_OFFER;
import static ai.ubc.domain.Refusal.NO_VALIDATORS;
import static ai.ubc.domain.Refusal.UNKNOWN_ORDER;

import ai.ubc.domain.Command.SubmitJob;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Tier;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;

/** Offers, and jobs bought from them (OFR-001 to OFR-003, JOB-001 to JOB-005). */
final class NaiveMarket {
  private static final int CLASS_WASI = 1;
  private static final int OFFERS_PER_ACCOUNT = 64;
  private static final int OFFERS_LOOKED_AT = 256;

  private final NaiveState state;
  private final GenesisParameters parameters;
  private final NaiveAmounts amounts;
  private final NaiveMandates mandates;

  NaiveMarket(NaiveState state, NaiveMandates mandates) {
    this.state = state;
    this.mandates = mandates;
    this.parameters = state.genesis.parameters();
    this.amounts = state.amounts;
  }

  private static boolean within(long value, long most) {
    return value >= 1 && value <= most;
  }

  int placeOffer(int account, int resourceClass, long priceMicros, long quantityUnits) {
    if (resourceClass != CLASS_WASI) {
      return INVALID_CLASS.number();
    }
    if (!within(priceMicros, parameters.priceMicrosMax())) {
      return INVALID_PRICE.number();
    }
    if (!within(quantityUnits, parameters.unitsMax())) {
      return INVALID_QUANTITY.number();
    }
    long open = state.openOffers(account);
    BigInteger least =
        BigInteger.valueOf(parameters.bondMinMicros()).multiply(BigInteger.valueOf(open + 1));
    if (state.balance(NaiveState.providerBond(account)).compareTo(least) < 0) {
      return INSUFFICIENT_BOND.number();
    }
    if (open >= OFFERS_PER_ACCOUNT || state.offers.size() >= state.capacity.openOffers()) {
      return LIMIT_REACHED.number();
    }
    long number = ++state.lastOrder;
    state.offers.put(
        number, new NaiveOffer(number, account, resourceClass, priceMicros, quantityUnits));
    state.sink.offerPlaced(number, account, resourceClass, priceMicros, quantityUnits);
    return DONE;
  }

  int cancelOffer(int account, long order) {
    NaiveOffer offer = state.offers.get(order);
    if (offer == null || offer.account() != account) {
      return UNKNOWN_ORDER.number();
    }
    state.offers.remove(order);
    state.sink.offerCancelled(order, offer.remainingUnits());
    return DONE;
  }

  int submit(int account, SubmitJob command, Optional<NaiveMandate> mandate) {
    int allowed =
        mandate.map(by -> NaiveMandates.checkClass(by, command.resourceClass())).orElse(DONE);
    if (allowed != DONE) {
      return allowed;
    }
    int field = checkFields(command);
    if (field != DONE) {
      return field;
    }
    if (state.jobs.size() >= state.capacity.openJobs()) {
      return LIMIT_REACHED.number();
    }
    Optional<NaiveOffer> found = offerFor(account, command);
    if (found.isEmpty()) {
      return NO_OFFER.number();
    }
    NaiveOffer offer = found.get();
    NaiveJob.Terms terms = terms(account, command, offer);
    BigInteger mostPayable = amounts.mostPayable(terms.price(), terms.validators());
    if (mostPayable.compareTo(BigInteger.valueOf(command.maxCostMicros())) > 0) {
      return COST_LIMIT.number();
    }
    int budget = mandate.map(by -> NaiveMandates.checkBudget(by, mostPayable)).orElse(DONE);
    if (budget != DONE) {
      return budget;
    }
    int eligible = state.eligible(account, offer.account(), terms.price()).size();
    if (eligible < command.validators()) {
      return NO_VALIDATORS.number();
    }
    BigInteger total = terms.price().add(terms.fee()).add(terms.checking()).add(terms.deposit());
    if (state.balance(NaiveState.free(account)).compareTo(total) < 0) {
      return INSUFFICIENT_FUNDS.number();
    }
    NaiveJob job = open(terms, command, offer);
    mandate.ifPresent(by -> {
      job.mandate = by.number;
      mandates.count(by, job.number(), mostPayable);
    });
    return DONE;
  }

  // JOB-001
  private int checkFields(SubmitJob command) {
    if (command.maxCostMicros() < 1) {
      return INVALID_AMOUNT.number();
    }
    if (command.resourceClass() != CLASS_WASI) {
      return INVALID_CLASS.number();
    }
    if (!within(command.limitPriceMicros(), parameters.priceMicrosMax())) {
      return INVALID_PRICE.number();
    }
    if (!within(command.maxUnits(), parameters.unitsMax())) {
      return INVALID_QUANTITY.number();
    }
    boolean none = command.tier() == Tier.NONE.code();
    boolean quorum = command.tier() == Tier.QUORUM.code();
    if (!none && !quorum) {
      return INVALID_TIER.number();
    }
    boolean fits =
        none
            ? command.validators() == 0
            : command.validators() >= parameters.validatorsMin()
                && command.validators() <= parameters.validatorsMax();
    if (!fits) {
      return INVALID_VALIDATORS.number();
    }
    if (!within(command.itemCount(), parameters.itemsMax())) {
      return INVALID_ITEMS.number();
    }
    int policy = command.inputPolicy();
    boolean readable =
        policy == InputPolicy.PUBLIC.code() || policy == InputPolicy.VALIDATORS.code();
    boolean hidden = policy == InputPolicy.PARTIES.code();
    if (quorum ? !readable : !(readable || hidden)) {
      return INVALID_POLICY.number();
    }
    BigInteger window = BigInteger.valueOf(command.runWindowMs());
    BigInteger least =
        amounts.workMs(command.maxUnits()).add(BigInteger.valueOf(parameters.runWindowMinMs()));
    if (command.runWindowMs() > parameters.runWindowMaxMs() || window.compareTo(least) < 0) {
      return INVALID_WINDOW.number();
    }
    if (command.program().isZero() || command.input().isZero() || command.secretHash().isZero()) {
      return INVALID_HASH.number();
    }
    return DONE;
  }

  // JOB-002
  private Optional<NaiveOffer> offerFor(int requester, SubmitJob command) {
    return state.offers.values().stream()
        .sorted(
            Comparator.comparingLong(NaiveOffer::priceMicros).thenComparingLong(NaiveOffer::number))
        .limit(OFFERS_LOOKED_AT)
        .filter(offer -> offer.priceMicros() <= command.limitPriceMicros())
        .filter(offer -> offer.remainingUnits() >= command.maxUnits())
        .filter(offer -> offer.account() != requester)
        .filter(offer -> carries(offer, terms(requester, command, offer)))
        .findFirst();
  }

  private boolean carries(NaiveOffer offer, NaiveJob.Terms terms) {
    BigInteger bond = state.balance(NaiveState.providerBond(offer.account()));
    return bond.compareTo(terms.providerBond()) >= 0;
  }

  private NaiveJob.Terms terms(int requester, SubmitJob command, NaiveOffer offer) {
    BigInteger price = amounts.price(command.maxUnits(), offer.priceMicros());
    Tier tier = Tier.of(command.tier());
    return new NaiveJob.Terms(
        state.lastJob + 1,
        requester,
        offer.account(),
        command.secretHash(),
        tier,
        command.validators(),
        command.maxUnits(),
        offer.priceMicros(),
        price,
        amounts.fee(price),
        amounts.checkingHeld(price, command.validators()),
        amounts.deposit(price),
        amounts.providerBond(tier, price, command.validators()));
  }

  // JOB-005
  private NaiveJob open(NaiveJob.Terms terms, SubmitJob command, NaiveOffer offer) {
    NaiveJob job = new NaiveJob(terms);
    state.lastJob = job.number();
    state.jobs.put(job.number(), job);
    long lease = ++state.lastLease;
    NaiveOffer rest = offer.without(terms.maxUnits());
    if (rest.remainingUnits() == 0) {
      state.offers.remove(offer.number());
    } else {
      state.offers.put(offer.number(), rest);
    }
    state.sink.offerTaken(offer.number(), lease, terms.maxUnits(), rest.remainingUnits());
    state.sink.leaseOpened(
        lease,
        offer.number(),
        terms.provider(),
        terms.requester(),
        offer.resourceClass(),
        terms.priceMicros(),
        terms.maxUnits());
    announce(job, lease, command);
    NaiveState.Holder requester = NaiveState.free(terms.requester());
    NaiveState.Holder provider = NaiveState.providerBond(terms.provider());
    lock(job, LockKind.PRICE, requester, terms.price());
    lock(job, LockKind.FEE, requester, terms.fee());
    lock(job, LockKind.CHECKING, requester, terms.checking());
    lock(job, LockKind.DEPOSIT, requester, terms.deposit());
    lock(job, LockKind.PROVIDER_BOND, provider, terms.providerBond());
    state.change(job, JobState.LEASED, state.now + command.runWindowMs());
    return job;
  }

  private void lock(NaiveJob job, LockKind kind, NaiveState.Holder payer, BigInteger amount) {
    state.open(job, kind, payer, amount).ifPresent(lock -> job.locks.put(kind, lock));
  }

  private void announce(NaiveJob job, long lease, SubmitJob command) {
    NaiveJob.Terms terms = job.terms;
    state.sink.jobSubmitted(
        terms.number(),
        lease,
        terms.requester(),
        terms.provider(),
        command.program().word0(),
        command.program().word1(),
        command.program().word2(),
        command.program().word3(),
        command.input().word0(),
        command.input().word1(),
        command.input().word2(),
        command.input().word3(),
        command.secretHash().word0(),
        command.secretHash().word1(),
        command.secretHash().word2(),
        command.secretHash().word3(),
        command.itemCount(),
        command.tier(),
        command.validators(),
        command.inputPolicy(),
        terms.maxUnits(),
        terms.priceMicros(),
        terms.price().longValueExact(),
        terms.fee().longValueExact(),
        terms.checking().longValueExact(),
        terms.deposit().longValueExact(),
        terms.providerBond().longValueExact());
  }
}
