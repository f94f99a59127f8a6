package ai.ubc.gateway.database;

import ai.ubc.api.MandateView;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads of mandates, of the projection "accounts". */
public final class MandateReads {
  private MandateReads() {}

  /**
   * Which mandates of an account.
   *
   * @param account whose
   * @param key only those of this key, lower-case text with {@code 0x}
   * @param before only those with a smaller number
   * @param limit most of them
   */
  public record Filter(int account, Optional<String> key, long before, int limit) {}

  /** Mandates, newest first; whether they live is said as of {@code nowMs}, log time. */
  public static List<MandateView> mandates(Connection connection, Filter filter, long nowMs)
      throws SQLException {
    List<Object> parameters = new ArrayList<>(List.of(filter.account(), filter.before()));
    filter.key().ifPresent(parameters::add);
    parameters.add(filter.limit());
    List<MandateView> bare =
        Sql.list(
            connection,
            "select mandate, account, key, revoked, amount_micros, spent_micros, expires_ms,"
                + " classes, granted_seq from mandate where account = ? and mandate < ?"
                + (filter.key().isPresent() ? " and key = ?" : "")
                + " order by mandate desc limit ?",
            row ->
                new MandateView(
                    row.getLong(1),
                    row.getInt(2),
                    row.getString(3),
                    state(row.getBoolean(4), row.getLong(7), nowMs),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8),
                    List.of(),
                    row.getLong(9)),
            parameters.toArray());
    List<MandateView> whole = new ArrayList<>();
    for (MandateView view : bare) {
      whole.add(withPayees(view, payees(connection, view.mandate())));
    }
    return whole;
  }

  private static String state(boolean isRevoked, long expiresMs, long nowMs) {
    if (isRevoked) {
      return "REVOKED";
    }
    return nowMs >= expiresMs ? "EXPIRED" : "LIVE";
  }

  private static List<Integer> payees(Connection connection, long mandate) throws SQLException {
    return Sql.list(
        connection,
        "select payee from mandate_payee where mandate = ? order by seq",
        row -> row.getInt(1),
        mandate);
  }

  private static MandateView withPayees(MandateView view, List<Integer> payees) {
    return new MandateView(
        view.mandate(),
        view.account(),
        view.key(),
        view.state(),
        view.amountMicros(),
        view.spentMicros(),
        view.expiresMs(),
        view.classes(),
        payees,
        view.grantedSeq());
  }

  /**
   * Whether a key has a live mandate of an account.
   *
   * @param key lower-case text with {@code 0x}
   * @param nowMs log time
   */
  public static boolean isLive(Connection connection, int account, String key, long nowMs)
      throws SQLException {
    return Sql.one(
            connection,
            "select 1 from mandate where account = ? and key = ? and not revoked"
                + " and expires_ms > ? limit 1",
            row -> row.getInt(1),
            account,
            key,
            nowMs)
        .isPresent();
  }
}
