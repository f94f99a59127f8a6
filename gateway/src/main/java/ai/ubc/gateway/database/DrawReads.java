package ai.ubc.gateway.database;

import ai.ubc.codec.evidence.Pool;
import ai.ubc.codec.evidence.PoolTrail;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Reads of the projection "draws". */
final class DrawReads {
  private record Bond(int account, long micros) {}

  private record Drawable(long job, PoolTrail.Parties parties) {}

  private record Pick(long job, int validator) {}

  private DrawReads() {}

  /** Brings a trail that knows nothing yet to where the projection stands. */
  static void restore(Connection connection, PoolTrail trail) throws SQLException {
    Sql.list(
            connection,
            "select account, bond_micros from draw_bond",
            row -> new Bond(row.getInt(1), row.getLong(2)))
        .forEach(bond -> trail.restoreBond(bond.account(), bond.micros()));
    Sql.list(
            connection,
            "select job, requester, provider, duty_bond_micros from draw_job",
            row ->
                new Drawable(
                    row.getLong(1),
                    new PoolTrail.Parties(row.getInt(2), row.getInt(3), row.getLong(4))))
        .forEach(job -> trail.restoreJob(job.job(), job.parties()));
    Sql.list(
            connection,
            "select job, validator from draw_pick",
            row -> new Pick(row.getLong(1), row.getInt(2)))
        .forEach(pick -> trail.restoreDrawn(pick.job(), pick.validator()));
  }

  /** Who could be drawn in a round of a job, where that is listed. */
  static Optional<Pool> pool(Connection connection, long job, int round) throws SQLException {
    return Sql.one(
        connection,
        "select eligible from draw_pool where job = ? and round = ?",
        row -> Pool.of(round, row.getBytes(1)),
        job,
        round);
  }
}
