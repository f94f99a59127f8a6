package ai.ubc.sequencer;

import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalArchive;
import ai.ubc.codec.session.Credentials;
import ai.ubc.codec.session.SessionRole;
import ai.ubc.domain.Hash32;
import io.aeron.Aeron;
import io.aeron.archive.Archive;
import io.aeron.cluster.ClusterControl;
import io.aeron.cluster.ClusterControl.ToggleState;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.exceptions.AeronException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.status.AtomicCounter;
import org.jspecify.annotations.Nullable;

/**
 * A sequencer: media driver, archive, consensus module and the ledger's service in this process, a
 * cluster of one. What it has acknowledged is on the disk. Threads: may be used from any.
 */
public final class SequencerNode implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SequencerNode.class.getName());

  private static final long STOP_TIMEOUT_MS = 30_000;
  private static final long ANSWER_TIMEOUT_MS = 30_000;
  private static final long CLOCK_BEHIND_MIN_MS = 5_000;

  private final SequencerConfig config;
  private final Hash32 genesisHash;
  private final DataDirectory data;
  private final Path driverDirectory;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final CountDownLatch terminated = new CountDownLatch(2);
  private final CompletableFuture<Throwable> halted = new CompletableFuture<>();
  private final BeaconRequest beaconRequest = new BeaconRequest();
  private final AtomicReference<@Nullable ConsensusModule> consensus = new AtomicReference<>();
  private final AtomicReference<@Nullable JournalArchive> journalArchive = new AtomicReference<>();
  private final AeronContexts contexts;
  private final SequencerService service;
  private final SteadyClock clock;
  private final AtomicReference<@Nullable Throwable> lastFault = new AtomicReference<>();
  private volatile boolean stopping;
  private boolean closed;

  private SequencerNode(SequencerConfig config, Hash32 genesisHash, DataDirectory data)
      throws IOException {
    this.config = config;
    this.clock = new SteadyClock(config.clock(), config.elapsedNs(), data.keptTime());
    this.genesisHash = genesisHash;
    this.data = data;
    this.driverDirectory = data.volatileFiles().resolve("driver");
    this.contexts =
        new AeronContexts(
            config,
            data,
            driverDirectory,
            ingressEndpoints(),
            new AeronContexts.ConfiguredClock(clock),
            this::errors,
            this::onTermination);
    this.service =
        new SequencerService(
            new SequencerService.Parts(
                config.genesis(),
                genesisHash,
                config.ledgers(),
                LogBegin.read(data.root(), genesisHash),
                DataDirectory.journal(data.root()),
                config.segmentBytes(),
                beaconRequest,
                this::onHalt));
  }

  /**
   * Starts a node and returns when it has applied its log and leads.
   *
   * @param timeoutMs how long to wait for that; applying a long log takes its time
   * @throws IOException when the data directory is in use, belongs to another network or can not be
   *     used, or a port is taken; the message says which
   * @throws IllegalStateException when the node does not come up: its cause says why
   */
  public static SequencerNode start(SequencerConfig config, long timeoutMs) throws IOException {
    DataDirectory data = DataDirectory.lock(config.dataDirectory());
    SequencerNode node = null;
    try {
      requireSpace(config.upkeep(), data.root());
      Hash32 genesisHash = keepGenesis(config, data.root());
      node = new SequencerNode(config, genesisHash, data);
      node.launch();
      node.awaitLeading(timeoutMs);
      node.startUpkeep();
      return node;
    } catch (IOException | RuntimeException e) {
      if (node == null) {
        data.close();
      } else {
        node.stop(false);
      }
      throw e;
    }
  }

  private static void requireSpace(UpkeepSettings settings, Path root) throws IOException {
    long free = settings.freeBytes().getAsLong();
    if (free < settings.freeBytesMin()) {
      throw new IOException(Upkeep.tooLittleSpace(root, free, settings.freeBytesMin()));
    }
  }

  private static Hash32 keepGenesis(SequencerConfig config, Path root) throws IOException {
    Hash32 hash = GenesisFile.hash(config.genesis());
    Path file = DataDirectory.genesis(root);
    if (!Files.exists(file)) {
      GenesisFile.write(file, config.genesis());
    }
    Hash32 kept = GenesisFile.hash(GenesisFile.read(file));
    if (!kept.equals(hash)) {
      throw new IOException(file + " is of the network " + kept + ", not " + hash);
    }
    return hash;
  }

  /** The hash of the network's genesis. */
  public Hash32 genesisHash() {
    return genesisHash;
  }

  /** Directory of the journal, which readers may follow. */
  public Path journalDirectory() {
    return DataDirectory.journal(data.root());
  }

  /** Directory of the media driver, which clients on this machine may share. */
  public String driverDirectory() {
    return driverDirectory.toString();
  }

  /** The members' ingress, as clients need it: {@code 0=host:port}. */
  public String ingressEndpoints() {
    return AeronContexts.MEMBER_ID + "=" + config.host() + ":" + config.ports().ingress();
  }

  /**
   * The credentials of the gateways.
   *
   * @throws IOException when they can not be read
   */
  public Credentials gatewayCredentials() throws IOException {
    return Credentials.read(DataDirectory.credentials(data.root()), SessionRole.GATEWAY);
  }

  /**
   * The ledger's state between two entries; the ledger stands still while it is hashed.
   *
   * @throws IllegalStateException when the node has stopped or halted
   */
  public LedgerState state() {
    return await(service.state(), ANSWER_TIMEOUT_MS, "the ledger did not answer");
  }

  /** SHA-256 of the canonical snapshot, as {@link #state()} gives it. */
  public Hash32 stateHash() {
    return state().stateHash();
  }

  /**
   * Takes a snapshot, from which the next start goes on.
   *
   * @throws IllegalStateException when it was not taken in time
   */
  public void snapshot() {
    ConsensusModule module = leader();
    AtomicCounter taken = module.context().snapshotCounter();
    long before = taken.get();
    toggle(module, ToggleState.SNAPSHOT);
    Deadline deadline = new Deadline(ANSWER_TIMEOUT_MS);
    while (taken.get() == before) {
      leader();
      deadline.pause("the snapshot was not taken");
    }
  }

  /**
   * The cluster's time, Unix time in milliseconds: the machine's clock as it was at the start, and
   * counted on from there.
   */
  public LongSupplier clock() {
    return clock;
  }

  /**
   * Completes with the reason when a broken invariant, a failed disk or too little space has
   * stopped the node; the log is kept.
   */
  public CompletableFuture<Throwable> halted() {
    return halted.copy();
  }

  /** Takes a snapshot and stops; after a halt it stops without. */
  @Override
  public void close() {
    stop(true);
  }

  /** Stops at once, without a snapshot; the next start applies the log again. */
  public void abort() {
    stop(false);
  }

  // ---- Starting ----

  private void launch() throws IOException {
    List<Credentials> known = credentials();
    BeaconChain chain = BeaconChain.open(DataDirectory.beacon(data.root()), config.beaconLinks());
    if (!chain.head().equals(config.genesis().beaconHead())) {
      throw new IOException(
          DataDirectory.beacon(data.root()) + " is not the beacon that genesis names");
    }
    config.ports().requireFree(config.host());
    JournalArchive archive =
        JournalArchive.open(
            DataDirectory.journal(data.root()), genesisHash, config.upkeep().journalArchive());
    journalArchive.set(archive);
    data.clearVolatileFiles();
    running.push(MediaDriver.launch(contexts.driverContext()));
    running.push(Archive.launch(contexts.archiveContext()));
    ConsensusModule module = ConsensusModule.launch(contexts.consensusContext(known));
    running.push(module);
    consensus.set(module);
    running.push(ClusteredServiceContainer.launch(contexts.serviceContext(service)));
    Credentials system = known.getFirst();
    Beacon beacon = new Beacon(chain, beaconRequest, () -> contexts.clientContext(system));
    running.push(beacon);
    beacon.start();
  }

  private List<Credentials> credentials() throws IOException {
    Path directory = DataDirectory.credentials(data.root());
    SecureRandom random = new SecureRandom();
    return List.of(
        Credentials.readOrCreate(directory, SessionRole.SYSTEM, random),
        Credentials.readOrCreate(directory, SessionRole.GATEWAY, random));
  }

  private ErrorHandler errors(String part) {
    return error -> {
      // Ends are asked for, or have been logged with their reason.
      boolean isEnd = error instanceof AgentTerminationException;
      if (!isEnd) {
        lastFault.compareAndSet(null, error);
      }
      System.Logger.Level level = isEnd ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
      LOG.log(level, part + ": " + error.getMessage(), error);
    };
  }

  private void awaitLeading(long timeoutMs) {
    long last = await(service.leading(), timeoutMs, "the node does not lead");
    LOG.log(System.Logger.Level.INFO, "the ledger is at {0}", last);
  }

  // ---- Upkeep ----

  private synchronized void startUpkeep() {
    if (closed) {
      return;
    }
    if (clock.machineAheadMs() < -CLOCK_BEHIND_MIN_MS) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the machine''s clock is {0,number,#} ms behind the time that the network had reached;"
              + " the ledger''s time goes on from there",
          -clock.machineAheadMs());
    }
    Upkeep upkeep =
        new Upkeep(config.upkeep(), data.root(), clock, service.snapshotSeq(), new Duties());
    running.push(upkeep);
    upkeep.start();
  }

  private final class Duties implements Upkeep.Node {
    private final ArchiveRoom room =
        new ArchiveRoom(
            config.upkeep().journalArchive(),
            config.upkeep().freeBytesMin(),
            () -> UpkeepSettings.usableBytes(config.upkeep().journalArchive()));

    @Override
    public long seq() {
      return service.seq();
    }

    @Override
    public void takeSnapshot() {
      snapshot();
    }

    @Override
    public void tidy(long seq) throws IOException {
      LogTrim.run(
          data.cluster(), contexts.archiveClientContext(), config.upkeep().logSegmentBytes());
      JournalArchive archive = journalArchive.get();
      if (archive != null) {
        archive.moveUpTo(seq, room);
      }
    }

    @Override
    public void keepTime() throws IOException {
      data.keepTime(clock.getAsLong());
    }

    @Override
    public long machineAheadMs() {
      return clock.machineAheadMs();
    }

    @Override
    public void stop(String reason) {
      LOG.log(System.Logger.Level.ERROR, "the node stops: {0}", reason);
      Thread.ofPlatform()
          .daemon()
          .name("ubc-stop")
          .start(() -> {
            try {
              SequencerNode.this.stop(true);
            } finally {
              halted.complete(new IOException(reason));
            }
          });
    }
  }

  // ---- Stopping ----

  private void stop(boolean withSnapshot) {
    stopping = true;
    stopOnce(withSnapshot);
  }

  private synchronized void stopOnce(boolean withSnapshot) {
    if (closed) {
      return;
    }
    closed = true;
    closeUpkeep();
    ConsensusModule module = consensus.get();
    if (withSnapshot && module != null && !halted.isDone()) {
      stopOrderly(module);
    }
    while (!running.isEmpty()) {
      closeQuietly(running.pop());
    }
    data.clearVolatileFiles();
    closeQuietly(data);
  }

  // First of all: its snapshot must not meet the one of the stop.
  private void closeUpkeep() {
    if (running.peek() instanceof Upkeep upkeep) {
      running.pop();
      closeQuietly(upkeep);
      keepTime();
    }
  }

  private void keepTime() {
    try {
      data.keepTime(clock.getAsLong());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the time reached can not be written down", e);
    }
  }

  private static void closeQuietly(AutoCloseable part) {
    CloseHelper.close(
        error -> LOG.log(System.Logger.Level.WARNING, "stopping: " + error.getMessage(), error),
        part);
  }

  private void stopOrderly(ConsensusModule module) {
    try {
      toggle(module, ToggleState.SHUTDOWN);
      if (!terminated.await(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "no snapshot within {0} ms; the next start applies the log since the last one",
            STOP_TIMEOUT_MS);
      }
    } catch (IllegalStateException | AeronException e) {
      LOG.log(System.Logger.Level.WARNING, "stopping without a snapshot", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Called on the service's thread, which can not wait for its own end. The rest of the node must
   * not outlive the ledger: it would go on logging what nobody applies.
   */
  private void onHalt(Throwable cause) {
    if (halted.complete(cause)) {
      // Before it leads, whoever starts it is told.
      if (service.leading().isDone() && !service.leading().isCompletedExceptionally()) {
        LOG.log(System.Logger.Level.ERROR, "the ledger has halted; its log is kept", cause);
      }
      Thread.ofPlatform().daemon().name("ubc-halt").start(() -> stop(false));
    }
  }

  // Aeron ends its parts by itself when its log can not be written; nobody else would tell.
  private void onTermination() {
    terminated.countDown();
    if (!stopping) {
      Throwable reason = lastFault.get();
      String said = reason == null ? "" : ": " + rootOf(reason).getMessage();
      IOException fault = new IOException("the cluster can not go on" + said, reason);
      service.leading().completeExceptionally(fault);
      onHalt(fault);
    }
  }

  private static Throwable rootOf(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  // ---- Asking ----

  private ConsensusModule leader() {
    ConsensusModule module = consensus.get();
    if (module == null || halted.isDone()) {
      throw new IllegalStateException("the node has stopped");
    }
    return module;
  }

  private static void toggle(ConsensusModule module, ToggleState state) {
    Aeron aeron = module.context().aeron();
    AtomicCounter toggle =
        ClusterControl.findControlToggle(aeron.countersReader(), AeronContexts.CLUSTER_ID);
    if (toggle == null) {
      throw new IllegalStateException("the cluster has no control toggle");
    }
    Deadline deadline = new Deadline(STOP_TIMEOUT_MS);
    while (!state.toggle(toggle)) {
      deadline.pause("the cluster is busy with another action");
    }
  }

  private static <T> T await(CompletableFuture<T> answer, long timeoutMs, String otherwise) {
    try {
      return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(otherwise + " within " + timeoutMs + " ms", e);
    } catch (ExecutionException e) {
      Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
      throw new IllegalStateException(cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A bound on waiting for something that can only be looked at. */
  private static final class Deadline {
    private static final long PAUSE_MS = 5;

    private final long timeoutMs;
    private final long endNs;

    Deadline(long timeoutMs) {
      this.timeoutMs = timeoutMs;
      this.endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    }

    void pause(String otherwise) {
      if (System.nanoTime() - endNs > 0) {
        throw new IllegalStateException(otherwise + " within " + timeoutMs + " ms");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
    }
  }
}
