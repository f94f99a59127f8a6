package ai.ubc.gateway.database;

import ai.ubc.api.AccountView;
import ai.ubc.api.BurnsView;
import ai.ubc.api.NetworkView;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads of the projection "accounts". */
public final class AccountReads {
  private static final String HOLDS =
      "select job, lock, kind, amount_micros, payer, beneficiary from escrow_lock"
          + " where amount_micros > 0 and (payer = ? or beneficiary = ?) order by job, lock";

  private AccountReads() {}

  /**
   * What of the network changes.
   *
   * @param rulesVersion version of the rules in force; 0 before the first entry
   * @param outagesMs sum of all outages, milliseconds
   */
  public record Network(int rulesVersion, long outagesMs) {}

  /** What of the network changes. */
  public static Network network(Connection connection) throws SQLException {
    return Sql.one(
            connection,
            "select rules_version, outages_ms from network",
            row -> new Network(row.getInt(1), row.getLong(2)))
        .orElseThrow();
  }

  /** Every asset. */
  public static List<NetworkView.Asset> assets(Connection connection) throws SQLException {
    return Sql.list(
        connection,
        "select asset, symbol, decimals from asset order by asset",
        row -> new NetworkView.Asset(row.getInt(1), row.getString(2), row.getInt(3)));
  }

  /** The owner of an account, as text. */
  public static Optional<String> owner(Connection connection, int account) throws SQLException {
    return Sql.one(
        connection,
        "select owner from account where account = ?",
        row -> row.getString(1),
        account);
  }

  /** The account of an owner, given as lower-case text with {@code 0x}. */
  public static Optional<Integer> accountOf(Connection connection, String owner)
      throws SQLException {
    return Sql.one(
        connection, "select account from account where owner = ?", row -> row.getInt(1), owner);
  }

  /** An account with all that it owns. */
  public static Optional<AccountView> account(Connection connection, int account)
      throws SQLException {
    record Found(String owner, long seq) {}
    Optional<Found> found =
        Sql.one(
            connection,
            "select owner, registered_seq from account where account = ?",
            row -> new Found(row.getString(1), row.getLong(2)),
            account);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<AccountView.Hold> holds = holds(connection, account);
    return Optional.of(
        new AccountView(
            account,
            found.get().owner(),
            balances(connection, account),
            bond(connection, account, "BOND_PROVIDER"),
            bond(connection, account, "BOND_VALIDATOR"),
            holds.stream()
                .filter(hold -> hold.payer() == account)
                .mapToLong(AccountView.Hold::amountMicros)
                .sum(),
            holds,
            found.get().seq()));
  }

  private static List<AccountView.Balance> balances(Connection connection, int account)
      throws SQLException {
    return Sql.list(
        connection,
        "select asset, symbol, amount_micros from balance join asset using (asset)"
            + " where account = ? and kind = 'FREE' order by asset",
        row -> new AccountView.Balance(row.getInt(1), row.getString(2), row.getLong(3)),
        account);
  }

  private static long bond(Connection connection, int account, String kind) throws SQLException {
    return Sql.one(
            connection,
            "select amount_micros from balance where account = ? and kind = ? and asset = 2",
            row -> row.getLong(1),
            account,
            kind)
        .orElse(0L);
  }

  private static List<AccountView.Hold> holds(Connection connection, int account)
      throws SQLException {
    return Sql.list(
        connection,
        HOLDS,
        row ->
            new AccountView.Hold(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getLong(4),
                row.getInt(5),
                row.getInt(6)),
        account,
        account);
  }

  /**
   * Free bonds of one kind, above 0, by account.
   *
   * @param kind {@code BOND_PROVIDER} or {@code BOND_VALIDATOR}
   */
  public static List<Bond> bonds(Connection connection, String kind) throws SQLException {
    return Sql.list(
        connection,
        "select account, amount_micros from balance"
            + " where kind = ? and kind <> 'FREE' and asset = 2 and amount_micros > 0"
            + " order by account",
        row -> new Bond(row.getInt(1), row.getLong(2)),
        kind);
  }

  /**
   * A free bond.
   *
   * @param account whose
   * @param amountMicros how much, micro-COMPUTE
   */
  public record Bond(int account, long amountMicros) {}

  /** Everything that was burned. */
  public static BurnsView burns(Connection connection) throws SQLException {
    return new BurnsView(
        Sql.list(
            connection,
            "select asset, symbol, cause, amount_micros, burns from burn join asset using (asset)"
                + " order by asset, cause",
            row ->
                new BurnsView.Line(
                    row.getInt(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getLong(5))));
  }

  /**
   * What became of a command.
   *
   * @param hash lower-case text with {@code 0x}
   * @param seq position of its entry
   * @param code 0, or the refusal's number
   */
  public record Outcome(String hash, long seq, int code) {}

  /** What became of a command, by its hash. */
  public static Optional<Outcome> command(Connection connection, String hash) throws SQLException {
    return Sql.one(
        connection,
        "select hash, seq, code from command where hash = ?",
        row -> new Outcome(row.getString(1), row.getLong(2), row.getInt(3)),
        hash);
  }
}
