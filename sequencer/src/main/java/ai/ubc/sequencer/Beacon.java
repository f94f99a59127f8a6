package ai.ubc.sequencer;

import ai.ubc.codec.session.Credentials;
import ai.ubc.codec.session.SessionMessages;
import ai.ubc.domain.Refusal;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.Header;
import io.aeron.security.CredentialsSupplier;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Opens a slot of the beacon whenever the ledger waits for one, through a session of its own, on a
 * thread of its own. What it sends is an entry like any other: ordered, journaled, checked by the
 * ledger.
 */
final class Beacon implements AutoCloseable, EgressListener {
  private static final System.Logger LOG = System.getLogger(Beacon.class.getName());
  private static final long KEEP_ALIVE_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(2);
  private static final long PARK_MAX_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long CLOSE_TIMEOUT_MS = 10_000;

  private final BeaconChain chain;
  private final BeaconRequest request;
  private final Supplier<AeronCluster.Context> contexts;
  private final Thread thread;
  private volatile boolean running = true;

  /** The slot last sent in this session, and when; 0 when it has been answered or none was. */
  private long sentSlot;

  private long sentNs;

  /**
   * Makes a beacon that is not started.
   *
   * @param contexts how to reach the cluster, one a connection
   */
  Beacon(BeaconChain chain, BeaconRequest request, Supplier<AeronCluster.Context> contexts) {
    this.chain = chain;
    this.request = request;
    this.contexts = contexts;
    this.thread = Thread.ofPlatform().daemon().name("ubc-beacon").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Credentials as Aeron asks for them; the cluster does not challenge. */
  static CredentialsSupplier supplier(Credentials credentials) {
    return new CredentialsSupplier() {
      @Override
      public byte[] encodedCredentials() {
        return credentials.encode();
      }

      @Override
      public byte[] onChallenge(byte[] encodedChallenge) {
        return new byte[0];
      }
    };
  }

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
    long slot = SessionMessages.correlationId(buffer, offset);
    int code = SessionMessages.ackCode(buffer, offset);
    if (code != Refusal.DONE) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the ledger refused beacon slot {0}: {1}",
          slot,
          Refusal.of(code));
    }
    if (slot == sentSlot) {
      sentSlot = 0;
    }
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join(CLOSE_TIMEOUT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (running) {
      try (AeronCluster session = connect()) {
        if (session != null) {
          serve(session);
        }
      } catch (AeronException e) {
        // The cluster is starting, electing or stopping: connecting takes its own time-out.
        LOG.log(System.Logger.Level.DEBUG, "the beacon has no session", e);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.ERROR, "the beacon's chain can not be read; it has stopped", e);
        return;
      } catch (RuntimeException e) {
        if (running) {
          LOG.log(System.Logger.Level.ERROR, "the beacon has stopped", e);
        }
        return;
      }
    }
  }

  private @Nullable AeronCluster connect() {
    try (AeronCluster.AsyncConnect connecting =
        AeronCluster.asyncConnect(contexts.get().egressListener(this))) {
      IdleStrategy idle = idle();
      AeronCluster session = connecting.poll();
      while (session == null && running) {
        idle.idle();
        session = connecting.poll();
      }
      return session;
    }
  }

  private static IdleStrategy idle() {
    return new BackoffIdleStrategy(1, 1, 1_000, PARK_MAX_NS);
  }

  private void serve(AeronCluster session) throws IOException {
    IdleStrategy idle = idle();
    long keptAliveNs = System.nanoTime();
    sentSlot = 0;
    request.wake();
    while (running && !session.isClosed()) {
      int work = session.pollEgress();
      work += send(session);
      long nowNs = System.nanoTime();
      if (nowNs - keptAliveNs > KEEP_ALIVE_NS) {
        session.sendKeepAlive();
        keptAliveNs = nowNs;
      }
      if (request.slot() == 0 && sentSlot == 0) {
        LockSupport.parkNanos(REST_NS);
      } else {
        idle.idle(work);
      }
    }
  }

  private int send(AeronCluster session) throws IOException {
    long slot = request.slot();
    long nowNs = System.nanoTime();
    if (slot == 0 || (slot == sentSlot && nowNs - sentNs < RETRY_NS)) {
      return 0;
    }
    byte[] entry = SystemEntries.beacon(slot, chain.preimage(slot), chain.nextHead(slot));
    UnsafeBuffer message =
        new UnsafeBuffer(new byte[SessionMessages.SUBMIT_HEADER_BYTES + entry.length]);
    SessionMessages.putSubmitHeader(message, 0, slot);
    message.putBytes(SessionMessages.SUBMIT_HEADER_BYTES, entry);
    if (session.offer(message, 0, message.capacity()) > 0) {
      sentSlot = slot;
      sentNs = nowNs;
      return 1;
    }
    return 0;
  }
}
