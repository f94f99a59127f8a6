package ai.ubc.gateway.stream;

import ai.ubc.api.StreamEnd;
import ai.ubc.api.StreamEntry;
import ai.ubc.api.StreamPosition;
import ai.ubc.gateway.journal.JournalEntry;
import ai.ubc.gateway.journal.LogClock;
import ai.ubc.gateway.journal.Tail;
import ai.ubc.gateway.limits.Limits;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/**
 * Carries entries to a reader at the reader's pace: first from the journal, then as they are
 * published. Nothing is queued for a reader; one that was up to date and falls too far behind is
 * told so and let go. From any thread; each reader keeps its own thread.
 */
public final class EntryStream {
  private static final int BATCH_MAX = 256;

  private final Tail tail;
  private final LogClock clock;
  private final JobParties parties;
  private final Limits limits;
  private final Semaphore places;

  /** Where messages go. */
  public interface Receiver {
    /** An entry. */
    void entry(StreamEntry entry) throws IOException;

    /** Nothing else up to here. */
    void position(StreamPosition position) throws IOException;

    /** The last message. */
    void end(StreamEnd end) throws IOException;

    /** Everything so far should leave now. */
    void flush() throws IOException;
  }

  /** Streams what the tail publishes. */
  public EntryStream(Tail tail, LogClock clock, JobParties parties, Limits limits) {
    this.tail = tail;
    this.clock = clock;
    this.parties = parties;
    this.limits = limits;
    this.places = new Semaphore(limits.streamsMax());
  }

  /**
   * Takes a place for a reader, to be closed.
   *
   * @param fromSeq the first entry, where less than 1 is 1; empty for the next one
   * @param account whom the events must concern; empty for all events
   * @throws RequestFailure {@code TOO_MANY_STREAMS}, or {@code BEHIND} where the entry before the
   *     first one has not come within the time that a read waits
   */
  public Subscription open(OptionalLong fromSeq, Optional<Integer> account)
      throws InterruptedException {
    if (!places.tryAcquire()) {
      throw RequestFailure.of(
          ProblemCode.TOO_MANY_STREAMS,
          limits.streamsMax() + " streams are open. Try again, or another gateway.");
    }
    boolean isGiven = false;
    try {
      long first = Math.max(1, fromSeq.orElse(tail.lastSeq() + 1));
      if (fromSeq.isPresent()) {
        awaitBefore(first);
      }
      Subscription subscription =
          new Subscription(first, account.map(number -> new Concern(parties, number)));
      isGiven = true;
      return subscription;
    } finally {
      if (!isGiven) {
        places.release();
      }
    }
  }

  // A client may know an entry, by an answer to its command, before this gateway has read it.
  private void awaitBefore(long fromSeq) throws InterruptedException {
    if (!tail.awaits(fromSeq - 1, limits.readWait().toMillis())) {
      long last = tail.lastSeq();
      throw RequestFailure.of(
          ProblemCode.BEHIND,
          "The newest entry that this gateway has read is "
              + last
              + ", so a stream can not begin at entry "
              + fromSeq
              + ". Begin at "
              + (last + 1)
              + " at most, or, where a later entry was acknowledged, ask again.");
    }
  }

  /** A reader's place. One thread. */
  public final class Subscription implements AutoCloseable {
    private final Tail.Reader reader;
    private final Optional<Concern> concern;

    private Subscription(long fromSeq, Optional<Concern> concern) {
      this.reader = tail.reader(fromSeq);
      this.concern = concern;
    }

    /**
     * Carries entries until the reader goes, falls behind, or the gateway closes.
     *
     * @throws IOException when the reader has gone
     */
    public void run(Receiver to) throws IOException, InterruptedException {
      to.position(position());
      to.flush();
      while (true) {
        List<JournalEntry> entries = reader.next(BATCH_MAX, limits.streamSilence().toMillis());
        if (entries.isEmpty() && !tail.hasEnded()) {
          to.position(position());
        }
        for (JournalEntry entry : entries) {
          send(entry, to);
        }
        if (tail.hasEnded()) {
          to.end(end("SHUTTING_DOWN", "The gateway is closing."));
          to.flush();
          return;
        }
        if (reader.hasFallenBehind()) {
          to.end(
              end(
                  "SLOW_READER",
                  "The reader fell more than " + limits.streamLagMax() + " entries behind."));
          to.flush();
          return;
        }
        to.flush();
      }
    }

    private void send(JournalEntry entry, Receiver to) throws IOException {
      var events = concern.map(c -> c.of(entry)).orElse(entry.events());
      if (!events.isEmpty()) {
        to.entry(EventMapper.entry(entry, events));
      }
    }

    private StreamPosition position() {
      return new StreamPosition(reader.nextSeq() - 1, clock.nowMs());
    }

    private StreamEnd end(String code, String what) {
      return new StreamEnd(
          code,
          what + " Connect again with Last-Event-ID: " + (reader.nextSeq() - 1) + ".",
          reader.nextSeq() - 1);
    }

    @Override
    public void close() {
      reader.close();
      places.release();
    }
  }
}
