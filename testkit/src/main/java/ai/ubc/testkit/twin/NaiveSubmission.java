package ai.ubc.testkit.twin;

import static ai.ubc.domain.Refusal.COST_LIMIT;
import static ai.ubc.domain.Refusal.DONE;
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
import static ai.ubc.domain.Refusal.INVALID_WAIT;
import static ai.ubc.domain.Refusal.INVALID_WINDOW;
import static ai.ubc.domain.Refusal.LIMIT_REACHED;
import static ai.ubc.domain.Refusal.NO_OFFER;
import static ai.ubc.domain.Refusal.NO_VALIDATORS;

import ai.ubc.domain.Command.SubmitJob;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Tier;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Jobs that are submitted: onto an offer, or to wait for one (JOB-001 to JOB-003, JOB-007). */
final class NaiveSubmission {
  private static final long LONGEST_WAIT_MS = Duration.ofDays(7).toMillis();
  private static final int WAITING_PER_ACCOUNT = 64;

  private final NaiveState state;
  private final GenesisParameters parameters;
  private final NaiveAmounts amounts;
  private final NaiveMandates mandates;
  private final NaiveMarket market;

  NaiveSubmission(NaiveState state, NaiveMandates mandates, NaiveMarket market) {
    this.state = state;
    this.mandates = mandates;
    this.market = market;
    this.parameters = state.genesis.parameters();
    this.amounts = state.amounts;
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
    Optional<NaiveOffer> offer = market.offerFor(account, command);
    return offer.isEmpty()
        ? waitInsteadOf(NO_OFFER, account, command, mandate)
        : submit(account, command, mandate, offer.get());
  }

  // JOB-003
  private int submit(
      int account, SubmitJob command, Optional<NaiveMandate> mandate, NaiveOffer offer) {
    NaiveJob.Terms terms = market.terms(command, offer);
    BigInteger mostPayable = amounts.mostPayable(terms.price(), command.validators());
    int cost = checkCost(command, mandate, mostPayable);
    if (cost != DONE) {
      return cost;
    }
    if (!market.hasValidators(account, command, offer)) {
      return waitInsteadOf(NO_VALIDATORS, account, command, mandate);
    }
    BigInteger total = terms.price().add(terms.fee()).add(terms.checking()).add(terms.deposit());
    if (state.balance(NaiveState.free(account)).compareTo(total) < 0) {
      return INSUFFICIENT_FUNDS.number();
    }
    NaiveJob job = open(account, command, mandate);
    market.lease(job, offer);
    mandate.ifPresent(by -> mandates.count(by, job.number(), mostPayable));
    return DONE;
  }

  private static int checkCost(
      SubmitJob command, Optional<NaiveMandate> mandate, BigInteger mostPayable) {
    if (mostPayable.compareTo(BigInteger.valueOf(command.maxCostMicros())) > 0) {
      return COST_LIMIT.number();
    }
    return mandate.map(by -> NaiveMandates.checkBudget(by, mostPayable)).orElse(DONE);
  }

  private NaiveJob open(int account, SubmitJob command, Optional<NaiveMandate> mandate) {
    long by = mandate.map(known -> known.number).orElse(0L);
    NaiveJob job = new NaiveJob(new NaiveJob.Order(++state.lastJob, account, by, command));
    state.jobs.put(job.number(), job);
    return job;
  }

  // JOB-007
  private int waitInsteadOf(
      Refusal refusal, int account, SubmitJob command, Optional<NaiveMandate> mandate) {
    if (command.waitMs() == 0) {
      return refusal.number();
    }
    BigInteger price = amounts.price(command.maxUnits(), command.limitPriceMicros());
    BigInteger mostPayable = amounts.mostPayable(price, command.validators());
    int cost = checkCost(command, mandate, mostPayable);
    if (cost != DONE) {
      return cost;
    }
    BigInteger held = mostPayable.add(amounts.deposit(price));
    if (state.balance(NaiveState.free(account)).compareTo(held) < 0) {
      return INSUFFICIENT_FUNDS.number();
    }
    List<NaiveJob> waiting =
        state.jobs.values().stream().filter(job -> job.state == JobState.WAITING).toList();
    long own = waiting.stream().filter(job -> job.requester() == account).count();
    if (own >= WAITING_PER_ACCOUNT
        || waiting.size() >= Math.max(1, state.capacity.openJobs() / 2)) {
      return LIMIT_REACHED.number();
    }
    NaiveJob job = open(account, command, mandate);
    announce(job, held);
    state.lock(job, LockKind.ORDER, NaiveState.free(account), held);
    state.change(job, JobState.WAITING, state.now + command.waitMs());
    mandate.ifPresent(by -> mandates.count(by, job.number(), mostPayable));
    return DONE;
  }

  private void announce(NaiveJob job, BigInteger held) {
    SubmitJob command = job.order.command();
    state.sink.jobQueued(
        job.number(),
        job.requester(),
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
        command.limitPriceMicros(),
        held.longValueExact());
  }

  private static boolean within(long value, long most) {
    return value >= 1 && value <= most;
  }

  // JOB-001
  private int checkFields(SubmitJob command) {
    if (command.maxCostMicros() < 1) {
      return INVALID_AMOUNT.number();
    }
    if (command.resourceClass() != Genesis.CLASS_WASI) {
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
    if (command.waitMs() < 0 || command.waitMs() > LONGEST_WAIT_MS) {
      return INVALID_WAIT.number();
    }
    if (command.program().isZero() || command.input().isZero() || command.secretHash().isZero()) {
      return INVALID_HASH.number();
    }
    return DONE;
  }
}
