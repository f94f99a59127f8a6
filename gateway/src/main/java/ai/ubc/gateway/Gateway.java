package ai.ubc.gateway;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.blob.BlobRights;
import ai.ubc.gateway.blob.BlobStore;
import ai.ubc.gateway.blob.BodyRetention;
import ai.ubc.gateway.command.Admission;
import ai.ubc.gateway.command.BodyRules;
import ai.ubc.gateway.command.Notary;
import ai.ubc.gateway.database.AccountReads;
import ai.ubc.gateway.database.Database;
import ai.ubc.gateway.database.JobReads;
import ai.ubc.gateway.database.Projector;
import ai.ubc.gateway.evidence.LogTree;
import ai.ubc.gateway.evidence.Receipts;
import ai.ubc.gateway.http.Cores;
import ai.ubc.gateway.http.HttpServer;
import ai.ubc.gateway.http.NetworkMapper;
import ai.ubc.gateway.journal.LogClock;
import ai.ubc.gateway.journal.Tail;
import ai.ubc.gateway.keys.JobKeyFiles;
import ai.ubc.gateway.keys.ReaderKeyFiles;
import ai.ubc.gateway.projection.Projection;
import ai.ubc.gateway.quote.QuoteMapper;
import ai.ubc.gateway.stream.EntryStream;
import ai.ubc.gateway.stream.JobParties;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A running gateway: HTTP in front of the ledger, projections in PostgreSQL, the content store. It
 * holds nothing that can not be derived from the journal again, but the bodies.
 */
public final class Gateway implements AutoCloseable {
  private final HttpServer server;
  private final Cores cores;

  private Gateway(HttpServer server, Cores cores) {
    this.server = server;
    this.cores = cores;
  }

  /**
   * Starts a gateway; it answers when this returns.
   *
   * @throws IOException when the database, the store or the port can not be had
   * @throws IllegalStateException when the database holds another network
   */
  public static Gateway start(GatewayConfig config) throws IOException {
    // Database and Spring take the longest and need nothing from each other.
    CompletableFuture<Cores> cores = new CompletableFuture<>();
    Thread starter =
        Thread.ofPlatform().name("ubc-gateway-start").unstarted(() -> complete(cores, config));
    HttpServer server;
    try {
      server =
          HttpServer.start(config.host(), config.port(), config.tls(), cores::join, starter::start);
    } catch (RuntimeException e) {
      closeWhenStarted(cores);
      throw new IOException(
          "can not listen on " + config.host() + ":" + config.port() + ": " + e.getMessage(), e);
    }
    try {
      return new Gateway(server, cores.join());
    } catch (CompletionException e) {
      server.close();
      throw asThrown(e);
    }
  }

  private static void complete(CompletableFuture<Cores> cores, GatewayConfig config) {
    try {
      cores.complete(cores(config));
    } catch (RuntimeException | IOException e) {
      cores.completeExceptionally(e);
    } catch (InterruptedException e) {
      cores.completeExceptionally(e);
      Thread.currentThread().interrupt();
    }
  }

  private static void closeWhenStarted(CompletableFuture<Cores> cores) {
    Cores started = cores.exceptionally(_ -> null).join();
    if (started != null) {
      close(started);
    }
  }

  private static IOException asThrown(CompletionException e) {
    if (e.getCause() instanceof IllegalStateException foreign) {
      throw foreign;
    }
    return e.getCause() instanceof IOException io
        ? io
        : new IOException("the gateway did not start: " + e.getCause(), e);
  }

  private static Cores cores(GatewayConfig config) throws IOException, InterruptedException {
    Hash32 genesisHash = GenesisFile.hash(config.genesis());
    Database database = Database.open(config.storage(), genesisHash.toString());
    try {
      return cores(config, genesisHash, database);
    } catch (RuntimeException | IOException e) {
      database.close();
      throw e;
    }
  }

  private static Cores cores(GatewayConfig config, Hash32 genesisHash, Database database)
      throws IOException {
    var limits = config.limits();
    Eip712 domain = new Eip712(config.genesis().chainId(), genesisHash);
    JobParties parties =
        new JobParties(job ->
            database
                .read(
                    0,
                    Duration.ZERO,
                    Set.of(Projection.JOBS),
                    connection -> JobReads.concerned(connection, job))
                .value());
    LogClock clock = clock(config, database);
    BlobStore blobs = new BlobStore(config.dataDir().resolve("blobs"), limits, clock::nowMs);
    Tail tail =
        new Tail(
            config.journal(),
            clock,
            database.positions().least(),
            limits.streamLagMax(),
            parties::observe);
    tail.start();
    LogTree tree = new LogTree(config.dataDir().resolve("log-tree"), genesisHash, tail);
    ReaderKeyFiles readerKeys =
        new ReaderKeyFiles(config.dataDir().resolve("keys").resolve("readers"));
    JobKeyFiles jobKeys = new JobKeyFiles(config.dataDir().resolve("keys").resolve("jobs"));
    BodyRetention retention = new BodyRetention(blobs, jobKeys, database, tail, clock, limits);
    retention.start();
    return new Cores(
        new NetworkMapper(config.genesis(), config.development(), limits),
        limits,
        new Admission(
            domain,
            new BodyRules(blobs, domain, config.genesis().notary()),
            config.commands(),
            limits),
        database,
        new Projector(database, tail, config.genesis()),
        tail,
        clock,
        new EntryStream(tail, clock, parties, limits),
        blobs,
        retention,
        readerKeys,
        jobKeys,
        new BlobRights(domain, database, tail, clock, blobs, limits),
        new Notary(
            domain,
            config.notary(),
            blobs,
            limits.bodyRetention().toMillis(),
            limits.bundleChecksMax()),
        tree,
        new Receipts(config.genesis(), config.notary(), tree, database, limits.readWait()),
        new QuoteMapper(config.genesis().parameters()));
  }

  private static LogClock clock(GatewayConfig config, Database database) {
    Database.Read<AccountReads.Network> network =
        database.read(0, Duration.ZERO, Set.of(Projection.ACCOUNTS), AccountReads::network);
    return new LogClock(config.unixTimeMs(), network.seq(), network.value().outagesMs());
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Where it answers: {@code http://HOST:PORT}, or {@code https}. */
  public String url() {
    return server.url();
  }

  /**
   * Stops: open streams get their last message, requests are answered, what has been read of the
   * journal is written, and the embedded database ends.
   */
  @Override
  public void close() {
    cores.tail().close();
    server.close();
    close(cores);
  }

  private static void close(Cores cores) {
    cores.retention().close();
    cores.tail().close();
    cores.projector().close();
    cores.tree().close();
    cores.database().close();
  }
}
