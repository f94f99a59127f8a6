package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.DevelopmentGenesis;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Accounts;
import ai.ubc.codec.audit.AuditReport;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Genesis;
import ai.ubc.gateway.Gateway;
import ai.ubc.gateway.GatewayConfig;
import ai.ubc.gateway.command.LinkSink;
import ai.ubc.gateway.journal.JournalFiles;
import ai.ubc.link.LedgerLink;
import ai.ubc.link.LinkConfig;
import ai.ubc.provider.node.NodeLimits;
import ai.ubc.provider.node.NodeSettings;
import ai.ubc.provider.node.ProviderNode;
import ai.ubc.provider.node.ProviderSettings;
import ai.ubc.provider.node.ValidatorNode;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.provider.worker.WorkerPool;
import ai.ubc.provider.worker.WorkerSettings;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import ai.ubc.sequencer.ClusterPorts;
import ai.ubc.sequencer.EngineLedger;
import ai.ubc.sequencer.LedgerState;
import ai.ubc.sequencer.Replay;
import ai.ubc.sequencer.SequencerConfig;
import ai.ubc.sequencer.SequencerNode;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A whole network in this process, of the same parts that a large one consists of: sequencer with
 * its log on disk, gateway on a socket with PostgreSQL behind it, and nodes that dial that socket.
 * From any thread.
 */
