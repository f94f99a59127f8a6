package ai.ubc.gateway.projection;

import static ai.ubc.gateway.projection.Statement.STANDING_BONDED;
import static ai.ubc.gateway.projection.Statement.STANDING_ENDED;
import static ai.ubc.gateway.projection.Statement.STANDING_FILLED;
import static ai.ubc.gateway.projection.Statement.STANDING_PLACED;

import ai.ubc.domain.Event;
import ai.ubc.domain.HolderKind;
import ai.ubc.gateway.journal.JournalEntry;
import java.util.function.Consumer;

/** The rows of the projection "standings". */
final class StandingRows {
  private StandingRows() {}

  static void of(JournalEntry entry, Event event, Consumer<RowWrite> to) {
    switch (event) {
      case Event.OfferPlaced e ->
          to.accept(
              RowWrite.of(
                  STANDING_PLACED,
                  e.order(),
                  e.account(),
                  e.priceMicros(),
                  e.quantityUnits(),
                  entry.seq()));
      case Event.OfferTaken e -> {
        to.accept(RowWrite.of(STANDING_FILLED, e.order(), entry.seq(), e.remainingUnits()));
        if (e.remainingUnits() == 0) {
          to.accept(RowWrite.of(STANDING_ENDED, entry.seq(), e.order()));
        }
      }
      case Event.OfferCancelled e -> to.accept(RowWrite.of(STANDING_ENDED, entry.seq(), e.order()));
      case Event.Posted e -> {
        bond(e.fromKind(), e.fromId(), -e.amountMicros(), entry, to);
        bond(e.toKind(), e.toId(), e.amountMicros(), entry, to);
      }
      case Event.RulesActivated _,
          Event.AccountRegistered _,
          Event.LeaseOpened _,
          Event.JobQueued _,
          Event.JobSubmitted _,
          Event.LockOpened _,
          Event.LockReassigned _,
          Event.JobStateChanged _,
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

  private static void bond(
      int kind, long account, long delta, JournalEntry entry, Consumer<RowWrite> to) {
    if (HolderKind.of(kind) == HolderKind.BOND_PROVIDER) {
      to.accept(RowWrite.of(STANDING_BONDED, account, entry.seq(), account, delta));
    }
  }
}
