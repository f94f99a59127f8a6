package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.DevelopmentGenesis;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.audit.AuditReport;
import ai.ubc.codec.audit.JournalAudit;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Genesis;
import ai.ubc.gateway.Gateway;
import ai.ubc.gateway.GatewayConfig;
import ai.ubc.gateway.command.LinkSink;
import ai.ubc.gateway.journal.JournalFiles;
import ai.ubc.link.LedgerLink;
import ai.ubc.link.LinkConfig;
import ai.ubc.provider.worker.WorkerPool;
import ai.ubc.provider.worker.WorkerSettings;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sequencer.ClusterPorts;
import ai.ubc.sequencer.EngineLedger;
import ai.ubc.sequencer.LedgerState;
import ai.ubc.sequencer.Replay;
import ai.ubc.sequencer.SequencerConfig;
import ai.ubc.sequencer.SequencerNode;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A whole network in this process, of the same parts that a large one consists of: sequencer with
 * its log on disk, gateway on a socket with PostgreSQL behind it, and nodes that dial that socket.
 * From any thread.
 */
public final class LocalNetwork implements AutoCloseable {
  /** How long a sequencer may take to apply its log when it is started, milliseconds. */
  static final long SEQUENCER_START_LIMIT_MS = 60_000;

  private static final int RUNS_PER_NODE = 2;

  private final NetworkFiles files;
  private final Parts parts;
  private final List<RunningNode> nodes = new ArrayList<>();
  private final Genesis genesis;
  private final SequencerNode sequencer;
  private final URI url;
  private final boolean isOpen;
  private final UbcClient client;
  private final NodeStart nodeStart;

  private LocalNetwork(
      NetworkPlan plan, Consumer<String> progress, Runnable onSignal, Runnable afterSignal)
      throws IOException, UbcException, InterruptedException {
    this.files = files(plan);
    this.isOpen = plan.listen().isOpen();
    // The database is a process of its own and must not outlive this one, whenever it is told to
    // end.
    this.parts = new Parts(onSignal, afterSignal);
    try {
      parts.start(files::lock);
      parts.start(files::lockGateway);
      requireFree(plan.listen());
      progress.accept("starting the sequencer …");
      genesis = files.genesis(plan.createdMs());
      sequencer =
          parts.start(() ->
              SequencerNode.start(
                  sequencerConfig(files, genesis, ClusterPorts.free(), plan.journalArchive()),
                  SEQUENCER_START_LIMIT_MS));
      LedgerLink link =
          parts.start(() ->
              LedgerLink.open(
                  LinkConfig.sharing(
                      sequencer.driverDirectory(),
                      sequencer.ingressEndpoints(),
                      sequencer.gatewayCredentials())));
      progress.accept("starting PostgreSQL and the gateway …");
      Gateway gateway =
          parts.start(() ->
              Gateway.start(
                  GatewayConfig.local(
                          plan.listen().port(),
                          files.gateway(),
                          genesis,
                          DevelopmentGenesis.hasFaucet(genesis),
                          files.notary().key(),
                          new LinkSink(link),
                          new JournalFiles(sequencer.journalDirectory(), sequencer.genesisHash()))
                      .listeningOn(plan.listen().host(), plan.listen().tls())
                      .withStorage(files.database())
                      .withClock(sequencer.clock())));
      url = plan.listen().url(gateway.port());
      new Listening(plan.listen().address(), url).write(files.listening());
      client = parts.start(() -> UbcClient.connect(url));
      WorkerPool workers = parts.start(() -> new WorkerPool(WorkerSettings.of(plan.workers())));
      nodeStart = new NodeStart(parts, client, url, RUNS_PER_NODE, plan.randomness());
      for (NetworkPlan.Node node : plan.nodes()) {
        progress.accept("starting " + node.name() + " …");
        nodes.add(nodeStart.start(node, files.key(node.name()), files.node(node.name()), workers));
      }
    } catch (IOException | UbcException | InterruptedException | RuntimeException e) {
      close();
      if (parts.isStopping()) {
        throw interruption(e);
      }
      throw e;
    }
  }

  // Whatever failed while the network was being stopped failed because of that.
  private static InterruptedException interruption(Exception cause) {
    InterruptedException e = new InterruptedException("stopped before it was started");
    e.initCause(cause);
    return e;
  }

