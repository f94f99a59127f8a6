package ai.ubc.gateway.database;

import ai.ubc.api.MarketView;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads of the projection "market". */
public final class MarketReads {
  private MarketReads() {}

  /** Open offers of a class in the order in which they are taken. */
  public static List<MarketView.Offer> offers(
      Connection connection, String resourceClass, Optional<Integer> account, int limit)
      throws SQLException {
    List<Object> parameters = new ArrayList<>(List.of(resourceClass));
    account.ifPresent(parameters::add);
    parameters.add(limit);
    return Sql.list(
        connection,
        "select number, account, price_micros, quantity_units, remaining_units, placed_seq"
            + " from offer where open and resource_class = ?"
            + (account.isPresent() ? " and account = ?" : "")
            + " order by price_micros, number limit ?",
        row ->
            new MarketView.Offer(
                row.getLong(1),
                row.getInt(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6)),
        parameters.toArray());
  }

  /** The offers with their sums by price. */
  public static MarketView view(String resourceClass, List<MarketView.Offer> offers) {
    List<MarketView.Level> depth = new ArrayList<>();
    for (MarketView.Offer offer : offers) {
      boolean samePrice = !depth.isEmpty() && depth.getLast().priceMicros() == offer.priceMicros();
      MarketView.Level before =
          samePrice ? depth.removeLast() : new MarketView.Level(offer.priceMicros(), 0, 0);
      depth.add(
          new MarketView.Level(
              offer.priceMicros(), before.units() + offer.remainingUnits(), before.offers() + 1));
    }
    return new MarketView(resourceClass, offers, depth);
  }
}
