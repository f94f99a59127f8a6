package ai.ubc.gateway.fake;

import ai.ubc.codec.EntryApplier;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.codec.generated.EventEncoder;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.command.CommandSink;
import ai.ubc.gateway.journal.JournalDecoder;
import ai.ubc.gateway.journal.JournalEntry;
import ai.ubc.gateway.journal.JournalFeed;
import ai.ubc.testkit.twin.NaiveCapacity;
import ai.ubc.testkit.twin.NaiveLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A ledger in memory behind the gateway's two ports: the naive twin, driven by log entries, with a
 * journal and a clock that stands until it is moved. From any thread.
 */
public final class FakeLedger implements CommandSink, JournalFeed {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appended = lock.newCondition();
  private final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer(4_096);
  private final EventEncoder encoder = new EventEncoder(encoded);
  private final NaiveLedger machine;
  private final EntryApplier applier;
  private final List<JournalEntry> journal = new ArrayList<>();
  private final AtomicLong nowMs = new AtomicLong(1_000_000);

  /** A ledger whose first entry has activated the rules. */
  public FakeLedger(Genesis genesis) {
    machine =
        new NaiveLedger(
            genesis,
            GenesisFile.hash(genesis),
            new KeccakHash(),
            encoder,
            NaiveCapacity.production());
    applier = new EntryApplier(machine, new KeccakHash());
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    Ack activated = system(buffer, CommandCodec.activateRules(buffer, 0, 1));
    if (activated.code() != 0) {
      throw new IllegalStateException("the rules were refused: " + activated);
    }
  }

  /** Log time, milliseconds; the clock that a gateway is given. */
  public long nowMs() {
    return nowMs.get();
  }

  /** Lets time pass in which nothing happens. */
  public void elapse(long ms) {
    nowMs.addAndGet(ms);
  }

  /** Lets time pass, with a tick at its end. */
  public Ack pass(long ms) {
    nowMs.addAndGet(ms);
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    return system(buffer, CommandCodec.tick(buffer, 0));
  }

  /** Opens a beacon slot. */
  public Ack beacon(long slot, Hash32 preimage, Hash32 nextHead) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    return system(buffer, CommandCodec.beacon(buffer, 0, slot, preimage, nextHead));
  }

  /** Notes an outage, which log time leaves out. */
  public Ack outage(long durationMs) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    return system(buffer, CommandCodec.recordOutage(buffer, 0, durationMs));
  }

  private Ack system(UnsafeBuffer command, int length) {
    return append(LogEntry.system(command, 0, length));
  }

  @Override
  public CompletableFuture<Ack> submit(byte[] entry) {
    return CompletableFuture.completedFuture(append(entry));
  }

  /** Logs and applies an entry. */
  public Ack append(byte[] entry) {
    lock.lock();
    try {
      long seq = journal.size() + 1L;
      long timeMs = nowMs.get();
      encoder.reset();
      UnsafeBuffer bytes = new UnsafeBuffer(entry);
      int code = applier.apply(seq, timeMs, bytes, 0, entry.length);
      long original = machine.originalSeq();
      byte[] record = new byte[entry.length + encoder.length()];
      bytes.getBytes(0, record, 0, entry.length);
      encoded.getBytes(0, record, entry.length, encoder.length());
      journal.add(
          JournalDecoder.decode(
              seq,
              timeMs,
              code,
              original,
              new UnsafeBuffer(record),
              0,
              entry.length,
              entry.length,
              encoder.length()));
      appended.signalAll();
      return new Ack(original == 0 ? seq : original, code);
    } finally {
      lock.unlock();
    }
  }

  /** Position of the last entry. */
  public long lastSeq() {
    lock.lock();
    try {
      return journal.size();
    } finally {
      lock.unlock();
    }
  }

  /** Every entry so far. */
  public List<JournalEntry> entries() {
    lock.lock();
    try {
      return List.copyOf(journal);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Cursor open(long fromSeq) {
    return new MemoryCursor(fromSeq);
  }

  private final class MemoryCursor implements Cursor {
    private long next;

    MemoryCursor(long fromSeq) {
      next = fromSeq;
    }

    @Override
    public List<JournalEntry> next(int max, long waitMs) throws InterruptedException {
      lock.lock();
      try {
        long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
        while (journal.size() < next && leftNs > 0) {
          leftNs = appended.awaitNanos(leftNs);
        }
        if (journal.size() < next) {
          return List.of();
        }
        int from = (int) next - 1;
        List<JournalEntry> entries =
            List.copyOf(journal.subList(from, Math.min(from + max, journal.size())));
        next += entries.size();
        return entries;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