  /**
   * Starts the network, or goes on with the one in the plan's data directory. Until it is closed,
   * it stops by itself when the process is told to end, also in the middle of the start; nobody
   * else needs to see to that.
   *
   * @param progress is told what is being waited for
   * @param afterSignal runs last in such a stop, in the process's last moments
   * @throws CommandFailure when it can not be started; the message says why
   */
  public static LocalNetwork start(
      NetworkPlan plan, Consumer<String> progress, Runnable afterSignal)
      throws CommandFailure, InterruptedException {
    return start(plan, progress, () -> {}, afterSignal);
  }

  /** The same, where something runs first in such a stop, before anything is stopped. */
  static LocalNetwork start(
      NetworkPlan plan, Consumer<String> progress, Runnable onSignal, Runnable afterSignal)
      throws CommandFailure, InterruptedException {
    try {
      return new LocalNetwork(plan, progress, onSignal, afterSignal);
    } catch (IOException | UbcException | IllegalArgumentException | IllegalStateException e) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          "the network in " + plan.dataDirectory() + " can not be started: " + e.getMessage(),
          e);
    }
  }

  private static NetworkFiles files(NetworkPlan plan) {
    return new NetworkFiles(plan.dataDirectory(), plan.randomness());
  }

  /** The genesis of the network in the plan's data directory, made where there is none. */
  public static Genesis genesis(NetworkPlan plan) throws IOException {
    return files(plan).genesis(plan.createdMs());
  }

  /** A sequencer of these files; old segments of the journal go to {@code archive}, if named. */
  static SequencerConfig sequencerConfig(
      NetworkFiles files, Genesis genesis, ClusterPorts ports, @Nullable Path archive) {
    SequencerConfig config =
        SequencerConfig.local(files.sequencer(), genesis, EngineLedger.factory(), ports);
    return archive == null
        ? config
        : config.withUpkeep(
            config.upkeep().withJournalArchive(archive.toAbsolutePath().normalize()));
  }

  // The gateway finds out too, but only once a sequencer and a database are there.
  private static void requireFree(Listen listen) throws IOException {
    try {
      new ServerSocket(listen.port(), 1, listen.address()).close();
    } catch (BindException e) {
      throw new IOException(
          "port "
              + listen.port()
              + " can not be had ("
              + e.getMessage()
              + "); stop what uses it, perhaps another network, or choose another with --port",
          e);
    }
  }

  /** Where the gateway answers. */
  public String url() {
    return url.toString();
  }

  /** Whether other machines can reach it. */
  public boolean isOpen() {
    return isOpen;
  }

  /** Hash of the network's genesis, hexadecimal with {@code 0x}. */
  public String genesisHash() {
    return GenesisFile.hash(genesis).toString();
  }

  /** A client of the gateway. */
  public UbcClient client() {
    return client;
  }

  /** Providers and validators, as planned. */
  public List<RunningNode> nodes() {
    return List.copyOf(nodes);
  }

  /**
   * A state of the ledger.
   *
   * @param seq the last log entry in it
   * @param hash its hash, hexadecimal with {@code 0x}
   */
  public record State(long seq, String hash) {
    static State of(LedgerState state) {
      return new State(state.seq(), state.stateHash().toString());
    }
  }

  /** The ledger's state now. */
  public State state() {
    return State.of(sequencer.state());
  }

  /** What a fresh engine makes of the journal as it is now. */
  public State replay() {
    return State.of(Replay.run(sequencer.journalDirectory(), genesis, EngineLedger.factory()));
  }

  /**
   * The books, added up again from the journal alone by code that shares nothing with the ledger.
   */
  public AuditReport audit() {
    return JournalAudit.of(sequencer.journalDirectory(), sequencer.genesisHash());
  }

  /** Completes with the reason when the network can not go on. */
  public CompletableFuture<Throwable> failed() {
    return sequencer.halted();
  }

  /** Opens an account with a key of its own and fills it from the faucet. */
  public Session openAccount(String name, long amountMicros)
      throws IOException, UbcException, InterruptedException {
    Session session =
        Session.openOrRegister(client, files.key(name), files.randomness().of("nonces " + name));
    nodeStart.fund(session, amountMicros);
    return session;
  }

  /** Stops nodes, gateway and sequencer, in this order; the sequencer keeps a snapshot. */
  @Override
  public void close() {
    parts.close();
  }
}
