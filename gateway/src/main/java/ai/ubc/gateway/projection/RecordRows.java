package ai.ubc.gateway.projection;

import static ai.ubc.gateway.projection.Statement.RECORD_ADDED;
import static ai.ubc.gateway.projection.Statement.RECORD_GRANTED;
import static ai.ubc.gateway.projection.Statement.RECORD_NAMED;

import ai.ubc.codec.evidence.JobEvents;
import ai.ubc.domain.Event;
import ai.ubc.gateway.journal.JournalEntry;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rows of the projection "records": the records that receipts are made of, whole, by what they
 * are asked for. The registrations of genesis are not among them; receipts have them from genesis.
 */
final class RecordRows {
  private record Key(String kind, long id) {}

  private RecordRows() {}

  static void of(JournalEntry entry, Consumer<RowWrite> to) {
    Set<Key> keys = new LinkedHashSet<>();
    for (Event event : entry.events()) {
      if (JobEvents.jobOf(event) != 0) {
        keys.add(new Key("JOB", JobEvents.jobOf(event)));
      }
      if (event instanceof Event.OfferPlaced placed) {
        keys.add(new Key("OFFER", placed.order()));
      }
      if (event instanceof Event.BeaconOpened opened) {
        keys.add(new Key("BEACON", opened.slot()));
      }
      if (event instanceof Event.MandateGranted granted) {
        keys.add(new Key("MANDATE", granted.mandate()));
        to.accept(
            RowWrite.of(RECORD_GRANTED, granted.account(), granted.key().toString(), entry.seq()));
      }
      if (event instanceof Event.OwnerNamed named) {
        keys.add(new Key("NAMING", named.account()));
      }
      if (event instanceof Event.OwnerChanged changed) {
        keys.add(new Key("OWNER", changed.account()));
      }
      if (event instanceof Event.AccountRegistered account && entry.commandHash().isPresent()) {
        keys.add(new Key("ACCOUNT", account.account()));
      }
    }
    if (keys.isEmpty()) {
      return;
    }
    to.accept(
        RowWrite.of(
            RECORD_ADDED,
            entry.seq(),
            entry.logTimeMs(),
            entry.record().entry(),
            entry.record().events()));
    keys.forEach(key -> to.accept(RowWrite.of(RECORD_NAMED, key.kind(), key.id(), entry.seq())));
  }
}
