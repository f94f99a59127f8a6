package ai.ubc.gateway.database;

import ai.ubc.codec.evidence.PoolTrail;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Genesis;
import ai.ubc.gateway.journal.JournalEntry;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import ai.ubc.gateway.projection.EntryWriter;
import ai.ubc.gateway.projection.Projection;
import ai.ubc.gateway.projection.RowWrite;
import ai.ubc.gateway.projection.Statement;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The projections' database. A batch of entries and the position behind it are committed together
 * or not at all, and a read sees its rows and the position they stand at in one snapshot. From any
 * thread.
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int CONNECTIONS_MAX = 16;
  private static final long CONNECTION_WAIT_MS = 5_000;

  private final @Nullable PostgresServer server;
  private final HikariDataSource pool;
  private final String genesisHash;
  private final Positions positions;

  private Database(
      @Nullable PostgresServer server,
      HikariDataSource pool,
      String genesisHash,
      Map<Projection, Long> start) {
    this.server = server;
    this.pool = pool;
    this.genesisHash = genesisHash;
    this.positions = new Positions(start);
  }

  /** Reads inside one snapshot. */
  @FunctionalInterface
  public interface Query<T> {
    /** Reads with the connection, which is closed afterwards. */
    T read(Connection connection) throws SQLException;
  }

  /**
   * What was read, and where.
   *
   * @param seq position at which all of it stands
   * @param value what was read
   */
  public record Read<T>(long seq, T value) {}

  /**
   * Opens the database, starting the embedded server where one is asked for, and brings its tables
   * up to date.
   *
   * @param genesisHash the network that the journal belongs to
   * @throws IOException when the server can not be started or reached
   * @throws IllegalStateException when the database holds another network
   */
  public static Database open(Storage storage, String genesisHash)
      throws IOException, InterruptedException {
    PostgresServer server =
        storage instanceof Storage.Embedded embedded ? PostgresServer.start(embedded) : null;
    HikariDataSource pool = null;
    try {
      pool = pool(server != null ? server.jdbc() : (Storage.Jdbc) storage);
      migrate(pool);
      return new Database(server, pool, genesisHash, positions(pool, genesisHash));
    } catch (RuntimeException | SQLException e) {
      if (pool != null) {
        pool.close();
      }
      if (server != null) {
        server.close();
      }
      if (e instanceof IllegalStateException foreign) {
        throw foreign;
      }
      throw new IOException("the database " + storage + " can not be opened: " + e.getMessage(), e);
    }
  }

  private static HikariDataSource pool(Storage.Jdbc jdbc) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ubc-gateway");
    config.setJdbcUrl(jdbc.url());
    config.setUsername(jdbc.user());
    config.setPassword(jdbc.password());
    config.setMaximumPoolSize(CONNECTIONS_MAX);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(CONNECTION_WAIT_MS);
    config.setAutoCommit(false);
    return new HikariDataSource(config);
  }

  private static void migrate(HikariDataSource pool) {
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:ai/ubc/gateway/migrations")
        .load()
        .migrate();
  }

  private static Map<Projection, Long> positions(HikariDataSource pool, String genesisHash)
      throws SQLException {
    Map<Projection, Long> start = new EnumMap<>(Projection.class);
    try (Connection connection = pool.getConnection()) {
      for (Projection projection : Projection.values()) {
        start.put(projection, position(connection, projection, genesisHash));
      }
      connection.commit();
    }
    return start;
  }

  private record Stored(long seq, String genesisHash) {}

  private static long position(Connection connection, Projection projection, String genesisHash)
      throws SQLException {
    Sql.update(
        connection,
        "insert into projection (name, seq, genesis_hash) values (?, 0, ?) on conflict do nothing",
        projection.key(),
        genesisHash);
    Stored stored =
        Sql.one(
                connection,
                "select seq, genesis_hash from projection where name = ?",
                row -> new Stored(row.getLong(1), row.getString(2)),
                projection.key())
            .orElseThrow();
    if (!stored.genesisHash().equals(genesisHash)) {
      throw new IllegalStateException(
          "the database holds the network with genesis hash "
              + stored.genesisHash()
              + ", but this gateway serves "
              + genesisHash
              + ". Give it a database of its own, or the genesis file of that network.");
    }
    return stored.seq();
  }

  /** How far each projection has got. */
  public Positions positions() {
    return positions;
  }

  /** Whether the embedded server is alive, or there is none. */
  public boolean isServerAlive() {
    return server == null || server.process().isAlive();
  }

  /**
   * Where a projection stands.
   *
   * @param seq position up to which it is written
   * @param writer says what the entries behind that position write
   */
  record Start(long seq, EntryWriter writer) {}

  /** Reads where a projection stands, at the start and after a write failed. */
  Start start(Projection projection, Genesis genesis) throws SQLException {
    PoolTrail trail = new PoolTrail(genesis.parameters(), GenesisFile.hash(genesis));
    try (Connection connection = pool.getConnection()) {
      Sql.update(connection, "set transaction isolation level repeatable read");
      long seq = position(connection, projection, genesisHash);
      if (projection == Projection.DRAWS) {
        DrawReads.restore(connection, trail);
      }
      connection.commit();
      positions.advance(projection, seq);
      return new Start(seq, projection.writer(trail));
    }
  }

  /**
   * Writes entries of one projection, with the position behind them.
   *
   * @param writer stands before the first of them; when this fails, it is of no more use
   * @throws SQLException when they could not be written, or another writer was there first; nothing
   *     was written then
   */
  void project(Projection projection, EntryWriter writer, List<JournalEntry> entries)
      throws SQLException {
    long from = entries.getFirst().seq() - 1;
    long to = entries.getLast().seq();
    try (Connection connection = pool.getConnection()) {
      try {
        int moved =
            Sql.update(
                connection,
                "update projection set seq = ? where name = ? and seq = ? and genesis_hash = ?",
                to,
                projection.key(),
                from,
                genesisHash);
        if (moved != 1) {
          throw new SQLException(
              "the projection " + projection.key() + " is not at " + from + " any more");
        }
        write(connection, RowWrite.batch(writer.writes(entries)));
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
    positions.advance(projection, to);
  }

  private static void write(Connection connection, Map<Statement, List<List<Object>>> batch)
      throws SQLException {
    for (Map.Entry<Statement, List<List<Object>>> part : batch.entrySet()) {
      try (PreparedStatement statement = connection.prepareStatement(part.getKey().sql())) {
        for (List<Object> values : part.getValue()) {
          Sql.bind(statement, values);
          statement.addBatch();
        }
        statement.executeBatch();
      }
    }
  }

  /**
   * Reads in one snapshot that contains entry {@code after}.
   *
   * @param after position to wait for; 0 for none
   * @param wait the longest wait
   * @param projections what the query reads from
   * @throws RequestFailure {@code BEHIND} or {@code STORE_UNAVAILABLE}
   */
  public <T> Read<T> read(long after, Duration wait, Set<Projection> projections, Query<T> query) {
    awaitPosition(after, wait, projections);
    try (Connection connection = pool.getConnection()) {
      try {
        Sql.update(connection, "set transaction isolation level repeatable read, read only");
        long seq = seq(connection, projections);
        T value = query.read(connection);
        return new Read<>(seq, value);
      } catch (RecordReads.UnreadableException e) {
        throw e.failure();
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      LOG.warn("a read failed", e);
      throw RequestFailure.of(
          ProblemCode.STORE_UNAVAILABLE, "The gateway's database can not be read now. Try again.");
    }
  }

  private void awaitPosition(long after, Duration wait, Set<Projection> projections) {
    boolean there;
    try {
      there = positions.await(projections, after, wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      there = false;
    }
    if (!there) {
      throw RequestFailure.of(
          ProblemCode.BEHIND,
          "The gateway has not read up to entry "
              + after
              + " within "
              + wait.toMillis()
              + " ms. Ask again; if the entry was never acknowledged, ask for less.");
    }
  }

  private static long seq(Connection connection, Set<Projection> projections) throws SQLException {
    Object[] keys = projections.stream().map(Projection::key).toArray();
    Optional<Long> seq =
        Sql.one(
            connection,
            "select min(seq) from projection where name = any(?)",
            row -> row.getLong(1),
            connection.createArrayOf("text", keys));
    return seq.orElse(0L);
  }

  @Override
  public void close() {
    pool.close();
    if (server != null) {
      server.close();
    }
  }
}
