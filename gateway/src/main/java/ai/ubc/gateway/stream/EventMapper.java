package ai.ubc.gateway.stream;

import ai.ubc.api.LedgerEvent;
import ai.ubc.api.StreamEntry;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;
import ai.ubc.gateway.journal.JournalEntry;
import java.util.List;
import java.util.Locale;

/** From the ledger's events to their public records. */
final class EventMapper {
  private EventMapper() {}

  static StreamEntry entry(JournalEntry entry, List<Event> events) {
    return new StreamEntry(
        entry.seq(),
        entry.logTimeMs(),
        entry.command(),
        events.stream().map(EventMapper::event).toList());
  }

  static LedgerEvent event(Event event) {
    return switch (event) {
      case Event.RulesActivated e -> new LedgerEvent.RulesActivated(e.version());
      case Event.AccountRegistered e ->
          new LedgerEvent.AccountRegistered(e.account(), e.owner().toString());
      case Event.Posted e -> posted(e);
      case Event.OfferPlaced e ->
          new LedgerEvent.OfferPlaced(
              e.order(),
              e.account(),
              className(e.resourceClass()),
              e.priceMicros(),
              e.quantityUnits());
      case Event.OfferTaken e ->
          new LedgerEvent.OfferTaken(e.order(), e.lease(), e.units(), e.remainingUnits());
      case Event.OfferCancelled e -> new LedgerEvent.OfferCancelled(e.order(), e.remainingUnits());
      case Event.LeaseOpened e ->
          new LedgerEvent.LeaseOpened(
              e.lease(),
              e.order(),
              e.provider(),
              e.requester(),
              className(e.resourceClass()),
              e.priceMicros(),
              e.units());
      case Event.LockOpened e ->
          new LedgerEvent.LockOpened(
              e.lock(), e.job(), LockKind.of(e.kind()).name(), e.payer(), e.beneficiary());
      case Event.LockReassigned e -> new LedgerEvent.LockReassigned(e.lock(), e.beneficiary());
      case Event.BeaconOpened e ->
          new LedgerEvent.BeaconOpened(e.slot(), e.preimage().toString(), e.head().toString());
      case Event.OutageRecorded e -> new LedgerEvent.OutageRecorded(e.durationMs());
      case Event.MandateGranted e -> mandateGranted(e);
      case Event.PayeeAllowed e -> new LedgerEvent.PayeeAllowed(e.mandate(), e.payee());
      case Event.MandateSpent e ->
          new LedgerEvent.MandateSpent(e.mandate(), e.job(), e.changeMicros(), e.spentMicros());
      case Event.MandateRevoked e -> new LedgerEvent.MandateRevoked(e.mandate());
      case Event.OwnerNamed e -> new LedgerEvent.OwnerNamed(e.account(), e.newOwner().toString());
      case Event.OwnerChanged e -> new LedgerEvent.OwnerChanged(e.account(), e.owner().toString());
      case Event.JobQueued e -> queued(e);
      case Event.JobSubmitted e -> submitted(e);
      case Event.JobStateChanged e -> stateChanged(e);
      case Event.ResultCommitted e ->
          new LedgerEvent.ResultCommitted(
              e.job(), e.saltedResult().toString(), e.itemsRoot().toString());
      case Event.SecretRevealed e -> new LedgerEvent.SecretRevealed(e.job(), e.secret().toString());
      case Event.DrawMade e ->
          new LedgerEvent.DrawMade(e.job(), e.round(), e.secretKnown() == 1, e.seed().toString());
      case Event.ValidatorDrawn e ->
          new LedgerEvent.ValidatorDrawn(e.job(), e.round(), e.validator(), e.weightMicros());
      case Event.VerdictSealed e ->
          new LedgerEvent.VerdictSealed(e.job(), e.round(), e.validator(), e.seal().toString());
      case Event.ResultOpened e -> opened(e);
      case Event.VerdictOpened e -> opened(e);
      case Event.JobJudged e ->
          new LedgerEvent.JobJudged(
              e.job(),
              JobEnding.of(e.ending()).name(),
              e.units(),
              e.agreedMicros(),
              e.drawnMicros());
      case Event.JobSettled e ->
          new LedgerEvent.JobSettled(
              e.job(), e.payMicros(), e.feeMicros(), e.burnedMicros(), e.checkingMicros());
      case Event.JobClosed e -> new LedgerEvent.JobClosed(e.job(), JobEnding.of(e.ending()).name());
    };
  }

  private static LedgerEvent posted(Event.Posted e) {
    return new LedgerEvent.Posted(
        e.asset(),
        e.amountMicros(),
        HolderKind.of(e.fromKind()).name(),
        e.fromId(),
        HolderKind.of(e.toKind()).name(),
        e.toId(),
        Cause.of(e.cause()).name(),
        e.job());
  }

  private static LedgerEvent stateChanged(Event.JobStateChanged e) {
    return new LedgerEvent.JobStateChanged(
        e.job(),
        e.from() == 0 ? null : JobState.of(e.from()).name(),
        JobState.of(e.to()).name(),
        e.deadlineMs());
  }

  private static LedgerEvent queued(Event.JobQueued e) {
    return new LedgerEvent.JobQueued(
        e.job(),
        e.requester(),
        e.program().toString(),
        e.input().toString(),
        e.secretHash().toString(),
        e.itemCount(),
        Tier.of(e.tier()).name().toLowerCase(Locale.ROOT),
        e.validators(),
        InputPolicy.of(e.inputPolicy()).name(),
        e.maxUnits(),
        e.limitPriceMicros(),
        e.heldMicros());
  }

  private static LedgerEvent submitted(Event.JobSubmitted e) {
    return new LedgerEvent.JobSubmitted(
        e.job(),
        e.lease(),
        e.requester(),
        e.provider(),
        e.program().toString(),
        e.input().toString(),
        e.secretHash().toString(),
        e.itemCount(),
        Tier.of(e.tier()).name().toLowerCase(Locale.ROOT),
        e.validators(),
        InputPolicy.of(e.inputPolicy()).name(),
        e.maxUnits(),
        e.priceMicros(),
        e.priceHeldMicros(),
        e.feeHeldMicros(),
        e.checkingHeldMicros(),
        e.depositHeldMicros(),
        e.providerBondMicros());
  }

  private static LedgerEvent opened(Event.ResultOpened e) {
    return new LedgerEvent.ResultOpened(
        e.job(), e.resultRoot().toString(), e.units(), e.salt().toString(), e.body().toString());
  }

  private static LedgerEvent opened(Event.VerdictOpened e) {
    return new LedgerEvent.VerdictOpened(
        e.job(),
        e.round(),
        e.validator(),
        Verdict.of(e.verdict()).name(),
        e.resultRoot().toString(),
        e.units());
  }

  private static String className(int resourceClass) {
    return resourceClass == Genesis.CLASS_WASI ? "wasi" : Integer.toString(resourceClass);
  }

  private static LedgerEvent mandateGranted(Event.MandateGranted e) {
    return new LedgerEvent.MandateGranted(
        e.mandate(),
        e.account(),
        e.parent(),
        e.key().toString(),
        e.amountMicros(),
        e.expiresMs(),
        e.classes());
  }
}
