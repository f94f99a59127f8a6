package ai.ubc.provider.node;

import ai.ubc.domain.Role;
import ai.ubc.sdk.MonotonicClock;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a node: one that decides, one that listens, and one for each duty under way, which
 * the roster bounds. All are virtual.
 */
final class NodeShell implements AutoCloseable {
  private static final Logger LOG = System.getLogger(NodeShell.class.getPackageName());
  private static final long LISTEN_MS = 30_000;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final String name;
  private final NodeLimits limits;
  private final MonotonicClock clock;
  private final Connector connector;
  private final CompletableFuture<Integer> ready = new CompletableFuture<>();
  private final CompletableFuture<Unfinished> left = new CompletableFuture<>();
  private final LinkedBlockingQueue<Signal> mailbox = new LinkedBlockingQueue<>();
  private final AtomicLong heardSeq = new AtomicLong(); // 0 when the mailbox holds no Woken
  private final Map<Duty.Key, Thread> duties = new HashMap<>();
  private final Thread decider;
  private volatile boolean inTouch;
  private volatile Unfinished unfinished = new Unfinished(true, List.of(), List.of());

  /** Connects a node: the account is registered when this returns. */
  @FunctionalInterface
  interface Connector {
    /**
     * Connects.
     *
     * @throws UbcException when the gateway is not to be had, or refuses
     * @throws IOException when this machine's disk is not fit
     */
    Wiring connect() throws UbcException, IOException, InterruptedException;
  }

