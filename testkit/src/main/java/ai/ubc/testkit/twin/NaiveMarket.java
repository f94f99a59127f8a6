package ai.ubc.testkit.twin;

import static ai.ubc.domain.Refusal.DONE;
import static ai.ubc.domain.Refusal.INSUFFICIENT_BOND;
import static ai.ubc.domain.Refusal.INVALID_CLASS;
import static ai.ubc.domain.Refusal.INVALID_PRICE;
import static ai.ubc.domain.Refusal.INVALID_QUANTITY;
import static ai.ubc.domain.Refusal.LIMIT_REACHED;
import static ai.ubc.domain.Refusal.UNKNOWN_ORDER;

import ai.ubc.domain.Command.SubmitJob;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Tier;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;

/** Offers, and how one takes a job (OFR-001 to OFR-003, JOB-002, JOB-004, JOB-005). */
final class NaiveMarket {
  private static final int OFFERS_PER_ACCOUNT = 64;
  private static final int OFFERS_LOOKED_AT = 256;

  private final NaiveState state;
  private final GenesisParameters parameters;
  private final NaiveAmounts amounts;

  NaiveMarket(NaiveState state) {
    this.state = state;
    this.parameters = state.genesis.parameters();
    this.amounts = state.amounts;
  }

  int placeOffer(int account, int resourceClass, long priceMicros, long quantityUnits) {
    if (resourceClass != Genesis.CLASS_WASI) {
      return INVALID_CLASS.number();
    }
    if (priceMicros < 1 || priceMicros > parameters.priceMicrosMax()) {
      return INVALID_PRICE.number();
    }
    if (quantityUnits < 1 || quantityUnits > parameters.unitsMax()) {
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
    state.hasNewSupply = true;
    return DONE;
  }

  int cancelOffer(int account, long order) {
    NaiveOffer offer = state.offers.get(order);
    if (offer == null || offer.account() != account) {
      return UNKNOWN_ORDER.number();
    }
    state.offers.remove(order);
    state.hasNewSupply = true;
    state.sink.offerCancelled(order, offer.remainingUnits());
    return DONE;
  }

  /** The offer that takes a job (JOB-002). */
  Optional<NaiveOffer> offerFor(int requester, SubmitJob command) {
    return state.offers.values().stream()
        .sorted(
            Comparator.comparingLong(NaiveOffer::priceMicros).thenComparingLong(NaiveOffer::number))
        .limit(OFFERS_LOOKED_AT)
        .filter(offer -> offer.priceMicros() <= command.limitPriceMicros())
        .filter(offer -> offer.remainingUnits() >= command.maxUnits())
        .filter(offer -> offer.account() != requester)
        .filter(offer -> carries(offer, terms(command, offer)))
        .findFirst();
  }

  private boolean carries(NaiveOffer offer, NaiveJob.Terms terms) {
    BigInteger bond = state.balance(NaiveState.providerBond(offer.account()));
    return bond.compareTo(terms.providerBond()) >= 0;
  }

  /** What a job costs on an offer. */
  NaiveJob.Terms terms(SubmitJob command, NaiveOffer offer) {
    BigInteger price = amounts.price(command.maxUnits(), offer.priceMicros());
    return new NaiveJob.Terms(
        offer.account(),
        offer.priceMicros(),
        price,
        amounts.fee(price),
        amounts.checkingHeld(price, command.validators()),
        amounts.deposit(price),
        amounts.providerBond(Tier.of(command.tier()), price, command.validators()));
  }

  /** Whether as many validators as asked are eligible on an offer (JOB-004). */
  boolean hasValidators(int requester, SubmitJob command, NaiveOffer offer) {
    BigInteger price = terms(command, offer).price();
    return state.eligible(requester, offer.account(), price).size() >= command.validators();
  }

  /** The offer takes the job (JOB-005). */
  void lease(NaiveJob job, NaiveOffer offer) {
    NaiveJob.Terms terms = terms(job.order.command(), offer);
    job.agree(terms);
    long lease = ++state.lastLease;
    NaiveOffer rest = offer.without(job.maxUnits());
    if (rest.remainingUnits() == 0) {
      state.offers.remove(offer.number());
      state.hasNewSupply = true;
    } else {
      state.offers.put(offer.number(), rest);
    }
    state.sink.offerTaken(offer.number(), lease, job.maxUnits(), rest.remainingUnits());
    state.sink.leaseOpened(
        lease,
        offer.number(),
        terms.provider(),
        job.requester(),
        offer.resourceClass(),
        terms.priceMicros(),
        job.maxUnits());
    announce(job, lease);
    NaiveState.Holder requester = NaiveState.free(job.requester());
    NaiveState.Holder provider = NaiveState.providerBond(terms.provider());
    state.lock(job, LockKind.PRICE, requester, terms.price());
    state.lock(job, LockKind.FEE, requester, terms.fee());
    state.lock(job, LockKind.CHECKING, requester, terms.checking());
    state.lock(job, LockKind.DEPOSIT, requester, terms.deposit());
    state.lock(job, LockKind.PROVIDER_BOND, provider, terms.providerBond());
    state.change(job, JobState.LEASED, state.now + job.order.command().runWindowMs());
  }

  private void announce(NaiveJob job, long lease) {
    NaiveJob.Terms terms = job.terms();
    SubmitJob command = job.order.command();
    state.sink.jobSubmitted(
        job.number(),
        lease,
        job.requester(),
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
        command.maxUnits(),
        terms.priceMicros(),
        terms.price().longValueExact(),
        terms.fee().longValueExact(),
        terms.checking().longValueExact(),
        terms.deposit().longValueExact(),
        terms.providerBond().longValueExact());
  }
}
