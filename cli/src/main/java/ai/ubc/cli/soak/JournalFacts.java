package ai.ubc.cli.soak;

import ai.ubc.codec.generated.EventDecoder;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.codec.journal.JournalHandler;
import ai.ubc.codec.journal.JournalReader;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Event;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.DirectBuffer;

/** What the journal says of the soak's transfers and jobs. */
final class JournalFacts implements JournalHandler {
  private final int payer;
  private final int payee;
  private final EventRecords events = new EventRecords(this::take);
  private final Map<Long, Integer> transfers = new HashMap<>();
  private final Set<Long> openJobs = new TreeSet<>();
  private long jobs;
  private long entries;
  private long outages;

  private JournalFacts(int payer, int payee) {
    this.payer = payer;
    this.payee = payee;
  }

  /** Reads a journal to its end. */
  static JournalFacts of(Path journal, Hash32 genesisHash, int payer, int payee) {
    JournalFacts facts = new JournalFacts(payer, payee);
    try (JournalReader reader = JournalReader.open(journal, genesisHash, 1)) {
      while (reader.poll(facts, Integer.MAX_VALUE) > 0) {
        // To the end.
      }
    }
    return facts;
  }

  @Override
  public void onRecord(
      long seq,
      long logTimeMs,
      int code,
      long originalSeq,
      DirectBuffer buffer,
      int entryOffset,
      int entryLength,
      int eventsOffset,
      int eventsLength) {
    entries++;
    EventDecoder.dispatch(buffer, eventsOffset, eventsLength, events);
  }

  private void take(Event event) {
    switch (event) {
      case Event.Posted posted -> {
        if (posted.asset() == Asset.COMPUTE
            && posted.cause() == Cause.TRANSFER.code()
            && posted.fromKind() == HolderKind.FREE.code()
            && posted.fromId() == payer
            && posted.toId() == payee) {
          transfers.merge(posted.amountMicros(), 1, Integer::sum);
        }
      }
      case Event.JobSubmitted submitted -> {
        jobs++;
        openJobs.add(submitted.job());
      }
      case Event.JobClosed closed -> openJobs.remove(closed.job());
      case Event.OutageRecorded _ -> outages++;
      default -> {
        // Says nothing about what is counted here.
      }
    }
  }

  /** How often each amount went from payer to payee. */
  Map<Long, Integer> transfers() {
    return transfers;
  }

  /** Jobs that have not ended. */
  Set<Long> openJobs() {
    return openJobs;
  }

  /** Jobs that were submitted. */
  long jobs() {
    return jobs;
  }

  /** Entries of the log. */
  long entries() {
    return entries;
  }

  /** Outages that log time leaves out. */
  long outages() {
    return outages;
  }
}