  /**
   * A connected node.
   *
   * @param ledger the ledger
   * @param part what it is
   * @param role which bond it needs
   * @param bondMicros how much bond, micro-COMPUTE
   * @param news hints that something changed
   */
  record Wiring(Ledger ledger, Part part, Role role, long bondMicros, News news)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      news.close();
    }
  }

  /** Hints that something changed for the account. */
  interface News extends AutoCloseable {
    /**
     * Waits for a hint. One thread.
     *
     * @return the entry of the log by which something changed; 0 when there was none in time
     * @throws UbcException when there will be none for now
     */
    long await(long limitMs) throws UbcException, InterruptedException;

    /** Ends the connection with all that belongs to it. */
    @Override
    void close() throws IOException;
  }

  private sealed interface Signal {
    record Woken() implements Signal {}

    record Ended(Duty.Key key, Ending ending) implements Signal {}

    record Leaving() implements Signal {}
  }

  NodeShell(String name, NodeLimits limits, MonotonicClock clock, Connector connector) {
    this.name = name;
    this.limits = limits;
    this.clock = clock;
    this.connector = connector;
    this.decider = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    decider.start();
  }

  /**
   * Completes with the account once the node takes part; fails when it never will, or is closed
   * before.
   */
  CompletableFuture<Integer> ready() {
    return ready;
  }

  /** Has the node take nothing new; completes once nothing is left to do. */
  CompletableFuture<Unfinished> leave() {
    mailbox.add(new Signal.Leaving());
    return left;
  }

  /** Whether it has seen the ledger lately. */
  boolean isInTouch() {
    return inTouch;
  }

  /** What there was to do when the node last looked. */
  Unfinished unfinished() {
    return unfinished;
  }

  private void run() {
    try (Wiring wiring = connect()) {
      bond(wiring);
      Thread listener = Thread.ofVirtual().name(name + " listens").start(() -> listen(wiring));
      try {
        decide(wiring);
      } finally {
        listener.interrupt();
        listener.join(CLOSE_LIMIT);
        endDuties();
      }
    } catch (InterruptedException e) {
      ready.cancel(false);
      left.cancel(false);
    } catch (UbcException | IOException | RuntimeException e) {
      LOG.log(Level.ERROR, name + " ends", e);
      ready.completeExceptionally(e);
      left.completeExceptionally(e);
    }
  }

  // What they hold is given back after this, so they get a moment to let go.
  private void endDuties() throws InterruptedException {
    duties.values().forEach(Thread::interrupt);
    for (Thread duty : duties.values()) {
      if (!duty.join(CLOSE_LIMIT)) {
        LOG.log(Level.WARNING, "{0} does not end", duty.getName());
      }
    }
  }

  private Wiring connect() throws UbcException, IOException, InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        return connector.connect();
      } catch (UbcException e) {
        if (!e.isRetryable()) {
          throw e;
        }
        pause(failures, String.valueOf(e.getMessage()));
      }
    }
  }

  private void bond(Wiring wiring) throws UbcException, InterruptedException {
    for (int failures = 1; ; failures++) {
      String missing;
      try {
        missing = Bonding.ensure(wiring.ledger(), wiring.role(), wiring.bondMicros());
      } catch (UbcException e) {
        if (!e.isRetryable()) {
          throw e;
        }
        missing = String.valueOf(e.getMessage());
      }
      if (missing.isEmpty()) {
        return;
      }
      pause(failures, missing);
    }
  }

  private void pause(int failures, String reason) throws InterruptedException {
    LOG.log(Level.WARNING, "{0} waits: {1}", name, reason);
    clock.sleep(limits.retryMs(failures));
  }

  private void decide(Wiring wiring) throws InterruptedException {
    NodeCore core = new NodeCore(name, wiring.ledger(), wiring.part(), limits);
    while (true) {
      Roster.Plan plan = core.step(clock.nowMs());
      plan.stop().forEach(this::stop);
      plan.start().forEach(start -> start(wiring.part(), start));
      if (core.isReconciled()) {
        ready.complete(wiring.ledger().account());
      }
      unfinished = core.unfinished();
      inTouch = core.isInTouch(clock.nowMs());
      if (core.hasLeft()) {
        left.complete(unfinished);
      }
      Signal signal = mailbox.poll(core.restMs(clock.nowMs()), TimeUnit.MILLISECONDS);
      while (signal != null) {
        take(core, signal);
        signal = mailbox.poll();
      }
    }
  }

  private void take(NodeCore core, Signal signal) {
    switch (signal) {
      case Signal.Woken _ -> {
        core.wake(heardSeq.getAndSet(0));
      }
      case Signal.Ended ended -> {
        duties.remove(ended.key());
        core.ended(ended.key(), ended.ending(), clock.nowMs());
      }
      case Signal.Leaving _ -> core.leave();
    }
  }

  private void start(Part part, Roster.Start start) {
    Duty.Key key = start.duty().key();
    duties.put(
        key,
        Thread.ofVirtual()
            .name(name + " " + key)
            .start(() -> mailbox.add(new Signal.Ended(key, perform(part, start)))));
  }

  private Ending perform(Part part, Roster.Start start) {
    try {
      return part.perform(start.duty(), start.failures());
    } catch (InterruptedException e) {
      return new Ending.Stopped();
    } catch (UbcException | IOException e) {
      return new Ending.Again(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, name + ": " + start.duty().key() + " failed by a fault of ours", e);
      return new Ending.Again(e.toString());
    }
  }

  private void stop(Duty.Key key) {
    @Nullable Thread thread = duties.get(key);
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void listen(Wiring wiring) {
    int failures = 0;
    try {
      // A stream that was closed answers at once; only the interrupt ends this thread then.
      while (!Thread.currentThread().isInterrupted()) {
        try {
          long seq = wiring.news().await(LISTEN_MS);
          if (seq > 0 && heardSeq.getAndSet(seq) == 0) {
            mailbox.add(new Signal.Woken());
          }
          failures = 0;
        } catch (UbcException e) {
          failures++;
          LOG.log(Level.WARNING, "{0} hears nothing: {1}", name, e.getMessage());
          clock.sleep(limits.retryMs(failures));
        }
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "{0} listens no more", name);
    }
  }

  /** Stops the node and what it does; what was committed is opened after the next start. */
  @Override
  public void close() {
    decider.interrupt();
    try {
      decider.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it ends without us
    }
    ready.cancel(false);
    left.cancel(false);
  }
}
