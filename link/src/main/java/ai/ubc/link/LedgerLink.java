package ai.ubc.link;

import ai.ubc.codec.LogEntry;
import ai.ubc.codec.session.SessionMessages;
import ai.ubc.link.InFlight.Submission;
import ai.ubc.link.LinkException.Kind;
import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.Header;
import io.aeron.security.AuthenticationException;
import io.aeron.security.CredentialsSupplier;
import java.io.File;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A session with the ledger that mends itself. Entries submitted here reach the ledger in the order
 * of submission while the session holds; after a break what has no answer is sent again, which is
 * safe because the ledger carries a command out once and answers a repetition with the first
 * answer.
 *
 * <p>Any thread may submit. Futures are completed on the link's own thread: what depends on them
 * must not block.
 */
public final class LedgerLink implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LedgerLink.class.getName());
  private static final long KEEP_ALIVE_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long RECONNECT_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long CONNECT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
  private static final long NEW_LEADER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);
  private static final long PEER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);
  private static final long DRIVER_TIMEOUT_MS = 3_000;
  private static final long PARK_MAX_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long CLOSE_TIMEOUT_MS = 15_000;
  private static final int TERM_BYTES = 4 << 20;

  private final LinkConfig config;
  private final String driverDirectory;
  private final @Nullable MediaDriver ownDriver;
  private final ConcurrentLinkedQueue<Submission> submitted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicReference<@Nullable LinkException> ended = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean connected;

  // Of the link's thread only.
  private final InFlight inFlight = new InFlight();
  private @Nullable Aeron aeron;
  private AeronCluster.@Nullable AsyncConnect connecting;
  private @Nullable AeronCluster session;
  private long nextAttemptNs = System.nanoTime();
  private long keptAliveNs;

  private LedgerLink(LinkConfig config) {
    this.config = config;
    this.ownDriver = config.driverDirectory().isPresent() ? null : launchDriver();
    this.driverDirectory =
        ownDriver == null ? config.driverDirectory().orElseThrow() : ownDriver.aeronDirectoryName();
    this.thread = Thread.ofPlatform().daemon().name("ubc-link").unstarted(this::run);
  }

  /**
   * Makes a link and starts to connect; it goes on trying until it is closed or its credentials are
   * rejected. Entries may be submitted at once.
   */
  public static LedgerLink open(LinkConfig config) {
    LedgerLink link = new LedgerLink(config);
    link.thread.start();
    return link;
  }

  /**
   * Sends a log entry to the ledger.
   *
   * @param entry the entry's bytes, see {@link LogEntry}; not copied, not to be changed
   * @return the ledger's answer, or a {@link LinkException} that says what is known
   * @throws IllegalArgumentException when the entry is longer than the log takes
   */
  public CompletableFuture<Ack> submit(byte[] entry) {
    if (entry.length > LogEntry.BYTES_MAX) {
      throw new IllegalArgumentException(
          "an entry has at most " + LogEntry.BYTES_MAX + " bytes, got " + entry.length);
    }
    CompletableFuture<Ack> answer = new CompletableFuture<>();
    if (underWay.incrementAndGet() > config.inFlightMax()) {
      underWay.decrementAndGet();
      answer.completeExceptionally(
          new LinkException(
              Kind.BUSY,
              config.inFlightMax()
                  + " entries are waiting for the ledger; this one was not sent, try later"));
      return answer;
    }
    long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.timeoutMs());
    submitted.add(new Submission(entry, answer, deadlineNs));
    LinkException reason = ended.get();
    if (reason != null) {
      // The link's thread may have gone before it saw the submission.
      failSubmitted(reason);
    }
    return answer;
  }

  /** Whether there is a session with the ledger now. */
  public boolean isConnected() {
    return connected;
  }

  /** Closes the session; what is without an answer fails. */
  @Override
  public void close() {
    ended.compareAndSet(null, new LinkException(Kind.CLOSED, "the link to the ledger is closed"));
    try {
      thread.join(CLOSE_TIMEOUT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    CloseHelper.close(ownDriver);
  }

  // ---- The link's thread ----

  private void run() {
    IdleStrategy idle = idle();
    while (ended.get() == null) {
      idle.idle(work());
    }
    disconnect();
    LinkException reason = ended.get();
    if (reason != null) {
      failSubmitted(reason);
      for (Submission left = inFlight.next(); left != null; left = inFlight.next()) {
        fail(left, reason);
      }
    }
  }

  private int work() {
    int work = takeSubmitted() + expire();
    try {
      work += session == null ? connect() : serve(session);
    } catch (AuthenticationException e) {
      disconnect();
      ended.compareAndSet(
          null,
          new LinkException(
              Kind.REJECTED, "the ledger rejected this link's credentials: " + e.getMessage()));
    } catch (RuntimeException e) {
      // Whatever broke, a new session mends it; what is under way waits for it or for its time-out.
      LOG.log(System.Logger.Level.DEBUG, "the session with the ledger broke", e);
      disconnect();
    }
    return work;
  }

  private int takeSubmitted() {
    int taken = 0;
    for (Submission next = submitted.poll(); next != null; next = submitted.poll()) {
      inFlight.add(next);
      taken++;
    }
    return taken;
  }

  private int expire() {
    int expired = 0;
    long nowNs = System.nanoTime();
    for (Submission next = inFlight.nextExpired(nowNs);
        next != null;
        next = inFlight.nextExpired(nowNs)) {
      fail(next, next.wasSent() ? unknownResult() : unreachable());
      expired++;
    }
    return expired;
  }

  private LinkException unknownResult() {
    return new LinkException(
        Kind.UNKNOWN_RESULT,
        "no answer within "
            + config.timeoutMs()
            + " ms; the entry may have been carried out or not, and sending the same bytes again is"
            + " safe");
  }

  private LinkException unreachable() {
    return new LinkException(
        Kind.UNREACHABLE,
        "the ledger at "
            + config.ingressEndpoints()
            + " was not reached within "
            + config.timeoutMs()
            + " ms; the entry was not sent");
  }

  private int connect() {
    if (connecting == null) {
      long nowNs = System.nanoTime();
      if (nowNs - nextAttemptNs < 0) {
        return 0;
      }
      nextAttemptNs = nowNs + RECONNECT_NS;
      if (!CommonContext.isDriverActive(
          new File(driverDirectory), DRIVER_TIMEOUT_MS, message -> {})) {
        return 0;
      }
      aeron =
          Aeron.connect(
              new Aeron.Context()
                  .aeronDirectoryName(driverDirectory)
                  .driverTimeoutMs(DRIVER_TIMEOUT_MS)
                  .useConductorAgentInvoker(true)
                  .errorHandler(this::onError));
      connecting = AeronCluster.asyncConnect(clusterContext(aeron));
    }
    invokeConductor();
    AeronCluster made = connecting.poll();
    if (made == null) {
      return 0;
    }
    connecting = null;
    session = made;
    keptAliveNs = System.nanoTime();
    inFlight.resendAll();
    connected = true;
    return 1;
  }

  private int serve(AeronCluster open) {
    int work = invokeConductor() + open.pollEgress();
    if (open.isClosed()) {
      disconnect();
      return 1;
    }
    work += send(open);
    long nowNs = System.nanoTime();
    if (nowNs - keptAliveNs > KEEP_ALIVE_NS) {
      keptAliveNs = nowNs;
      open.sendKeepAlive();
    }
    return work;
  }

  private int send(AeronCluster open) {
    int sent = 0;
    for (Submission next = inFlight.nextUnsent(); next != null; next = inFlight.nextUnsent()) {
      if (open.offer(next.message(), 0, next.message().capacity()) <= 0) {
        // Back-pressure, or the connection is gone, which the session notices itself.
        break;
      }
      inFlight.sent();
      sent++;
    }
    return sent;
  }

  private int invokeConductor() {
    AgentInvoker invoker = aeron == null ? null : aeron.conductorAgentInvoker();
    return invoker == null ? 0 : invoker.invoke();
  }

  private void disconnect() {
    connected = false;
    CloseHelper.quietCloseAll(connecting, session, aeron);
    connecting = null;
    session = null;
    aeron = null;
    nextAttemptNs = System.nanoTime() + RECONNECT_NS;
  }

  private AeronCluster.Context clusterContext(Aeron client) {
    return new AeronCluster.Context()
        .aeron(client)
        .ownsAeronClient(false)
        .ingressChannel("aeron:udp")
        .ingressEndpoints(config.ingressEndpoints())
        .egressChannel("aeron:udp?endpoint=" + config.host() + ":0")
        .messageTimeoutNs(CONNECT_TIMEOUT_NS)
        .newLeaderTimeoutNs(NEW_LEADER_TIMEOUT_NS)
        .credentialsSupplier(new Unchallenged(config.credentials().encode()))
        .idleStrategy(idle())
        .errorHandler(this::onError)
        .egressListener(new Egress());
  }

  private void onError(Throwable error) {
    LOG.log(System.Logger.Level.DEBUG, "the link to the ledger", error);
  }

  private void failSubmitted(LinkException reason) {
    for (Submission left = submitted.poll(); left != null; left = submitted.poll()) {
      fail(left, reason);
    }
  }

  private void fail(Submission submission, LinkException reason) {
    underWay.decrementAndGet();
    submission.answer().completeExceptionally(reason);
  }

  private static MediaDriver launchDriver() {
    return MediaDriver.launchEmbedded(
        new MediaDriver.Context()
            .threadingMode(ThreadingMode.SHARED)
            .sharedIdleStrategy(idle())
            .termBufferSparseFile(true)
            .publicationTermBufferLength(TERM_BYTES)
            .imageLivenessTimeoutNs(PEER_TIMEOUT_NS)
            .publicationConnectionTimeoutNs(PEER_TIMEOUT_NS)
            .dirDeleteOnShutdown(true));
  }

  private static IdleStrategy idle() {
    return new BackoffIdleStrategy(1, 1, 1_000, PARK_MAX_NS);
  }

  private final class Egress implements EgressListener {
    @Override
    public void onMessage(
        long clusterSessionId,
        long timestamp,
        DirectBuffer buffer,
        int offset,
        int length,
        Header header) {
      if (!SessionMessages.isAck(buffer, offset, length)) {
        return;
      }
      Submission submission = inFlight.answered(SessionMessages.correlationId(buffer, offset));
      if (submission != null) {
        underWay.decrementAndGet();
        submission
            .answer()
            .complete(
                new Ack(
                    SessionMessages.ackSeq(buffer, offset),
                    SessionMessages.ackCode(buffer, offset)));
      }
    }

    @Override
    public void onNewLeader(
        long clusterSessionId, long leadershipTermId, int leaderMemberId, String ingressEndpoints) {
      // What went to the old leader last may never have been ordered.
      inFlight.resendAll();
    }
  }

  /** Credentials as Aeron asks for them; the ledger does not challenge. */
  private static final class Unchallenged implements CredentialsSupplier {
    private final byte[] encoded;

    Unchallenged(byte[] encoded) {
      this.encoded = encoded;
    }

    @Override
    public byte[] encodedCredentials() {
      return encoded;
    }

    @Override
    public byte[] onChallenge(byte[] encodedChallenge) {
      return new byte[0];
    }
  }
}
