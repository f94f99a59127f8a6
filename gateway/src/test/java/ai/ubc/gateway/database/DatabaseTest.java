package ai.ubc.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.api.AccountView;
import ai.ubc.codec.evidence.Pool;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Tier;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.TestNetwork;
import ai.ubc.gateway.journal.JournalEntry;
import ai.ubc.gateway.problem.RequestFailure;
import ai.ubc.gateway.projection.Projection;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The projections' transactions against a real PostgreSQL. */
@ExtendWith(Databases.class)
final class DatabaseTest {
  private static final String OTHER = "0x" + "11".repeat(32);

  @TempDir Path directory;

  private static TestNetwork busyNetwork() {
    TestNetwork network = new TestNetwork("database");
    network.openMarket();
    network.give(TestNetwork.REQUESTER, TestNetwork.job(Tier.QUORUM, InputPolicy.VALIDATORS));
    network.give(TestNetwork.REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.PUBLIC));
    network.give(TestNetwork.REQUESTER, TestNetwork.job(Tier.QUORUM, InputPolicy.PUBLIC));
    for (long job : List.of(1L, 3L)) {
      network.give(TestNetwork.PROVIDER, network.commit(job));
      network.give(TestNetwork.REQUESTER, new Command.RevealSecret(job, TestNetwork.SECRET));
    }
    // Both are drawn in one entry, the second from what the first left.
    network.beacon();
    network.ledger().outage(7);
    network.ledger().pass(1_000_000);
    network.give(TestNetwork.PROVIDER, new Command.CancelOffer(1));
    // Of those that wait the first is taken back, the second's time ends, the third takes all of
    // the
    // offer, and the fourth waits on.
    waits(network, 600_000);
    network.give(TestNetwork.REQUESTER, new Command.CancelJob(4));
    waits(network, 1_000);
    network.ledger().pass(1_000);
    waits(network, 600_000);
    waits(network, 600_000);
    network.give(TestNetwork.PROVIDER, new Command.PlaceOffer(1, 999_999, 1_000_000));
    return network;
  }

  private static void waits(TestNetwork network, long waitMs) {
    network.give(
        TestNetwork.REQUESTER, TestNetwork.waiting(Tier.NONE, InputPolicy.VALIDATORS, waitMs));
  }

  private static Database open(Storage storage, TestNetwork network)
      throws IOException, InterruptedException {
    return Database.open(storage, network.genesisHash().toString());
  }

  /** Everything that is stored, as text. */
  private static List<String> contents(Database database) {
    return database
        .read(
            0,
            Duration.ZERO,
            Set.of(Projection.values()),
            connection -> {
              List<String> rows = new ArrayList<>();
              for (String table :
                  Sql.list(
                      connection,
                      "select table_name from information_schema.tables where table_schema ="
                          + " 'public' and table_name not like 'flyway%' order by table_name",
                      row -> row.getString(1))) {
                rows.addAll(
                    Sql.list(
                        connection,
                        "select '" + table + ' ' + "' || t::text from " + table + " t order by 1",
                        row -> row.getString(1)));
              }
              return rows;
            })
        .value();
  }

  private static void project(
      Database database, TestNetwork network, List<JournalEntry> entries, Random sizes)
      throws SQLException {
    for (Projection projection : Projection.values()) {
      Database.Start start = database.start(projection, network.genesis());
      int from = (int) start.seq();
      while (from < entries.size()) {
        int to = Math.min(entries.size(), from + 1 + sizes.nextInt(7));
        database.project(projection, start.writer(), entries.subList(from, to));
        from = to;
      }
    }
  }

  private static void project(
      Database database, Projection projection, TestNetwork network, List<JournalEntry> entries)
      throws SQLException {
    Database.Start start = database.start(projection, network.genesis());
    database.project(projection, start.writer(), entries);
  }

  @Test
  void batchesOfAnySizeAndRestartsGiveTheSameRows() throws Exception {
    TestNetwork network = busyNetwork();
    List<JournalEntry> entries = network.ledger().entries();
    List<String> expected;
    try (Database database = open(Databases.fresh(), network)) {
      for (Projection projection : Projection.values()) {
        project(database, projection, network, entries);
      }
      expected = contents(database);
      assertThat(expected.size()).isGreaterThan(50);
      assertThat(expected.stream().filter(row -> row.startsWith("bid ")))
          .satisfiesExactly(
              row -> assertThat(row).startsWith("bid (4,").endsWith(",f)"),
              row -> assertThat(row).startsWith("bid (5,").endsWith(",f)"),
              row -> assertThat(row).startsWith("bid (6,").endsWith(",f)"),
              row -> assertThat(row).startsWith("bid (7,").endsWith(",t)"));
    }
    Random sizes = new Random(1);
    for (int i = 0; i < 3; i++) {
      Storage storage = Databases.fresh();
      int cut = sizes.nextInt(entries.size());
      try (Database database = open(storage, network)) {
        project(database, network, entries.subList(0, cut), sizes);
      }
      try (Database database = open(storage, network)) {
        assertThat(database.positions().least()).isEqualTo(cut);
        project(database, network, entries, sizes);
        assertThat(contents(database)).isEqualTo(expected);
      }
    }
  }

  private static Optional<Pool> pool(Database database, long job) {
    return database
        .read(
            0,
            Duration.ZERO,
            Set.of(Projection.DRAWS),
            connection -> DrawReads.pool(connection, job, 0))
        .value();
  }

  @Test
  void whoCouldBeDrawnIsKeptAsTheLedgerHashedIt() throws Exception {
    TestNetwork network = busyNetwork();
    try (Database database = open(Databases.fresh(), network)) {
      project(database, Projection.DRAWS, network, network.ledger().entries());
      Pool first = pool(database, 1).orElseThrow();
      Pool second = pool(database, 3).orElseThrow();
      assertThat(first.eligible()).hasSize(4);
      assertThat(second.eligible()).hasSize(4).isNotEqualTo(first.eligible());
      assertThat(second.weightMicros()).isEqualTo(first.weightMicros() - 300_000);
      assertThat(pool(database, 2)).isEmpty();
      for (JournalEntry entry : network.ledger().entries()) {
        for (Event event : entry.events()) {
          if (event instanceof Event.DrawMade made) {
            assertThat(
                    pool(database, made.job())
                        .orElseThrow()
                        .hash(network.genesisHash(), made.job()))
                .isEqualTo(made.pool());
          }
        }
      }
    }
  }

  @Test
  void onlyAJobWithAProviderThatHasCommittedHasAResultToOpen() throws Exception {
    TestNetwork network = busyNetwork();
    network.give(TestNetwork.PROVIDER, network.commit(6));
    try (Database database = open(Databases.fresh(), network)) {
      project(database, Projection.JOBS, network, network.ledger().entries());
      List<JobReads.Opener> openers =
          database
              .read(
                  0,
                  Duration.ZERO,
                  Set.of(Projection.JOBS),
                  connection ->
                      Sql.list(
                          connection,
                          "select job from job where job in (4, 5, 6, 7) order by job",
                          row -> JobReads.opener(connection, row.getLong(1)).orElseThrow()))
              .value();
      assertThat(openers.stream().map(JobReads.Opener::isCommitted))
          .as("taken back, ended unmatched, committed, waiting")
          .containsExactly(false, false, true, false);
      assertThat(openers.stream().map(JobReads.Opener::provider))
          .containsExactly(0, 0, TestNetwork.PROVIDER, 0);
    }
  }

  private static JournalEntry withAnotherPool(JournalEntry entry) {
    List<Event> events =
        entry.events().stream()
            .map(event ->
                event instanceof Event.DrawMade made && made.job() == 3
                    ? new Event.DrawMade(
                        3, made.round(), made.secretKnown(), made.seed(), Hash32.ZERO)
                    : event)
            .toList();
    return new JournalEntry(
        entry.seq(),
        entry.logTimeMs(),
        entry.code(),
        entry.originalSeq(),
        entry.command(),
        entry.account(),
        entry.commandHash(),
        events,
        entry.record());
  }

  @Test
  void aPoolThatIsNotTheLedgersIsABugOfOursAndNothingIsWritten() throws Exception {
    TestNetwork network = busyNetwork();
    List<JournalEntry> entries =
        network.ledger().entries().stream().map(DatabaseTest::withAnotherPool).toList();
    try (Database database = open(Databases.fresh(), network)) {
      Database.Start start = database.start(Projection.DRAWS, network.genesis());
      assertThatThrownBy(() -> database.project(Projection.DRAWS, start.writer(), entries))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the pool of job 3, round 0");
      assertThat(database.start(Projection.DRAWS, network.genesis()).seq()).isZero();
      assertThat(pool(database, 1)).isEmpty();
    }
  }

  @Test
  void aDatabaseOfAnotherNetworkIsRefused() throws Exception {
    Storage storage = Databases.fresh();
    TestNetwork network = busyNetwork();
    open(storage, network).close();
    assertThatThrownBy(() -> Database.open(storage, OTHER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(OTHER)
        .hasMessageContaining(network.genesisHash().toString());
  }

  @Test
  void aServerThatIsNotThereIsNamedWithoutItsPassword() {
    Storage storage = new Storage.Jdbc("jdbc:postgresql://127.0.0.1:1/none", "me", "secret");
    assertThatThrownBy(() -> Database.open(storage, OTHER))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aSecondWriterWritesNothing() throws Exception {
    TestNetwork network = busyNetwork();
    List<JournalEntry> entries = network.ledger().entries();
    Storage storage = Databases.fresh();
    try (Database one = open(storage, network);
        Database two = open(storage, network)) {
      project(one, Projection.ACCOUNTS, network, entries.subList(0, 5));
      List<String> before = contents(one);
      assertThatThrownBy(() -> project(two, Projection.ACCOUNTS, network, entries.subList(0, 3)))
          .isInstanceOf(SQLException.class);
      assertThat(contents(one)).isEqualTo(before);
      assertThat(two.start(Projection.ACCOUNTS, network.genesis()).seq()).isEqualTo(5);
    }
  }

  @Test
  void aFailedBatchLeavesRowsAndPositionAsTheyWere() throws Exception {
    TestNetwork network = busyNetwork();
    List<JournalEntry> entries = network.ledger().entries();
    try (Database database = open(Databases.fresh(), network)) {
      project(database, Projection.ACCOUNTS, network, entries.subList(0, 1));
      List<String> before = contents(database);
      JournalEntry repeated = entries.getFirst();
      JournalEntry broken =
          new JournalEntry(
              2, 1, 0, 0, "Tick", 0, repeated.commandHash(), repeated.events(), repeated.record());
      assertThatThrownBy(() -> project(database, Projection.ACCOUNTS, network, List.of(broken)))
          .isInstanceOf(SQLException.class);
      assertThat(contents(database)).isEqualTo(before);
      assertThat(database.positions().of(Projection.ACCOUNTS)).isEqualTo(1);
    }
  }

  @Test
  void aReadWaitsForItsPositionAndNotForEver() throws Exception {
    TestNetwork network = busyNetwork();
    List<JournalEntry> entries = network.ledger().entries();
    try (Database database = open(Databases.fresh(), network)) {
      assertThatThrownBy(() ->
              database.read(3, Duration.ofMillis(1), Set.of(Projection.ACCOUNTS), _ -> "nothing"))
          .isInstanceOfSatisfying(
              RequestFailure.class, e -> assertThat(e.code()).isEqualTo("BEHIND"));
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  project(database, Projection.ACCOUNTS, network, entries.subList(0, 3));
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      Database.Read<AccountView> read =
          database.read(
              3,
              Duration.ofSeconds(30),
              Set.of(Projection.ACCOUNTS),
              connection -> AccountReads.account(connection, TestNetwork.PROVIDER).orElseThrow());
      writer.join();
      assertThat(read.seq()).isEqualTo(3);
      assertThat(read.value().providerBondMicros()).isEqualTo(500_000_000);
    }
  }

  @Test
  void aReadThatFailsSaysThatTheStoreIsAway() throws Exception {
    try (Database database = open(Databases.fresh(), busyNetwork())) {
      assertThatThrownBy(() ->
              database.read(
                  0,
                  Duration.ZERO,
                  Set.of(Projection.JOBS),
                  connection -> Sql.list(connection, "select nonsense", row -> row)))
          .isInstanceOfSatisfying(
              RequestFailure.class, e -> assertThat(e.code()).isEqualTo("STORE_UNAVAILABLE"));
    }
  }

  @Test
  void theEmbeddedServerKeepsItsDataAndLetsNobodyInWithoutThePassword() throws Exception {
    Storage.Embedded storage = new Storage.Embedded(directory.resolve("pg"), Databases.programs());
    TestNetwork network = busyNetwork();
    try (Database database = open(storage, network)) {
      project(database, network, network.ledger().entries(), new Random(2));
      assertThat(database.isServerAlive()).isTrue();
    }
    try (PostgresServer server = PostgresServer.start(storage)) {
      Storage.Jdbc jdbc = server.jdbc();
      assertThat(jdbc.url()).contains("127.0.0.1");
      assertThatThrownBy(
              () -> java.sql.DriverManager.getConnection(jdbc.url(), jdbc.user(), "wrong").close())
          .isInstanceOf(SQLException.class);
      try (Connection connection =
          java.sql.DriverManager.getConnection(jdbc.url(), jdbc.user(), jdbc.password())) {
        assertThat(Sql.one(connection, "select min(seq) from projection", row -> row.getLong(1)))
            .hasValue(network.ledger().lastSeq());
      }
    }
  }

  /** A process that starts a server and waits to be killed. Arguments: data, programs. */
  static final class ToBeKilled {
    private ToBeKilled() {}

    public static void main(String[] args) throws Exception {
      PostgresServer server =
          PostgresServer.start(new Storage.Embedded(Path.of(args[0]), Path.of(args[1])));
      System.out.println(server.process().pid());
      while (System.in.read() >= 0) {}
    }
  }

  @Test
  void aServerThatAKilledProcessLeftBehindIsEndedByTheNextStart() throws Exception {
    Storage.Embedded storage = new Storage.Embedded(directory.resolve("pg"), Databases.programs());
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ToBeKilled.class.getName(),
                storage.directory().toString(),
                storage.binaries().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    ProcessHandle left;
    try (BufferedReader output = child.inputReader()) {
      left =
          output
              .lines()
              .filter(line -> line.matches("[0-9]+"))
              .findFirst()
              .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
              .orElseThrow();
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertThat(left.isAlive()).isTrue();
    try (PostgresServer server = PostgresServer.start(storage)) {
      assertThat(left.isAlive()).isFalse();
      assertThat(server.process().isAlive()).isTrue();
    }
  }

  @Test
  void aServerThatIsKilledIsStartedAgainAndNothingIsMissing() throws Exception {
    Storage.Embedded storage = new Storage.Embedded(directory.resolve("pg"), Databases.programs());
    try (PostgresServer server = PostgresServer.start(storage)) {
      Storage.Jdbc jdbc = server.jdbc();
      try (Connection connection = connection(jdbc)) {
        Sql.update(connection, "create table kept (n int)");
        Sql.update(connection, "insert into kept values (7)");
        Sql.update(connection, "checkpoint");
      }
      ProcessHandle killed = server.process();
      killed.destroyForcibly();
      killed.onExit().join();
      try (Connection connection = connectionOnceThere(jdbc)) {
        assertThat(Sql.one(connection, "select n from kept", row -> row.getInt(1))).hasValue(7);
      }
      assertThat(server.process().pid()).isNotEqualTo(killed.pid());
    }
  }

  private static Connection connection(Storage.Jdbc jdbc) throws SQLException {
    return java.sql.DriverManager.getConnection(jdbc.url(), jdbc.user(), jdbc.password());
  }

  private static Connection connectionOnceThere(Storage.Jdbc jdbc) throws SQLException {
    SQLException last = new SQLException("not tried");
    for (int i = 0; i < 2_400; i++) {
      try {
        return connection(jdbc);
      } catch (SQLException e) {
        last = e;
        LockSupport.parkNanos(50_000_000);
      }
    }
    throw last;
  }
}