public final class LocalNetwork implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LocalNetwork.class.getName());
  private static final long SEQUENCER_START_LIMIT_MS = 60_000;
  private static final int RUNS_PER_NODE = 2;
  private static final long NODE_START_LIMIT_SECONDS = 120;
  // Beyond its bond a node needs nothing; what it is given on top pays for its first mistakes.
  private static final long SPARE_MICROS = 10 * Asset.MICROS;

  private final NetworkFiles files;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Thread stopWithProcess;
  private final List<RunningNode> nodes = new ArrayList<>();
  private final Genesis genesis;
  private final SequencerNode sequencer;
  private final Gateway gateway;
  private final UbcClient client;
  private volatile boolean stopping;
  private boolean closed;

  private LocalNetwork(NetworkPlan plan, Consumer<String> progress, Runnable afterSignal)
      throws IOException, UbcException, InterruptedException {
    this.files = new NetworkFiles(plan.dataDirectory());
    this.stopWithProcess =
        new Thread(
            () -> {
              stopping = true;
              close();
              afterSignal.run();
            },
            "ubc-network-stop");
    // The database is a process of its own and must not outlive this one, whenever it is told to
    // end.
    Runtime.getRuntime().addShutdownHook(stopWithProcess);
    try {
      started(files::lock);
      requireFree(plan.port());
      progress.accept("starting the sequencer …");
      genesis = files.genesis(System.currentTimeMillis());
      sequencer =
          started(() ->
              SequencerNode.start(sequencerConfig(plan), SEQUENCER_START_LIMIT_MS));
      LedgerLink link =
          started(() ->
              LedgerLink.open(
                  LinkConfig.sharing(
                      sequencer.driverDirectory(),
                      sequencer.ingressEndpoints(),
                      sequencer.gatewayCredentials())));
      progress.accept("starting PostgreSQL and the gateway …");
      gateway =
          started(() ->
              Gateway.start(
                  GatewayConfig.local(
                      plan.port(),
                      files.gateway(),
                      genesis,
                      DevelopmentGenesis.hasFaucet(genesis),
                          new LinkSink(link),
                          new JournalFiles(
                              sequencer.journalDirectory(), sequencer.genesisHash()))
                      .withClock(sequencer.clock())));
      client = started(() -> UbcClient.connect(URI.create(gateway.url())));
      WorkerPool workers = started(() -> new WorkerPool(WorkerSettings.of(plan.workers())));
      for (NetworkPlan.Node node : plan.nodes()) {
        progress.accept("starting " + node.name() + " …");
        nodes.add(startNode(node, workers));
      }
    } catch (IOException | UbcException | InterruptedException | RuntimeException e) {
      close();
      if (stopping) {
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
    try {
      return new LocalNetwork(plan, progress, afterSignal);
    } catch (IOException | UbcException | IllegalArgumentException | IllegalStateException e) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          "the network in " + plan.dataDirectory() + " can not be started: " + e.getMessage(),
          e);
    }
  }

  // A node registers and bonds by itself; on this network the faucet gives it the means first.
  private RunningNode startNode(NetworkPlan.Node node, WorkerPool workers)
      throws IOException, UbcException, InterruptedException {
    Wallet wallet = files.key(node.name());
    Session session = Session.openOrRegister(client, wallet);
    // Told by what it has, so that a start that was cut off before the funding is made good by the
    // next.
    if (Accounts.isPenniless(client, session.account())) {
      fund(session, node.bondMicros() + SPARE_MICROS);
    }
    NodeSettings settings =
        new NodeSettings(
            URI.create(gateway.url()),
            wallet,
            files.node(node.name()),
            NodeLimits.of(RUNS_PER_NODE),
            node.bondMicros());
    JobRuntime runtime = node.runtime().apply(workers);
    CompletableFuture<Integer> ready =
        switch (node.role()) {
          case PROVIDER ->
              started(() ->
                      ProviderNode.start(
                          new ProviderSettings(settings, node.priceMicros(), node.offeredUnits()),
                          runtime))
                  .ready();
          case VALIDATOR -> started(() -> ValidatorNode.start(settings, runtime)).ready();
        };
    return new RunningNode(node, await(node, ready));
  }

  private static int await(NetworkPlan.Node node, CompletableFuture<Integer> ready)
      throws IOException, InterruptedException {
    try {
      return ready.get(NODE_START_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(node.name() + " did not start: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(
          node.name() + " was not ready within " + NODE_START_LIMIT_SECONDS + " seconds", e);
    }
  }

  private SequencerConfig sequencerConfig(NetworkPlan plan) throws IOException {
    SequencerConfig config =
        SequencerConfig.local(
            files.sequencer(), genesis, EngineLedger.factory(), ClusterPorts.free());
    Path archive = plan.journalArchive();
    return archive == null
        ? config
        : config.withUpkeep(config.upkeep().withJournalArchive(archive));
  }

  // The gateway finds out too, but only once a sequencer and a database are there.
  private static void requireFree(int port) throws IOException {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (BindException e) {
      throw new IOException(
          "port "
              + port
              + " can not be had ("
              + e.getMessage()
              + "); stop what uses it, perhaps another network, or choose another with --port",
          e);
    }
  }

  /** Starts a part of the network. */
  private interface Start<T extends AutoCloseable> {
    T start() throws IOException, UbcException, InterruptedException;
  }

  // A stop waits for the part that is being started, so that it stops this one too, and nothing is
  // started after it.
  private synchronized <T extends AutoCloseable> T started(Start<T> start)
      throws IOException, UbcException, InterruptedException {
    if (stopping) {
      throw new InterruptedException("stopped before it was started");
    }
    T part = start.start();
    running.push(part);
    return part;
  }

  /** Where the gateway answers. */
  public String url() {
    return gateway.url();
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
    Session session = Session.openOrRegister(client, files.key(name));
    fund(session, amountMicros);
    return session;
  }

  private void fund(Session session, long amountMicros) throws UbcException, InterruptedException {
    Session faucet = Session.openOrRegister(client, Wallet.of(DevelopmentGenesis.FAUCET));
    long seq = faucet.submit(new Command.Transfer(session.account(), Asset.COMPUTE, amountMicros));
    client.account(session.account(), seq);
  }

  /** Stops nodes, gateway and sequencer, in this order; the sequencer keeps a snapshot. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    while (!running.isEmpty()) {
      AutoCloseable part = running.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.log(
            System.Logger.Level.ERROR, "a part of the network did not stop cleanly: " + part, e);
      }
    }
    forgetHook();
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(stopWithProcess);
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the process is ending; its hook runs already", e);
    }
  }
}
