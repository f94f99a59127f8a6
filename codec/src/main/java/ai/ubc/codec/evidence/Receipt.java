package ai.ubc.codec.evidence;

import ai.ubc.codec.LogRoot;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The evidence for one job, as it is handed out. The arrays are not copied.
 *
 * @param job the job's number
 * @param genesis the network's genesis, whole
 * @param logRoot the root of the log, as signed
 * @param signature the notary's signature over it, 65 bytes
 * @param records the records that the job rests on, by position
 * @param pools who could be drawn in the job's rounds, by round, as far as they are listed
 */
@SuppressWarnings("ArrayRecordComponent") // compared and hashed by nobody
public record Receipt(
    long job,
    Genesis genesis,
    LogRoot logRoot,
    byte[] signature,
    List<ProvenRecord> records,
    List<Pool> pools) {

  /**
   * A record, and the proof that the log has it.
   *
   * @param record the record
   * @param path its inclusion path in the tree that the root is of, from the leaf upwards
   */
  public record ProvenRecord(JournalRecord record, List<Hash32> path) {
    /** Copies the path. */
    public ProvenRecord {
      path = List.copyOf(path);
    }
  }

  /** Copies the lists. */
  public Receipt {
    records = List.copyOf(records);
    pools = List.copyOf(pools);
  }

  /**
   * What was ordered and taken by an offer, as its records say; empty when none does. Nothing of it
   * is verified.
   */
  public Optional<Event.JobSubmitted> order() {
    return first(Event.JobSubmitted.class, submitted -> submitted.job() == job);
  }

  /**
   * The result that the provider opened, as the records say; empty when none does. Nothing of it is
   * verified.
   */
  public Optional<Event.ResultOpened> opened() {
    return first(Event.ResultOpened.class, opened -> opened.job() == job);
  }

  private <E extends Event> Optional<E> first(Class<E> kind, Predicate<E> isMeant) {
    return records.stream()
        .flatMap(proven -> events(proven.record()).stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(isMeant)
        .findFirst();
  }

  // A record that can not be read says nothing; verification tells what is wrong with it.
  private static List<Event> events(JournalRecord record) {
    try {
      return RecordView.of(record).events();
    } catch (BrokenLinkException e) {
      return List.of();
    }
  }
}
