package ai.ubc.gateway.projection;

import static ai.ubc.gateway.projection.Statement.ACCOUNT_ADDED;
import static ai.ubc.gateway.projection.Statement.BALANCE_MOVED;
import static ai.ubc.gateway.projection.Statement.BURNED;
import static ai.ubc.gateway.projection.Statement.COMMAND_NOTED;
import static ai.ubc.gateway.projection.Statement.LOCK_ADDED;
import static ai.ubc.gateway.projection.Statement.LOCK_MOVED;
import static ai.ubc.gateway.projection.Statement.LOCK_REASSIGNED;
import static ai.ubc.gateway.projection.Statement.MANDATE_ADDED;
import static ai.ubc.gateway.projection.Statement.MANDATE_REVOKED;
import static ai.ubc.gateway.projection.Statement.MANDATE_SPENT_SET;
import static ai.ubc.gateway.projection.Statement.OUTAGE_ADDED;
import static ai.ubc.gateway.projection.Statement.OWNER_SET;
import static ai.ubc.gateway.projection.Statement.PAYEE_ADDED;
import static ai.ubc.gateway.projection.Statement.RULES_SET;

import ai.ubc.domain.Cause;
import ai.ubc.domain.Event;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.LockKind;
import ai.ubc.gateway.journal.JournalEntry;
import java.util.function.Consumer;

/** The rows of the projection "accounts". */
final class AccountRows {
  private AccountRows() {}

  static void ofCommand(JournalEntry entry, Consumer<RowWrite> to) {
    long seq = entry.originalSeq() == 0 ? entry.seq() : entry.originalSeq();
    entry
        .commandHash()
        .ifPresent(
            hash -> to.accept(RowWrite.of(COMMAND_NOTED, hash.toString(), seq, entry.code())));
  }

  static void of(JournalEntry entry, Event event, Consumer<RowWrite> to) {
    switch (event) {
      case Event.RulesActivated e -> to.accept(RowWrite.of(RULES_SET, e.version()));
      case Event.AccountRegistered e ->
          to.accept(RowWrite.of(ACCOUNT_ADDED, e.account(), e.owner().toString(), entry.seq()));
      case Event.Posted e -> posted(e, to);
      case Event.LockOpened e ->
          to.accept(
              RowWrite.of(
                  LOCK_ADDED,
                  e.lock(),
                  e.job(),
                  LockKind.of(e.kind()).name(),
                  e.payer(),
                  e.beneficiary()));
      case Event.LockReassigned e ->
          to.accept(RowWrite.of(LOCK_REASSIGNED, e.lock(), e.beneficiary()));
      case Event.OutageRecorded e -> to.accept(RowWrite.of(OUTAGE_ADDED, e.durationMs()));
      case Event.MandateGranted e ->
          to.accept(
              RowWrite.of(
                  MANDATE_ADDED,
                  e.mandate(),
                  e.account(),
                  e.key().toString(),
                  e.amountMicros(),
                  e.expiresMs(),
                  e.classes(),
                  entry.seq()));
      case Event.PayeeAllowed e ->
          to.accept(RowWrite.of(PAYEE_ADDED, e.mandate(), e.payee(), entry.seq()));
      case Event.MandateSpent e ->
          to.accept(RowWrite.of(MANDATE_SPENT_SET, e.mandate(), e.spentMicros()));
      case Event.MandateRevoked e -> to.accept(RowWrite.of(MANDATE_REVOKED, e.mandate()));
      case Event.OwnerChanged e ->
          to.accept(RowWrite.of(OWNER_SET, e.owner().toString(), e.account()));
      case Event.OwnerNamed _,
          Event.OfferPlaced _,
          Event.OfferTaken _,
          Event.OfferCancelled _,
          Event.LeaseOpened _,
          Event.JobQueued _,
          Event.JobSubmitted _,
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
          Event.JobClosed _ -> {}
    }
  }

  private static void posted(Event.Posted posted, Consumer<RowWrite> to) {
    moved(posted, posted.fromKind(), posted.fromId(), -posted.amountMicros(), to);
    moved(posted, posted.toKind(), posted.toId(), posted.amountMicros(), to);
  }

  private static void moved(
      Event.Posted posted, int kindCode, long id, long delta, Consumer<RowWrite> to) {
    HolderKind kind = HolderKind.of(kindCode);
    switch (kind) {
      case FREE, BOND_PROVIDER, BOND_VALIDATOR ->
          to.accept(RowWrite.of(BALANCE_MOVED, id, kind.name(), posted.asset(), delta));
      case LOCK -> to.accept(RowWrite.of(LOCK_MOVED, id, delta));
      case BURNED ->
          to.accept(RowWrite.of(BURNED, posted.asset(), Cause.of(posted.cause()).name(), delta));
      case GENESIS -> {}
    }
  }
}
