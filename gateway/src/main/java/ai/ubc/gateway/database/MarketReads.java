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

  /** What waits for an offer of a class, by limit price, the highest first. */
  private static List<MarketView.Bid> demand(Connection connection, String resourceClass, int limit)
      throws SQLException {
    return Sql.list(
        connection,
        "select limit_price_micros, least(sum(units), 9223372036854775807)::bigint, count(*) from bid"
            + " where open and resource_class = ?"
            + " group by limit_price_micros order by limit_price_micros desc limit ?",
        row -> new MarketView.Bid(row.getLong(1), row.getLong(2), row.getInt(3)),
        resourceClass,
        limit);
  }

  /**
   * The book of a class.
   *
   * @param account only the offers of this provider; empty for all
   * @param limit the most offers, and the most prices of the demand
   */
  public static MarketView view(
      Connection connection, String resourceClass, Optional<Integer> account, int limit)
      throws SQLException {
    List<MarketView.Offer> offers = offers(connection, resourceClass, account, limit);
    Optional<Long> lastPriceMicros =
        Sql.one(
            connection,
            "select price_micros from last_lease where resource_class = ?",
            row -> row.getLong(1),
            resourceClass);
    return new MarketView(
        resourceClass,
        offers,
        depth(offers),
        demand(connection, resourceClass, limit),
        lastPriceMicros.orElse(null));
  }

  private static List<MarketView.Level> depth(List<MarketView.Offer> offers) {
    List<MarketView.Level> depth = new ArrayList<>();
    for (MarketView.Offer offer : offers) {
      boolean samePrice = !depth.isEmpty() && depth.getLast().priceMicros() == offer.priceMicros();
      MarketView.Level before =
          samePrice ? depth.removeLast() : new MarketView.Level(offer.priceMicros(), 0, 0);
      depth.add(
          new MarketView.Level(
              offer.priceMicros(), before.units() + offer.remainingUnits(), before.offers() + 1));
    }
    return depth;
  }
}
