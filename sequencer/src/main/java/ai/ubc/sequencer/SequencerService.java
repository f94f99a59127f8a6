package ai.ubc.sequencer;

import ai.ubc.codec.LogEntry;
import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.codec.journal.JournalWriter;
import ai.ubc.codec.session.SessionMessages;
import ai.ubc.codec.session.SessionRole;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The clustered service: turns the committed log into applied entries, a journal and
 * acknowledgements. Everything that decides state (order, times, sessions' roles, timers) stands in
 * the log, so a replay of it repeats every entry. Whatever is thrown here is a broken invariant or
 * a failed disk: the service halts and never sees another message, because a log that is applied
 * with a hole in it is worse than no ledger.
 */
final class SequencerService implements ClusteredService {
  /** The service writes this often into the log that it is alive, milliseconds. */
  static final long HEARTBEAT_MS = 2_000;

  /** An acknowledgement is offered so often, then its session is closed. */
  private static final int ACK_ATTEMPTS_MAX = 100;

  private static final long HEARTBEAT_TIMER = 1;
  private static final long TICK_TIMER = 2;
  private static final long NOT_SCHEDULED = Long.MAX_VALUE;

  /** What the service needs from its node. */
  record Parts(
      Genesis genesis,
      Hash32 genesisHash,
      Ledger.Factory ledgers,
      JournalPosition logBegin,
      Path journalDirectory,
      int segmentBytes,
      BeaconRequest beacon,
      Consumer<Throwable> onHalt) {}

  private final Parts parts;
  private final LogClock clock = new LogClock();
  private final UnsafeBuffer ack = new UnsafeBuffer(new byte[SessionMessages.ACK_BYTES]);
  private final UnsafeBuffer tick = new UnsafeBuffer(SystemEntries.tick());
  private final LongHashSet unreachable = new LongHashSet();
  private final ConcurrentLinkedQueue<CompletableFuture<LedgerState>> questions =
      new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Long> leading = new CompletableFuture<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicReference<@Nullable RuntimeException> over = new AtomicReference<>();
  private final AtomicLong seqForOthers = new AtomicLong();

  private volatile long snapshotSeq;
  private @Nullable Cluster cluster;
  private @Nullable LedgerDriver driver;
  private @Nullable JournalWriter journal;
  private boolean isLeader;
  private long seq;
  private long tickScheduledMs = NOT_SCHEDULED;

  SequencerService(Parts parts) {
    this.parts = parts;
  }

  /** Completes with the last position when the log has been applied and this node leads. */
  CompletableFuture<Long> leading() {
    return leading;
  }

  /** Answers on the service's thread, between two messages. From any thread. */
  CompletableFuture<LedgerState> state() {
    CompletableFuture<LedgerState> answer = new CompletableFuture<>();
    questions.add(answer);
    RuntimeException reason = over.get();
    if (reason != null) {
      answer.completeExceptionally(reason);
    }
    return answer;
  }

  /** Position of the snapshot that the service started from, 0 when there was none. */
  long snapshotSeq() {
    return snapshotSeq;
  }

  /** Position of the last entry applied, or a little before. From any thread. */
  long seq() {
    return seqForOthers.get();
  }

  // ---- The log ----

  @Override
  public void onStart(Cluster cluster, @Nullable Image snapshotImage) {
    this.cluster = cluster;
    try {
      JournalPosition synced = parts.logBegin();
      if (snapshotImage == null) {
        driver = rebuild(synced);
      } else {
        LedgerSnapshot.Restored restored =
            LedgerSnapshot.read(
                snapshotImage,
                cluster,
                parts.genesis(),
                parts.genesisHash(),
                parts.ledgers(),
                clock);
        driver = restored.driver();
        synced = restored.position();
        snapshotSeq = synced.seq();
      }
      setSeq(synced.seq());
      journal =
          JournalWriter.open(
              parts.journalDirectory(), parts.genesisHash(), synced, parts.segmentBytes());
    } catch (RuntimeException | Error e) {
      throw halt(e);
    }
  }

  /** The ledger where the log begins, with its clock. */
  private LedgerDriver rebuild(JournalPosition logBegin) {
    Replay.Rebuilt rebuilt =
        Replay.rebuild(parts.journalDirectory(), parts.genesis(), parts.ledgers(), logBegin);
    long logTimeMs = rebuilt.logTimeMs();
    clock.restore(logTimeMs + rebuilt.outagesMs(), rebuilt.outagesMs(), logTimeMs);
    return rebuilt.driver();
  }

  @Override
  public void onNewLeadershipTermEvent(
      long leadershipTermId,
      long logPosition,
      long timestamp,
      long termBaseLogPosition,
      int leaderMemberId,
      int logSessionId,
      TimeUnit timeUnit,
      int appVersion) {
    requireAlive();
    try {
      long outageMs = clock.outageUntil(timestamp);
      clock.observe(timestamp);
      if (seq == 0) {
        applySystem(timestamp, SystemEntries.activateRules(Genesis.RULES_VERSION));
      } else if (outageMs > 0) {
        clock.leaveOut(outageMs);
        applySystem(timestamp, SystemEntries.recordOutage(outageMs));
      }
      schedule(HEARTBEAT_TIMER, timestamp + HEARTBEAT_MS);
      tickScheduledMs = NOT_SCHEDULED;
      scheduleTick();
      if (isLeader) {
        leading.complete(seq);
      }
    } catch (RuntimeException | Error e) {
      throw halt(e);
    }
  }

  @Override
  public void onSessionOpen(ClientSession session, long timestamp) {
    requireAlive();
    clock.observe(timestamp);
  }

  @Override
  public void onSessionClose(ClientSession session, long timestamp, CloseReason closeReason) {
    requireAlive();
    clock.observe(timestamp);
    unreachable.remove(session.id());
  }

  @Override
  public void onSessionMessage(
      @Nullable ClientSession session,
      long timestamp,
      DirectBuffer buffer,
      int offset,
      int length,
      Header header) {
    requireAlive();
    try {
      clock.observe(timestamp);
      if (session == null || !SessionMessages.isSubmit(buffer, offset, length)) {
        // Without a correlation id there is nobody to answer.
        return;
      }
      long correlationId = SessionMessages.correlationId(buffer, offset);
      int entryOffset = offset + SessionMessages.SUBMIT_HEADER_BYTES;
      int entryLength = length - SessionMessages.SUBMIT_HEADER_BYTES;
      int code = barred(session, buffer, entryOffset, entryLength);
      if (code != Refusal.DONE) {
        acknowledge(session, correlationId, 0, code);
        return;
      }
      code = apply(timestamp, buffer, entryOffset, entryLength);
      long originalSeq = open(driver).originalSeq();
      acknowledge(session, correlationId, originalSeq != 0 ? originalSeq : seq, code);
      scheduleTick();
    } catch (RuntimeException | Error e) {
      throw halt(e);
    }
  }

  @Override
  public void onTimerEvent(long correlationId, long timestamp) {
    requireAlive();
    try {
      clock.observe(timestamp);
      if (correlationId == HEARTBEAT_TIMER) {
        schedule(HEARTBEAT_TIMER, timestamp + HEARTBEAT_MS);
      } else if (correlationId == TICK_TIMER) {
        tickScheduledMs = NOT_SCHEDULED;
        if (open(driver).ledger().nextDeadlineMs() <= clock.at(timestamp)) {
          apply(timestamp, tick, 0, tick.capacity());
        }
        scheduleTick();
      }
    } catch (RuntimeException | Error e) {
      throw halt(e);
    }
  }

  @Override
  public void onTakeSnapshot(ExclusivePublication snapshotPublication) {
    requireAlive();
    try {
      JournalWriter writer = open(journal);
      writer.sync();
      LedgerSnapshot.write(
          snapshotPublication,
          open(cluster),
          parts.genesisHash(),
          writer.position(),
          clock,
          open(driver).ledger());
    } catch (RuntimeException | Error e) {
      throw halt(e);
    }
  }

  // ---- What only this node sees ----

  @Override
  public void onRoleChange(Cluster.Role newRole) {
    isLeader = newRole == Cluster.Role.LEADER;
    requestBeacon();
  }

  @Override
  public int doBackgroundWork(long nowNs) {
    requireAlive();
    try {
      JournalWriter writer = open(journal);
      writer.flush();
      CompletableFuture<LedgerState> question = questions.poll();
      if (question == null) {
        return 0;
      }
      JournalPosition position = writer.position();
      question.complete(
          new LedgerState(
              position.seq(),
              clock.logTimeMs(),
              position.chain(),
              StateHash.of(open(driver).ledger())));
      return 1;
    } catch (RuntimeException | Error e) {
      throw halt(e);
    }
  }

  @Override
  public void onTerminate(Cluster cluster) {
    JournalWriter writer = journal;
    journal = null;
    if (writer != null) {
      writer.close();
    }
    refuseQuestions(new IllegalStateException("the node has stopped"));
  }

  // ---- Entries ----

  /** Why this session may not give this entry: a refusal's number, or DONE. */
  private static int barred(ClientSession session, DirectBuffer buffer, int offset, int length) {
    if (length > LogEntry.BYTES_MAX || !LogEntry.isWellFormed(buffer, offset, length)) {
      return Refusal.MALFORMED.number();
    }
    byte[] principal = session.encodedPrincipal();
    int role = principal.length == 1 ? principal[0] : 0;
    int templateId = LogEntry.templateId(buffer, offset);
    boolean allowed =
        LogEntry.isUser(templateId)
            ? role == SessionRole.GATEWAY.code()
            : role == SessionRole.SYSTEM.code() && templateId == SystemEntries.BEACON_TEMPLATE;
    return allowed ? Refusal.DONE : Refusal.SYSTEM_ONLY.number();
  }

  private void setSeq(long applied) {
    seq = applied;
    seqForOthers.lazySet(applied);
  }

  private void applySystem(long timeMs, byte[] entry) {
    apply(timeMs, new UnsafeBuffer(entry), 0, entry.length);
  }

  private int apply(long timeMs, DirectBuffer entry, int offset, int length) {
    long next = seq + 1;
    long logTimeMs = clock.advance(timeMs);
    LedgerDriver applying = open(driver);
    int code = applying.apply(next, logTimeMs, entry, offset, length);
    open(journal)
        .append(
            next,
            logTimeMs,
            code,
            applying.originalSeq(),
            entry,
            offset,
            length,
            applying.events(),
            0,
            applying.eventsLength());
    setSeq(next);
    requestBeacon();
    return code;
  }

  private void requestBeacon() {
    Ledger ledger = open(driver).ledger();
    parts.beacon().set(isLeader && ledger.isBeaconWanted() ? ledger.beaconSlot() + 1 : 0);
  }

  /** Only a nearer deadline moves the timer; one that fires too early is set anew. */
  private void scheduleTick() {
    long deadlineMs = open(driver).ledger().nextDeadlineMs();
    if (deadlineMs == Ledger.NO_DEADLINE) {
      return;
    }
    long timeMs = clock.clusterTimeOf(deadlineMs);
    if (timeMs < tickScheduledMs) {
      schedule(TICK_TIMER, timeMs);
      tickScheduledMs = timeMs;
    }
  }

  private void schedule(long timer, long timeMs) {
    Cluster scheduling = open(cluster);
    scheduling.idleStrategy().reset();
    while (!scheduling.scheduleTimer(timer, timeMs)) {
      scheduling.idleStrategy().idle();
    }
  }

  /**
   * An acknowledgement that can not be delivered closes its session: the client comes back and asks
   * again, and a dead one does not hold up the others.
   */
  private void acknowledge(ClientSession session, long correlationId, long position, int code) {
    if (!isLeader || session.isClosing() || unreachable.contains(session.id())) {
      return;
    }
    SessionMessages.putAck(ack, 0, correlationId, position, code);
    Cluster answering = open(cluster);
    answering.idleStrategy().reset();
    for (int attempt = 0; attempt < ACK_ATTEMPTS_MAX; attempt++) {
      long result = session.offer(ack, 0, SessionMessages.ACK_BYTES);
      if (result > 0) {
        return;
      }
      if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
        break;
      }
      answering.idleStrategy().idle();
    }
    unreachable.add(session.id());
    answering.closeClientSession(session.id());
  }

  // ---- Halting ----

  private static <T> T open(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the service is not started");
    }
    return part;
  }

  private void requireAlive() {
    Throwable cause = failure.get();
    if (cause != null) {
      throw halted(cause);
    }
  }

  private RuntimeException halt(Throwable cause) {
    if (cause instanceof AgentTerminationException ending) {
      return ending;
    }
    if (failure.compareAndSet(null, cause)) {
      leading.completeExceptionally(cause);
      refuseQuestions(halted(cause));
      parts.onHalt().accept(cause);
    }
    return halted(cause);
  }

  private static AgentTerminationException halted(Throwable cause) {
    return new AgentTerminationException("the ledger has halted: " + cause.getMessage(), cause);
  }

  private void refuseQuestions(RuntimeException reason) {
    over.compareAndSet(null, reason);
    for (var question = questions.poll(); question != null; question = questions.poll()) {
      question.completeExceptionally(reason);
    }
  }
}
