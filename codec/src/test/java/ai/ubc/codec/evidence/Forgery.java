package ai.ubc.codec.evidence;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.evidence.Receipt.ProvenRecord;
import ai.ubc.codec.generated.EventEncoder;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Hash32;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.agrona.ExpandableArrayBuffer;

/**
 * A kept receipt in the hands of a notary that lies, and of parties that help it: records with
 * other events, other times and other commands, signed by the right keys.
 */
final class Forgery {
  private final String name;
  private final Receipt kept;
  private final Eip712 domain;
  private List<JournalRecord> records;
  private List<Pool> pools;

  private Forgery(String name) {
    this.name = name;
    kept = KeptReceipts.receipt(name);
    domain = new Eip712(kept.genesis().chainId(), GenesisFile.hash(kept.genesis()));
    records = kept.records().stream().map(ProvenRecord::record).toList();
    pools = kept.pools();
  }

  /** Of a kept receipt. */
  static Forgery of(String name) {
    return new Forgery(name);
  }

  /** What a verification says of it. */
  EvidenceReport verify() {
    long endMs = Math.max(records.getLast().logTimeMs(), kept.logRoot().timeMs());
    byte[] file = KeptReceipts.notarised(kept, records, pools, endMs);
    return ReceiptVerifier.verify(file, KeptReceipts.trusting(name));
  }

  /** Changes every event. */
  Forgery events(UnaryOperator<Event> change) {
    records =
        records.stream()
            .map(record -> withEvents(record, view(record).events().stream().map(change).toList()))
            .toList();
    return this;
  }

  /** Leaves out events. */
  Forgery withoutEvents(Predicate<Event> left) {
    records =
        records.stream()
            .map(record ->
                withEvents(record, view(record).events().stream().filter(left.negate()).toList()))
            .toList();
    return this;
  }

  /** Leaves out the records behind the first that has an event of a kind. */
  Forgery until(Class<? extends Event> kind) {
    int at = 0;
    while (!has(records.get(at), kind)) {
      at++;
    }
    records = records.subList(0, at + 1);
    pools = List.of();
    return this;
  }

  /** Leaves out the records that have an event of a kind. */
  Forgery without(Class<? extends Event> kind) {
    records = records.stream().filter(record -> !has(record, kind)).toList();
    return this;
  }

  /** Changes every command of a kind; the owner of its account signs it anew. */
  <C extends Command> Forgery commands(Class<C> kind, UnaryOperator<Command> change) {
    records =
        records.stream()
            .map(record ->
                view(record).asked() instanceof RecordView.User user
                        && kind.isInstance(user.command())
                    ? signed(record, user.head(), change.apply(user.command()))
                    : record)
            .toList();
    return this;
  }

  /** Has another account give the commands of a kind. */
  Forgery by(int account, Class<? extends Command> kind) {
    records =
        records.stream()
            .map(record ->
                view(record).asked() instanceof RecordView.User user
                        && kind.isInstance(user.command())
                    ? signed(
                        record,
                        new Command.Head(account, user.head().nonce(), user.head().notAfterMs()),
                        user.command())
                    : record)
            .toList();
    return this;
  }

  /** Changes the times from the first record on that has an event of a kind. */
  Forgery times(Class<? extends Event> from, LongUnaryOperator change) {
    List<JournalRecord> changed = new ArrayList<>();
    boolean isBegun = false;
    for (JournalRecord record : records) {
      isBegun |= has(record, from);
      changed.add(isBegun ? at(record, change.applyAsLong(record.logTimeMs())) : record);
    }
    records = changed;
    return this;
  }

  /** Puts a record in at a free position, a millisecond after the one before it. */
  Forgery insert(long seq, KeyPair signer, int account, Command command, Event event) {
    int at = 0;
    while (records.get(at).seq() < seq) {
      at++;
    }
    long timeMs = records.get(at - 1).logTimeMs() + 1;
    byte[] sent =
        LogEntry.sign(domain, signer, new Command.Head(account, seq, timeMs + 1_000), command);
    byte[] entry = LogEntry.admit(domain, sent).orElseThrow();
    List<JournalRecord> more = new ArrayList<>(records);
    more.add(at, new JournalRecord(seq, timeMs, 0, 0, entry, encoded(List.of(event))));
    records = more;
    return this;
  }

  /** Lists others as those who could be drawn. */
  Forgery pools(List<Pool> others) {
    pools = others;
    return this;
  }

  private JournalRecord at(JournalRecord record, long timeMs) {
    JournalRecord later =
        new JournalRecord(record.seq(), timeMs, 0, 0, record.entry(), record.events());
    return view(record).asked() instanceof RecordView.User user
        ? signed(
            later,
            new Command.Head(user.head().account(), user.head().nonce(), timeMs),
            user.command())
        : later;
  }

  private JournalRecord signed(JournalRecord record, Command.Head head, Command command) {
    byte[] sent = LogEntry.sign(domain, KeptReceipts.key(head.account()), head, command);
    byte[] entry = LogEntry.admit(domain, sent).orElseThrow();
    return new JournalRecord(record.seq(), record.logTimeMs(), 0, 0, entry, record.events());
  }

  private static JournalRecord withEvents(JournalRecord record, List<Event> events) {
    return new JournalRecord(
        record.seq(), record.logTimeMs(), 0, 0, record.entry(), encoded(events));
  }

  private static boolean has(JournalRecord record, Class<? extends Event> kind) {
    return view(record).events().stream().anyMatch(kind::isInstance);
  }

  private static RecordView view(JournalRecord record) {
    try {
      return RecordView.of(record);
    } catch (BrokenLinkException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Events as a record has them. */
  static byte[] encoded(List<Event> events) {
    EventEncoder encoder = new EventEncoder(new ExpandableArrayBuffer(4_096));
    try {
      for (Event event : events) {
        String kind = event.getClass().getSimpleName();
        String name = Character.toLowerCase(kind.charAt(0)) + kind.substring(1);
        Method method =
            Arrays.stream(EventSink.class.getMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        method.invoke(encoder, primitives(event));
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("an event that no sink takes", e);
    }
    byte[] bytes = new byte[encoder.length()];
    encoder.buffer().getBytes(0, bytes);
    return bytes;
  }

  private static Object[] primitives(Event event) throws ReflectiveOperationException {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : event.getClass().getRecordComponents()) {
      switch (component.getAccessor().invoke(event)) {
        case Hash32 h -> values.addAll(List.of(h.word0(), h.word1(), h.word2(), h.word3()));
        case Address a -> values.addAll(List.of(a.word0(), a.word1(), a.word2()));
        case Object value -> values.add(value);
      }
    }
    return values.toArray();
  }
}
