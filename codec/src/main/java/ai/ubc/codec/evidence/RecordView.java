package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import ai.ubc.codec.LogEntry;
import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.codec.generated.EventDecoder;
import ai.ubc.codec.generated.EventEncoder;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.domain.Address;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A record, decoded.
 *
 * @param record the record
 * @param asked what its entry asked for
 * @param events what it did, in order
 */
record RecordView(JournalRecord record, Asked asked, List<Event> events) {

  /** What an entry asks for. */
  sealed interface Asked {}

  /** A user's command and who says to have signed it. */
  record User(Address signer, Command.Head head, Command command) implements Asked {}

  /** The beacon opens a slot. */
  record Beacon(long slot, Hash32 preimage, Hash32 nextHead) implements Asked {}

  /** Another command of the network, of which a job only sees that time has passed. */
  record Network(int templateId) implements Asked {}

  RecordView {
    events = List.copyOf(events);
  }

  private static final int BEACON_TEMPLATE = 66;
  private static final int PREIMAGE_OFFSET = LogEntry.HEADER_BYTES + Long.BYTES;
  private static final int NEXT_HEAD_OFFSET = PREIMAGE_OFFSET + Hash32.BYTES;

  /** Decodes entry and events. */
  static RecordView of(JournalRecord record) throws BrokenLinkException {
    byte[] entry = record.entry();
    UnsafeBuffer buffer = new UnsafeBuffer(entry);
    require(
        LogEntry.isWellFormed(buffer, 0, entry.length),
        EvidenceLink.FILE,
        "The entry of record " + record.seq() + " is no command of this version.");
    List<Event> events = new ArrayList<>();
    try {
      byte[] encoded = record.events();
      UnsafeBuffer bytes = new UnsafeBuffer(encoded);
      EventDecoder.dispatch(bytes, 0, encoded.length, new EventRecords(events::add));
      EventEncoder again = new EventEncoder(new ExpandableArrayBuffer(Math.max(1, encoded.length)));
      EventDecoder.dispatch(bytes, 0, encoded.length, again);
      require(
          bytes.equals(new UnsafeBuffer(again.buffer(), 0, again.length())),
          EvidenceLink.FILE,
          "The events of record " + record.seq() + " are not written in their one form.");
    } catch (IllegalArgumentException e) {
      throw new BrokenLinkException(
          EvidenceLink.FILE,
          "The events of record " + record.seq() + " can not be read: " + e.getMessage() + ".");
    }
    return new RecordView(record, asked(buffer, entry), events);
  }

  private static Asked asked(UnsafeBuffer buffer, byte[] entry) {
    int template = LogEntry.templateId(buffer, 0);
    if (LogEntry.isUser(template)) {
      Address signer =
          Address.of(Arrays.copyOfRange(entry, LogEntry.signerOffset(entry.length), entry.length));
      return new User(
          signer,
          CommandCodec.head(buffer, LogEntry.HEADER_BYTES),
          CommandCodec.decode(buffer, LogEntry.HEADER_BYTES, template));
    }
    if (template == BEACON_TEMPLATE) {
      return new Beacon(
          buffer.getLong(LogEntry.HEADER_BYTES, LITTLE_ENDIAN),
          hash(entry, PREIMAGE_OFFSET),
          hash(entry, NEXT_HEAD_OFFSET));
    }
    return new Network(template);
  }

  private static Hash32 hash(byte[] entry, int offset) {
    return Hash32.of(Arrays.copyOfRange(entry, offset, offset + Hash32.BYTES));
  }

  long seq() {
    return record.seq();
  }

  long nowMs() {
    return record.logTimeMs();
  }

  /** The events that the job answers for, but those of its match. */
  List<Event> eventsOf(long job) {
    List<Event> all = answeredBy(job);
    return all.subList(0, matchAt(all, job));
  }

  /** The events at the record's end by which an offer takes the waiting job; else none. */
  List<Event> matchOf(long job) {
    List<Event> all = answeredBy(job);
    return all.subList(matchAt(all, job), all.size());
  }

  /**
   * Whether waiting jobs are matched at the record's end: before the first match an offer came or
   * left, a bond grew, or a waiting job left.
   */
  boolean mayMatch() {
    Set<Long> matched = new HashSet<>();
    for (Event event : events) {
      if (event instanceof Event.JobStateChanged changed && isMatch(changed)) {
        matched.add(changed.job());
      }
    }
    return events.stream()
        .takeWhile(event ->
            !(event instanceof Event.Posted posted
                && posted.cause() == Cause.ORDER_RETURN.code()
                && matched.contains(posted.job())))
        .anyMatch(RecordView::opensMatching);
  }

  private static boolean opensMatching(Event event) {
    return switch (event) {
      case Event.OfferPlaced _, Event.OfferCancelled _ -> true;
      case Event.OfferTaken taken -> taken.remainingUnits() == 0;
      case Event.Posted posted ->
          posted.toKind() == HolderKind.BOND_PROVIDER.code()
              || posted.toKind() == HolderKind.BOND_VALIDATOR.code();
      case Event.JobStateChanged changed -> changed.from() == JobState.WAITING.code();
      case Event other -> false;
    };
  }

  private static boolean isMatch(Event.JobStateChanged changed) {
    return changed.from() == JobState.WAITING.code() && changed.to() == JobState.LEASED.code();
  }

  // What a user asks for has events that name no job; what else happens in its record is others'.
  private List<Event> answeredBy(long job) {
    Map<Long, Long> jobByLease = new HashMap<>();
    for (Event event : events) {
      if (event instanceof Event.JobSubmitted submitted) {
        jobByLease.put(submitted.lease(), submitted.job());
      }
    }
    return events.stream()
        .filter(event -> {
          long of =
              switch (event) {
                case Event.OfferTaken taken -> jobByLease.getOrDefault(taken.lease(), 0L);
                case Event.LeaseOpened opened -> jobByLease.getOrDefault(opened.lease(), 0L);
                default -> JobEvents.jobOf(event);
              };
          return of == job || (of == 0 && asked instanceof User);
        })
        .toList();
  }

  private static int matchAt(List<Event> all, long job) {
    boolean isMatched = false;
    int first = all.size();
    for (int i = all.size() - 1; i >= 0; i--) {
      isMatched |=
          all.get(i) instanceof Event.JobStateChanged changed
              && changed.job() == job
              && isMatch(changed);
      if (all.get(i) instanceof Event.Posted posted
          && posted.cause() == Cause.ORDER_RETURN.code()) {
        first = i;
      }
    }
    return isMatched ? first : all.size();
  }
}
