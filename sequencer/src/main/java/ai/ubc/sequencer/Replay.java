package ai.ubc.sequencer;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalException;
import ai.ubc.codec.journal.JournalHandler;
import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.codec.journal.JournalReader;
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
   * Replays what the journal holds now.
   *
   * @return the state after its last whole record
   * @throws JournalException when the journal is damaged, of another network or can not be read
   * @throws DivergedException when the ledger and the journal differ; the message names the record
   *     and the part
   */
  public static LedgerState run(Path journalDirectory, Genesis genesis, Ledger.Factory ledgers) {
    Hash32 genesisHash = GenesisFile.hash(genesis);
    Course course =
        new Course(
            LedgerDriver.create(ledgers, genesis, genesisHash),
            new Eip712(genesis.chainId(), genesisHash));
    try (JournalReader reader = JournalReader.open(journalDirectory, genesisHash, 1)) {
      while (reader.poll(course, Integer.MAX_VALUE) > 0) {
        // To the end.
      }
      JournalPosition end = reader.position();
      return new LedgerState(
          end.seq(), course.logTimeMs, end.chain(), StateHash.of(course.driver.ledger()));
    }
  }

  private static final class Course implements JournalHandler {
    private final LedgerDriver driver;
    private final Eip712 domain;
    private long logTimeMs;

    Course(LedgerDriver driver, Eip712 domain) {
      this.driver = driver;
      this.domain = domain;
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
    }

    // Bytes that are no entry need no signature: the ledger refuses them as malformed.
    private boolean isForged(DirectBuffer buffer, int offset, int length) {
      if (!LogEntry.isWellFormed(buffer, offset, length)
          || !LogEntry.isUser(LogEntry.templateId(buffer, offset))) {
        return false;
      }
      byte[] entry = new byte[length];
      buffer.getBytes(offset, entry);
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
