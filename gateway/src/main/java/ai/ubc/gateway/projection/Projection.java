package ai.ubc.gateway.projection;

import ai.ubc.domain.Event;
import ai.ubc.gateway.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A view of the journal: which rows each entry writes. Pure; from any thread. */
public enum Projection {
  /** Accounts, balances, bonds, holds, mandates, burns and the outcomes of commands. */
  ACCOUNTS("accounts") {
    @Override
    void write(JournalEntry entry, Consumer<RowWrite> to) {
      AccountRows.ofCommand(entry, to);
      entry.events().forEach(event -> AccountRows.of(entry, event, to));
    }
  },
  /** Jobs with everything that belongs to them. */
  JOBS("jobs") {
    @Override
    void write(JournalEntry entry, Consumer<RowWrite> to) {
      List<Event> events = entry.events();
      for (int place = 0; place < events.size(); place++) {
        JobRows.of(entry, place, events.get(place), to);
      }
    }
  },
  /** Offers. */
  MARKET("market") {
    @Override
    void write(JournalEntry entry, Consumer<RowWrite> to) {
      entry.events().forEach(event -> OfferRows.of(entry, event, to));
    }
  },
  /** The records that receipts are made of. */
  RECORDS("records") {
    @Override
    void write(JournalEntry entry, Consumer<RowWrite> to) {
      RecordRows.of(entry, to);
    }
  },
  /** Providers' offers and free bonds as they stood at each entry. */
  STANDINGS("standings") {
    @Override
    void write(JournalEntry entry, Consumer<RowWrite> to) {
      entry.events().forEach(event -> StandingRows.of(entry, event, to));
    }
  };

  private final String key;

  Projection(String key) {
    this.key = key;
  }

  /** The name that its position is stored by. */
  public String key() {
    return key;
  }

  abstract void write(JournalEntry entry, Consumer<RowWrite> to);

  /** What the entries write, in order. */
  public List<RowWrite> writes(List<JournalEntry> entries) {
    List<RowWrite> writes = new ArrayList<>();
    entries.forEach(entry -> write(entry, writes::add));
    return writes;
  }
}
