package ai.ubc.gateway.projection;

import ai.ubc.codec.evidence.PoolTrail;
import ai.ubc.domain.Event;
import ai.ubc.gateway.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A view of the journal: which rows each entry writes. From any thread. */
public enum Projection {
  /** Accounts, balances, bonds, holds, mandates, burns and the outcomes of commands. */
  ACCOUNTS("accounts") {
    @Override
    EntryRows rows(PoolTrail trail) {
      return (entry, to) -> {
        AccountRows.ofCommand(entry, to);
        entry.events().forEach(event -> AccountRows.of(entry, event, to));
      };
    }
  },
  /** Jobs with everything that belongs to them. */
  JOBS("jobs") {
    @Override
    EntryRows rows(PoolTrail trail) {
      return (entry, to) -> {
        List<Event> events = entry.events();
        for (int place = 0; place < events.size(); place++) {
          JobRows.of(entry, place, events.get(place), to);
        }
      };
    }
  },
  /** Offers, waiting jobs and the last price. */
  MARKET("market") {
    @Override
    EntryRows rows(PoolTrail trail) {
      return (entry, to) -> entry.events().forEach(event -> OfferRows.of(entry, event, to));
    }
  },
  /** The records that receipts are made of. */
  RECORDS("records") {
    @Override
    EntryRows rows(PoolTrail trail) {
      return RecordRows::of;
    }
  },
  /** Who could be drawn to check each job. */
  DRAWS("draws") {
    @Override
    EntryRows rows(PoolTrail trail) {
      return new DrawRows(trail)::of;
    }
  },
  /** Providers' offers and free bonds as they stood at each entry. */
  STANDINGS("standings") {
    @Override
    EntryRows rows(PoolTrail trail) {
      return (entry, to) -> entry.events().forEach(event -> StandingRows.of(entry, event, to));
    }
  };

  private final String key;

  Projection(String key) {
    this.key = key;
  }

  /** The rows of one entry. */
  @FunctionalInterface
  interface EntryRows {
    void of(JournalEntry entry, Consumer<RowWrite> to);
  }

  abstract EntryRows rows(PoolTrail trail);

  /** The name that its position is stored by. */
  public String key() {
    return key;
  }

  /**
   * Says what entries write, from a position on.
   *
   * @param trail has followed all entries before that position, and follows on from there; only
   *     {@link #DRAWS} asks it
   */
  public EntryWriter writer(PoolTrail trail) {
    EntryRows rows = rows(trail);
    return entries -> {
      List<RowWrite> writes = new ArrayList<>();
      entries.forEach(entry -> rows.of(entry, writes::add));
      return writes;
    };
  }
}
