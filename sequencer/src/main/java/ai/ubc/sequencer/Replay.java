package ai.ubc.sequencer;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.generated.EventDecoder;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalException;
import ai.ubc.codec.journal.JournalHandler;
import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.codec.journal.JournalReader;
import ai.ubc.domain.Event;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * Applies a journal's entries to a fresh ledger and checks that every user's entry is signed by its
 * signer, and that codes, repetitions, events and chain hashes come out as they stand there. Needs
 * no cluster and changes nothing.
 */
public final class Replay {
  /** Thrown when the ledger does something else than the journal says it did. */
  public static final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(String message) {
      super(message);
    }
  }

  private Replay() {}

  /**
   * What a replay found.
   *
   * @param state the state after the last whole record
   * @param outagesMs sum of all outages in it, milliseconds
   * @param signatures users' entries, each signed by its signer
   * @param unfinishedBytes bytes behind the last whole record: 0 after a clean stop
   * @param end the file and the offset where the last whole record ends
   */
  public record Outcome(
      LedgerState state, long outagesMs, long signatures, long unfinishedBytes, String end) {}

  /**
   * Replays what the journal holds now.
   *
   * @return the state after its last whole record
   * @throws JournalException when the journal is damaged, of another network or can not be read
   * @throws DivergedException when the ledger and the journal differ; the message names the record
   *     and the part
   */
  public static LedgerState run(Path journalDirectory, Genesis genesis, Ledger.Factory ledgers) {
    return run(journalDirectory, genesis, ledgers, (s, t, c, o, b, eo, el, vo, vl) -> {}).state();
  }

  /**
   * Replays what the journal holds now.
   *
   * @param also takes each record when it has been replayed
   * @throws JournalException when the journal is damaged, of another network or can not be read
   * @throws DivergedException when the ledger and the journal differ; the message names the record
   *     and the part
   */
  public static Outcome run(
      Path journalDirectory, Genesis genesis, Ledger.Factory ledgers, JournalHandler also) {
    Hash32 genesisHash = GenesisFile.hash(genesis);
    return run(JournalReader.open(journalDirectory, genesisHash, 1), genesis, ledgers, also);
  }

  /** The same with old segments in another archive than the one that the journal names. */
  public static Outcome run(
      Path journalDirectory,
      Path archive,
      Genesis genesis,
      Ledger.Factory ledgers,
      JournalHandler also) {
    Hash32 genesisHash = GenesisFile.hash(genesis);
    return run(
        JournalReader.open(journalDirectory, archive, genesisHash, 1), genesis, ledgers, also);
  }

  private static Outcome run(
      JournalReader journal, Genesis genesis, Ledger.Factory ledgers, JournalHandler also) {
    Course course = new Course(ledgers, genesis, GenesisFile.hash(genesis), also);
    try (JournalReader reader = journal) {
      while (reader.poll(course, Integer.MAX_VALUE) > 0) {
        // To the end.
      }
      JournalPosition end = reader.position();
      LedgerState state =
          new LedgerState(
              end.seq(), course.logTimeMs, end.chain(), StateHash.of(course.driver.ledger()));
      return new Outcome(
          state, course.outagesMs, course.signatures, reader.unfinishedBytes(), reader.place());
    }
  }

  /** A ledger made anew from a journal. */
  record Rebuilt(LedgerDriver driver, long logTimeMs, long outagesMs) {}

  /**
   * Replays a journal up to a record.
   *
   * @throws IllegalStateException when the journal does not hold it, or another
   */
  static Rebuilt rebuild(
      Path journalDirectory, Genesis genesis, Ledger.Factory ledgers, JournalPosition upTo) {
    Hash32 genesisHash = GenesisFile.hash(genesis);
    Course course =
        new Course(ledgers, genesis, genesisHash, (s, t, c, o, b, eo, el, vo, vl) -> {});
    if (upTo.seq() > 0) {
      try (JournalReader reader = JournalReader.open(journalDirectory, genesisHash, 1)) {
        int handled = 1;
        while (handled > 0 && reader.position().seq() < upTo.seq()) {
          long left = upTo.seq() - reader.position().seq();
          handled = reader.poll(course, (int) Math.min(left, Integer.MAX_VALUE));
        }
        if (!reader.position().equals(upTo)) {
          throw new IllegalStateException(
              journalDirectory
                  + ": the log begins behind record "
                  + upTo.seq()
                  + ", which the journal does not hold; restore it again");
        }
      }
    }
    return new Rebuilt(course.driver, course.logTimeMs, course.outagesMs);
  }

  private static final class Course implements JournalHandler {
    private final LedgerDriver driver;
    private final Eip712 domain;
    private final JournalHandler also;
    private final EventSink outages =
        new EventRecords(event -> {
          if (event instanceof Event.OutageRecorded outage) {
            this.outagesMs += outage.durationMs();
          }
        });
    private long logTimeMs;
    private long outagesMs;
    private long signatures;

    Course(Ledger.Factory ledgers, Genesis genesis, Hash32 genesisHash, JournalHandler also) {
      this.driver = LedgerDriver.create(ledgers, genesis, genesisHash);
      this.domain = new Eip712(genesis.chainId(), genesisHash);
      this.also = also;
    }

    @Override
    public void onRecord(
        long seq,
        long recordLogTimeMs,
        int code,
        long originalSeq,
        DirectBuffer buffer,
        int entryOffset,
        int entryLength,
        int eventsOffset,
        int eventsLength) {
      if (recordLogTimeMs < logTimeMs) {
        throw new DivergedException("record " + seq + ": log time goes back");
      }
      if (isForged(buffer, entryOffset, entryLength)) {
        throw new DivergedException("record " + seq + ": its signer did not sign it");
      }
      logTimeMs = recordLogTimeMs;
      int replayed = driver.apply(seq, logTimeMs, buffer, entryOffset, entryLength);
      if (replayed != code) {
        throw new DivergedException(
            "record " + seq + ": the journal has code " + code + ", the replay " + replayed);
      }
      if (driver.originalSeq() != originalSeq) {
        throw new DivergedException(
            "record "
                + seq
                + ": the journal says it repeats "
                + originalSeq
                + ", the replay "
                + driver.originalSeq());
      }
      if (!eventsEqual(buffer, eventsOffset, eventsLength)) {
        throw new DivergedException("record " + seq + ": the replay has other events");
      }
      if (SystemEntries.isOutage(buffer, entryOffset, entryLength)) {
        EventDecoder.dispatch(buffer, eventsOffset, eventsLength, outages);
      }
      also.onRecord(
          seq,
          recordLogTimeMs,
          code,
          originalSeq,
          buffer,
          entryOffset,
          entryLength,
          eventsOffset,
          eventsLength);
    }

    // Bytes that are no entry need no signature: the ledger refuses them as malformed.
    private boolean isForged(DirectBuffer buffer, int offset, int length) {
      if (!LogEntry.isWellFormed(buffer, offset, length)
          || !LogEntry.isUser(LogEntry.templateId(buffer, offset))) {
        return false;
      }
      byte[] entry = new byte[length];
      buffer.getBytes(offset, entry);
      signatures++;
      return !LogEntry.isSignerProven(domain, entry);
    }

    private boolean eventsEqual(DirectBuffer buffer, int offset, int length) {
      if (driver.eventsLength() != length) {
        return false;
      }
      DirectBuffer events = driver.events();
      for (int i = 0; i < length; i++) {
        if (events.getByte(i) != buffer.getByte(offset + i)) {
          return false;
        }
      }
      return true;
    }
  }
}
