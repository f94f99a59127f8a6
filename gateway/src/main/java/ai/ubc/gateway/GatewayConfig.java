package ai.ubc.gateway;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.domain.Genesis;
import ai.ubc.gateway.command.CommandSink;
import ai.ubc.gateway.database.Storage;
import ai.ubc.gateway.http.TlsFiles;
import ai.ubc.gateway.journal.JournalFeed;
import ai.ubc.gateway.journal.SteadyTime;
import ai.ubc.gateway.limits.Limits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a gateway needs.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for any free one
 * @param dataDir where the content store lies, and the embedded database's data
 * @param genesis the network
 * @param development whether its money is play money
 * @param notary the key of the network's notary
 * @param commands the way to the ledger
 * @param journal the journal
 * @param storage which PostgreSQL holds the projections
 * @param limits what the gateway takes
 * @param unixTimeMs Unix time that does not jump, milliseconds
 * @param tls by what it shows who it is; empty for plain HTTP, on the loopback address only
 */
public record GatewayConfig(
    String host,
    int port,
    Path dataDir,
    Genesis genesis,
    boolean development,
    KeyPair notary,
    CommandSink commands,
    JournalFeed journal,
    Storage storage,
    Limits limits,
    LongSupplier unixTimeMs,
    Optional<TlsFiles> tls) {

  /**
   * Refuses a key that is not the network's notary, a store that does not keep a result until its
   * job can be closed, and plain HTTP off this machine.
   */
  public GatewayConfig {
    if (tls.isEmpty() && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "a gateway that listens on " + host + ", off this machine, needs TLS");
    }
    if (!genesis.notary().equals(notary.address())) {
      throw new IllegalArgumentException(
          "the key of "
              + notary.address()
              + " is not that of the network's notary, "
              + genesis.notary());
    }
    long leastMs = genesis.parameters().openWindowMs() + genesis.parameters().disputeWindowMs();
    if (limits.bodyRetention().toMillis() <= leastMs) {
      throw new IllegalArgumentException(
          "bodies must be kept longer than a result can be disputed: " + leastMs + " ms");
    }
  }

  /**
   * A gateway on the loopback address with a database of its own below {@code dataDir}, the
   * standard limits, and the system's clock as it is now, counted on.
   */
  public static GatewayConfig local(
      int port,
      Path dataDir,
      Genesis genesis,
      boolean development,
      KeyPair notary,
      CommandSink commands,
      JournalFeed journal) {
    return new GatewayConfig(
        "127.0.0.1",
        port,
        dataDir,
        genesis,
        development,
        notary,
        commands,
        journal,
        new Storage.Embedded(dataDir.resolve("postgres"), dataDir.resolve("postgres-programs")),
        Limits.standard(),
        new SteadyTime(System.currentTimeMillis(), System::nanoTime),
        Optional.empty());
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // starting there will say so
    }
  }

  /** The same, listening on another address, and showing who it is there. */
  public GatewayConfig listeningOn(String address, Optional<TlsFiles> proof) {
    return new GatewayConfig(
        address,
        port,
        dataDir,
        genesis,
        development,
        notary,
        commands,
        journal,
        storage,
        limits,
        unixTimeMs,
        proof);
  }

  /** The same with another PostgreSQL. */
  public GatewayConfig withStorage(Storage other) {
    return new GatewayConfig(
        host,
        port,
        dataDir,
        genesis,
        development,
        notary,
        commands,
        journal,
        other,
        limits,
        unixTimeMs,
        tls);
  }

  /** The same with other limits. */
  public GatewayConfig withLimits(Limits other) {
    return new GatewayConfig(
        host,
        port,
        dataDir,
        genesis,
        development,
        notary,
        commands,
        journal,
        storage,
        other,
        unixTimeMs,
        tls);
  }

  /** The same with another clock. */
  public GatewayConfig withClock(LongSupplier other) {
    return new GatewayConfig(
        host,
        port,
        dataDir,
        genesis,
        development,
        notary,
        commands,
        journal,
        storage,
        limits,
        other,
        tls);
  }
}
