package ai.ubc.gateway.database;

import ai.ubc.api.StandingView;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads of the projection "standings". */
public final class StandingReads {
  private StandingReads() {}

  /**
   * What an account had on the book and behind it before an entry.
   *
   * @param offersMax most offers; the ledger lets nobody have more
   */
  public static StandingView standing(
      Connection connection, int account, long before, int offersMax) throws SQLException {
    long bondMicros =
        Sql.one(
                connection,
                "select bond_micros from standing_bond where account = ? and seq < ?"
                    + " order by seq desc limit 1",
                row -> row.getLong(1),
                account,
                before)
            .orElse(0L);
    return new StandingView(
        account,
        before,
        bondMicros,
        Sql.list(
            connection,
            "select number, price_micros, placed_seq, coalesce((select remaining_units"
                + " from standing_fill f where f.number = o.number and f.seq < ?"
                + " order by f.seq desc limit 1), quantity_units)"
                + " from standing_offer o where account = ? and placed_seq < ?"
                + " and (ended_seq >= ? or ended_seq is null) order by number limit ?",
            row ->
                new StandingView.Offer(
                    row.getLong(1), row.getLong(2), row.getLong(4), row.getLong(3)),
            before,
            account,
            before,
            before,
            offersMax));
  }
}
