package ai.ubc.testkit.twin;

import static ai.ubc.domain.Refusal.DONE;
import static ai.ubc.domain.Refusal.NOT_PARTY;
import static ai.ubc.domain.Refusal.UNKNOWN_JOB;
import static ai.ubc.domain.Refusal.WRONG_STATE;

import ai.ubc.domain.Cause;
import ai.ubc.domain.Command.SubmitJob;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Jobs that wait for an offer: how they find one, and how they end without (JOB-008, JOB-009). */
final class NaiveWaiting {
  private static final int FIRST_LOOKED_AT = 32;
  private static final int IN_TURN_LOOKED_AT = 32;

  private final NaiveState state;
  private final NaiveMandates mandates;
  private final NaiveMarket market;

  NaiveWaiting(NaiveState state, NaiveMandates mandates, NaiveMarket market) {
    this.state = state;
    this.mandates = mandates;
    this.market = market;
  }

  /** Looks for offers for those that come first, and for others in turn (JOB-008). */
  void match() {
    List<NaiveJob> before = inOrder();
    before.stream().limit(FIRST_LOOKED_AT).forEach(this::match);
    if (state.turn.isEmpty()) {
      state.turn = before.stream().skip(FIRST_LOOKED_AT).map(NaiveJob::number).findFirst();
    }
    for (int i = 0; i < IN_TURN_LOOKED_AT && state.turn.isPresent(); i++) {
      NaiveJob job = Objects.requireNonNull(state.jobs.get(state.turn.get()));
      state.turn = behind(job);
      match(job);
    }
  }

  private List<NaiveJob> inOrder() {
    return state.jobs.values().stream()
        .filter(job -> job.state == JobState.WAITING)
        .sorted(
            Comparator.comparingLong((NaiveJob job) -> job.order.command().limitPriceMicros())
                .reversed()
                .thenComparingLong(NaiveJob::number))
        .toList();
  }

  private Optional<Long> behind(NaiveJob job) {
    return inOrder().stream()
        .dropWhile(other -> other != job)
        .skip(1)
        .map(NaiveJob::number)
        .findFirst();
  }

  private void match(NaiveJob job) {
    SubmitJob command = job.order.command();
    if (state.now >= job.deadlineMs || !isAllowed(job)) {
      return;
    }
    Optional<NaiveOffer> offer =
        market
            .offerFor(job.requester(), command)
            .filter(found -> market.hasValidators(job.requester(), command, found));
    if (offer.isEmpty()) {
      return;
    }
    returnOrder(job);
    market.lease(job, offer.get());
    BigInteger atOffer = state.amounts.mostPayable(job.terms().price(), job.validators());
    mandates.giveBack(job, mostPayableAtLimit(job).subtract(atOffer));
  }

  // By the owner, or by a session key whose mandate lives.
  private boolean isAllowed(NaiveJob job) {
    NaiveMandate mandate = state.mandates.get(job.order.mandate());
    return job.order.mandate() == 0 || (mandate != null && mandates.end(mandate) == DONE);
  }

  private BigInteger mostPayableAtLimit(NaiveJob job) {
    SubmitJob command = job.order.command();
    BigInteger price = state.amounts.price(command.maxUnits(), command.limitPriceMicros());
    return state.amounts.mostPayable(price, command.validators());
  }

  private void returnOrder(NaiveJob job) {
    state.hasNewSupply = true;
    if (state.turn.equals(Optional.of(job.number()))) {
      state.turn = behind(job);
    }
    NaiveLock order = Objects.requireNonNull(job.locks.get(LockKind.ORDER));
    state.empty(job, order, NaiveState.free(job.requester()), Cause.ORDER_RETURN);
  }

  /** The requester, or the session key that submitted it, takes a job back (JOB-009). */
  int cancel(int account, long number, Optional<NaiveMandate> mandate) {
    NaiveJob job = state.jobs.get(number);
    if (job == null) {
      return UNKNOWN_JOB.number();
    }
    boolean isOwn = mandate.isEmpty() || mandate.get().number == job.order.mandate();
    if (account != job.requester() || !isOwn) {
      return NOT_PARTY.number();
    }
    if (job.state != JobState.WAITING || state.now >= job.deadlineMs) {
      return WRONG_STATE.number();
    }
    end(job, JobEnding.CANCELLED);
    return DONE;
  }

  /** Ends a job that still waits (JOB-009). */
  void end(NaiveJob job, JobEnding ending) {
    returnOrder(job);
    mandates.giveBack(job, mostPayableAtLimit(job));
    state.close(job, ending);
  }
}
