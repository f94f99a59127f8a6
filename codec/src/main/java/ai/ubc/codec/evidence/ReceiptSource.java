package ai.ubc.codec.evidence;

import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.domain.Address;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where the records of a receipt are found; positions are those of the log. */
public interface ReceiptSource {
  /** Positions of the records in which something happened to the job, ascending. */
  List<Long> ofJob(long job);

  /** Position of the record that placed an offer. */
  OptionalLong ofOffer(long order);

  /** Position of the record that registered an account. */
  OptionalLong ofAccount(int account);

  /** Positions of the records in which an account got another owner, ascending. */
  List<Long> ofOwners(int account);

  /** Position of the last record up to {@code upTo} that named a next owner of an account. */
  OptionalLong ofNaming(int account, long upTo);

  /** Position of the last record up to {@code upTo} that gave a key a mandate of an account. */
  OptionalLong ofMandate(int account, Address key, long upTo);

  /** Position of the record in which the beacon opened a slot. */
  OptionalLong ofBeacon(long slot);

  /** Who could be drawn in a round of a job; empty when no such list is kept. */
  Optional<Pool> ofRound(long job, int round);

  /** The record at a position. */
  JournalRecord record(long seq);
}
