package ai.ubc.gateway.database;

import ai.ubc.codec.evidence.Pool;
import ai.ubc.codec.evidence.ReceiptSource;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.domain.Address;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads of the projection "records", and of "draws" for receipts. */
public final class RecordReads {
  private RecordReads() {}

  /** The records that receipts are made of, read with a connection while it is open. */
  public static ReceiptSource source(Connection connection) {
    return new Stored(connection);
  }

  private record Stored(Connection connection) implements ReceiptSource {
    @Override
    public List<Long> ofJob(long job) {
      return seqs("JOB", job);
    }

    @Override
    public OptionalLong ofOffer(long order) {
      return first("OFFER", order);
    }

    @Override
    public OptionalLong ofAccount(int account) {
      return first("ACCOUNT", account);
    }

    @Override
    public List<Long> ofOwners(int account) {
      return seqs("OWNER", account);
    }

    @Override
    public OptionalLong ofNaming(int account, long upTo) {
      return seqs("NAMING", account).stream()
          .mapToLong(Long::longValue)
          .filter(seq -> seq <= upTo)
          .max();
    }

    @Override
    public OptionalLong ofMandate(int account, Address key, long upTo) {
      return read(
              "select seq from record_grant where account = ? and key = ? and seq <= ?"
                  + " order by seq desc limit 1",
              row -> row.getLong(1),
              account,
              key.toString(),
              upTo)
          .stream()
          .mapToLong(Long::longValue)
          .findFirst();
    }

    @Override
    public OptionalLong ofBeacon(long slot) {
      return first("BEACON", slot);
    }

    @Override
    public Optional<Pool> ofRound(long job, int round) {
      try {
        return DrawReads.pool(connection, job, round);
      } catch (SQLException e) {
        throw new UnreadableException(e);
      }
    }

    @Override
    public JournalRecord record(long seq) {
      return read(
              "select seq, log_time_ms, entry, events from record where seq = ?",
              row ->
                  new JournalRecord(
                      row.getLong(1), row.getLong(2), 0, 0, row.getBytes(3), row.getBytes(4)),
              seq)
          .getFirst();
    }

    private OptionalLong first(String kind, long id) {
      return seqs(kind, id).stream().mapToLong(Long::longValue).findFirst();
    }

    private List<Long> seqs(String kind, long id) {
      return read(
          "select seq from record_key where kind = ? and id = ? order by seq",
          row -> row.getLong(1),
          kind,
          id);
    }

    private <T> List<T> read(String sql, Sql.RowReader<T> reader, Object... parameters) {
      try {
        return Sql.list(connection, sql, reader, parameters);
      } catch (SQLException e) {
        throw new UnreadableException(e);
      }
    }
  }

  /** Carries a failure of the database through code that knows of none. */
  static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SQLException failure;

    UnreadableException(SQLException failure) {
      super(failure);
      this.failure = failure;
    }

    SQLException failure() {
      return failure;
    }
  }
}
