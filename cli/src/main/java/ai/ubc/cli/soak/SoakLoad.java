package ai.ubc.cli.soak;

import ai.ubc.cli.command.DevelopmentGenesis;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import ai.ubc.sdk.job.SecretStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What clients do while the network is killed: one transfers ever other amounts, so that each
 * transfer can be told from all others, some buy jobs. What each was told is kept. From any thread.
 */
final class SoakLoad implements AutoCloseable {
  private static final long FUNDS_MICROS = 1_000_000 * Asset.MICROS;
  private static final long PAUSE_MS = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What a client was told of a transfer. */
  enum Told {
    DONE,
    REFUSED,
    NOTHING
  }

  private final UbcClient client;
  private final Session payer;
  private final Session payee;
  private final Buyers buyers;
  private final ConcurrentMap<Long, Told> transfers = new ConcurrentHashMap<>();
  private final Thread paying;
  private volatile boolean ending;

  private SoakLoad(UbcClient client, Path directory, Path program)
      throws IOException, UbcException, InterruptedException {
    this.client = client;
    Session faucet = Session.openOrRegister(client, Wallet.of(DevelopmentGenesis.FAUCET));
    this.payer = account(directory, "payer");
    this.payee = account(directory, "payee");
    long seq = faucet.submit(new Command.Transfer(payer.account(), Asset.COMPUTE, FUNDS_MICROS));
    client.account(payer.account(), seq);
    this.buyers = new Buyers(payer, SecretStore.in(directory.resolve("secrets")), program);
    this.paying = Thread.ofVirtual().name("transfers").start(this::pay);
  }

  /** Opens the accounts and begins. */
  static SoakLoad start(String url, Path directory, Path program)
      throws IOException, UbcException, InterruptedException {
    UbcClient client = UbcClient.connect(URI.create(url));
    try {
      return new SoakLoad(client, directory, program);
    } catch (IOException | UbcException | RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private Session account(Path directory, String name)
      throws IOException, UbcException, InterruptedException {
    return Session.openOrRegister(
        client, Wallet.loadOrCreate(directory.resolve(name + ".key"), RANDOM));
  }

  private void pay() {
    for (long amount = 1; !ending; amount++) {
      transfers.put(amount, Told.NOTHING);
      try {
        payer.submit(new Command.Transfer(payee.account(), Asset.COMPUTE, amount));
        transfers.put(amount, Told.DONE);
        client.clock().sleep(PAUSE_MS);
      } catch (LedgerRefused e) {
        transfers.put(amount, Told.REFUSED);
      } catch (UbcException e) {
        // The client was told nothing that it could rely on.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** The account that pays. */
  int payer() {
    return payer.account();
  }

  /** The account that is paid. */
  int payee() {
    return payee.account();
  }

  /** The clients that buy jobs. */
  Buyers buyers() {
    return buyers;
  }

  /** A client of the gateway. */
  UbcClient client() {
    return client;
  }

  /** Amounts that were transferred, micro-COMPUTE, each once, and what the client was told. */
  Map<Long, Told> transfers() {
    return Map.copyOf(transfers);
  }

  /** Transfers of which the client was told this. */
  long transfers(Told told) {
    return transfers.values().stream().filter(t -> t == told).count();
  }

  /** Lets what was begun come to its end, and begins nothing more. */
  void finish() throws InterruptedException {
    ending = true;
    paying.join();
    buyers.finish();
  }

  @Override
  public void close() {
    ending = true;
    paying.interrupt();
    buyers.stop();
    client.close();
  }
}
