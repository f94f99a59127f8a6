package ai.ubc.gateway.projection;

import static ai.ubc.gateway.projection.Statement.BID_ADDED;
import static ai.ubc.gateway.projection.Statement.BID_CLOSED;
import static ai.ubc.gateway.projection.Statement.LAST_LEASE_SET;
import static ai.ubc.gateway.projection.Statement.OFFER_ADDED;
import static ai.ubc.gateway.projection.Statement.OFFER_SET;

import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.JobState;
import ai.ubc.gateway.journal.JournalEntry;
import java.util.function.Consumer;

/** The rows of the projection "market". */
final class OfferRows {
  private OfferRows() {}

  static void of(JournalEntry entry, Event event, Consumer<RowWrite> to) {
    switch (event) {
      case Event.OfferPlaced e ->
          to.accept(
              RowWrite.of(
                  OFFER_ADDED,
                  e.order(),
                  e.account(),
                  className(e.resourceClass()),
                  e.priceMicros(),
                  e.quantityUnits(),
                  e.quantityUnits(),
                  entry.seq()));
      case Event.OfferTaken e ->
          to.accept(RowWrite.of(OFFER_SET, e.order(), e.remainingUnits(), e.remainingUnits() > 0));
      case Event.OfferCancelled e ->
          to.accept(RowWrite.of(OFFER_SET, e.order(), e.remainingUnits(), false));
      case Event.LeaseOpened e ->
          to.accept(
              RowWrite.of(
                  LAST_LEASE_SET, className(e.resourceClass()), e.lease(), e.priceMicros()));
      // The ledger has one class, so a waiting job need not say which.
      case Event.JobQueued e ->
          to.accept(
              RowWrite.of(
                  BID_ADDED,
                  e.job(),
                  className(Genesis.CLASS_WASI),
                  e.limitPriceMicros(),
                  e.maxUnits()));
      case Event.JobStateChanged e -> {
        if (e.from() == JobState.WAITING.code()) {
          to.accept(RowWrite.of(BID_CLOSED, e.job()));
        }
      }
      case Event.RulesActivated _,
          Event.AccountRegistered _,
          Event.Posted _,
          Event.JobSubmitted _,
          Event.LockOpened _,
          Event.LockReassigned _,
          Event.ResultCommitted _,
          Event.SecretRevealed _,
          Event.BeaconOpened _,
          Event.DrawMade _,
          Event.ValidatorDrawn _,
          Event.VerdictSealed _,
          Event.ResultOpened _,
          Event.VerdictOpened _,
          Event.JobJudged _,
          Event.JobSettled _,
          Event.JobClosed _,
          Event.MandateGranted _,
          Event.PayeeAllowed _,
          Event.MandateSpent _,
          Event.MandateRevoked _,
          Event.OwnerNamed _,
          Event.OwnerChanged _,
          Event.OutageRecorded _ -> {}
    }
  }

  private static String className(int resourceClass) {
    return resourceClass == Genesis.CLASS_WASI ? "wasi" : Integer.toString(resourceClass);
  }
}
