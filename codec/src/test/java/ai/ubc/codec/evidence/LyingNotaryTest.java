package ai.ubc.codec.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.Receipt.ProvenRecord;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A notary that signs whatever it likes can not make the ledger say what the rules and the parties'
 * signatures do not: these receipts are changed and then proven and signed anew.
 */
final class LyingNotaryTest {
  static final List<String> NAMES = KeptReceipts.NAMES;

  private static List<JournalRecord> records(Receipt receipt) {
    return receipt.records().stream().map(ProvenRecord::record).toList();
  }

  private static EvidenceReport verify(String name, List<JournalRecord> records, long timeMs) {
    Receipt receipt = KeptReceipts.receipt(name);
    byte[] file = KeptReceipts.notarised(receipt, records, timeMs);
    return ReceiptVerifier.verify(file, KeptReceipts.trusting(name));
  }

  private static List<JournalRecord> with(
      List<JournalRecord> records, int index, JournalRecord record) {
    List<JournalRecord> changed = new ArrayList<>(records);
    changed.set(index, record);
    return changed;
  }

  private static boolean submits(JournalRecord record) {
    try {
      return RecordView.of(record).asked() instanceof RecordView.User user
          && user.command() instanceof Command.SubmitJob;
    } catch (BrokenLinkException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void whatItSignsAnewUnchangedIsTheSame(String name) {
    Receipt receipt = KeptReceipts.receipt(name);
    EvidenceReport report = verify(name, records(receipt), receipt.logRoot().timeMs());
    assertThat(report.broken()).isEmpty();
    assertThat(report.checking())
        .isEqualTo(
            ReceiptVerifier.verify(KeptReceipts.file(name), KeptReceipts.trusting(name))
                .checking());
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void noEventOfTheJobCanBeChanged(String name) {
    Receipt receipt = KeptReceipts.receipt(name);
    List<JournalRecord> records = records(receipt);
    for (int i = 0; i < records.size(); i++) {
      JournalRecord record = records.get(i);
      for (int at = i % 17; at < record.events().length; at += 17) {
        byte[] events = record.events().clone();
        events[at] ^= 1;
        JournalRecord changed =
            new JournalRecord(record.seq(), record.logTimeMs(), 0, 0, record.entry(), events);
        EvidenceReport report = verify(name, with(records, i, changed), receipt.logRoot().timeMs());
        if (!answered(receipt.job(), record).equals(answered(receipt.job(), changed))) {
          assertThat(report.conclusion())
              .as("record %d, event byte %d: %s", record.seq(), at, report)
              .isEqualTo(Conclusion.BROKEN);
        }
      }
    }
  }

  // What the job answers for. Records do things to other jobs too; and what was left of an offer,
  // what other jobs had spent of a mandate, and which mandates a change of owner ended, is taken
  // from the record (EVD-030).
  private static List<Event> answered(long job, JournalRecord record) {
    RecordView view = view(record);
    return Stream.of(
            view.events().stream().filter(Event.BeaconOpened.class::isInstance),
            view.eventsOf(job).stream(),
            view.matchOf(job).stream())
        .flatMap(events -> events)
        .map(event ->
            switch (event) {
              case Event.MandateSpent spent ->
                  new Event.MandateSpent(spent.mandate(), spent.job(), spent.changeMicros(), 0);
              case Event.MandateRevoked _ -> new Event.MandateRevoked(0);
              case Event.OfferTaken taken ->
                  new Event.OfferTaken(taken.order(), taken.lease(), taken.units(), 0);
              default -> event;
            })
        .toList();
  }

  private static RecordView view(JournalRecord record) {
    try {
      return RecordView.of(record);
    } catch (BrokenLinkException e) {
      return new RecordView(record, new RecordView.Network(0), List.of());
    }
  }

  private static boolean grants(JournalRecord record) {
    return view(record).events().stream().anyMatch(Event.MandateGranted.class::isInstance);
  }

  @Test
  void aSessionKeyWithoutItsMandateIsNoParty() {
    Receipt receipt = KeptReceipts.receipt("session-key");
    List<JournalRecord> records =
        records(receipt).stream().filter(record -> !grants(record)).toList();
    assertThat(verify("session-key", records, receipt.logRoot().timeMs()).broken())
        .containsExactly(EvidenceLink.PARTIES);
  }

  private static boolean names(JournalRecord record) {
    return view(record).events().stream().anyMatch(Event.OwnerNamed.class::isInstance);
  }

  private static boolean changes(JournalRecord record) {
    return view(record).events().stream().anyMatch(Event.OwnerChanged.class::isInstance);
  }

  @Test
  void aNewOwnerIsNoPartyWhenAnyRecordOfItsTakingOverIsMissing() {
    Receipt receipt = KeptReceipts.receipt("rotated");
    List<JournalRecord> records = records(receipt);
    assertThat(records.stream().filter(LyingNotaryTest::changes)).hasSize(4);
    for (int i = 0; i < records.size(); i++) {
      if (names(records.get(i)) || changes(records.get(i))) {
        List<JournalRecord> fewer = new ArrayList<>(records);
        fewer.remove(i);
        assertThat(verify("rotated", fewer, receipt.logRoot().timeMs()).broken())
            .as("without record %d", records.get(i).seq())
            .containsExactly(EvidenceLink.PARTIES);
      }
    }
  }

  @Test
  void aFormerOwnerIsNoParty() {
    Receipt receipt = KeptReceipts.receipt("rotated");
    List<JournalRecord> records = new ArrayList<>(records(receipt));
    JournalRecord registered =
        records.stream()
            .filter(record ->
                view(record).asked() instanceof RecordView.User user
                    && user.command() instanceof Command.RegisterAccount)
            .findFirst()
            .orElseThrow();
    RecordView.User former = (RecordView.User) view(registered).asked();
    int account = ((Event.AccountRegistered) view(registered).events().getFirst()).account();
    int last = records.size() - 1;
    while (!(view(records.get(last)).asked() instanceof RecordView.User user
        && user.head().account() == account)) {
      last--;
    }
    JournalRecord forged = records.get(last);
    byte[] entry =
        LogEntry.admit(
                new Eip712(0, GenesisFile.hash(receipt.genesis())),
                LogEntry.sign(
                    new Eip712(0, GenesisFile.hash(receipt.genesis())),
                    KeptReceipts.key(account),
                    ((RecordView.User) view(forged).asked()).head(),
                    ((RecordView.User) view(forged).asked()).command()))
            .orElseThrow();
    assertThat(KeptReceipts.key(account).address()).isEqualTo(former.signer());
    JournalRecord changed =
        new JournalRecord(forged.seq(), forged.logTimeMs(), 0, 0, entry, forged.events());
    assertThat(verify("rotated", with(records, last, changed), receipt.logRoot().timeMs()).broken())
        .containsExactly(EvidenceLink.PARTIES);
  }

  @Test
  void mandatesThatEndOutOfOrderAreSeen() {
    Receipt receipt = KeptReceipts.receipt("rotated");
    List<JournalRecord> records = records(receipt);
    int at = 0;
    while (!view(records.get(at)).events().stream()
        .anyMatch(Event.MandateRevoked.class::isInstance)) {
      at++;
    }
    JournalRecord record = records.get(at);
    byte[] once = record.events();
    int length = 8 + Long.BYTES;
    byte[] twice = Arrays.copyOf(once, once.length + length);
    System.arraycopy(once, once.length - length, twice, once.length, length);
    JournalRecord changed =
        new JournalRecord(record.seq(), record.logTimeMs(), 0, 0, record.entry(), twice);
    assertThat(verify("rotated", with(records, at, changed), receipt.logRoot().timeMs()).broken())
        .containsExactly(EvidenceLink.PARTIES);
  }

  @Test
  void anOrderBeyondItsMandateIsSeen() {
    Receipt receipt = KeptReceipts.receipt("session-key");
    List<JournalRecord> records = records(receipt);
    int at = 0;
    while (!submits(records.get(at))) {
      at++;
    }
    JournalRecord record = records.get(at);
    byte[] events = record.events().clone();
    // The total spent is the last word of the last event, little-endian.
    events[events.length - 2] = 1;
    JournalRecord changed =
        new JournalRecord(record.seq(), record.logTimeMs(), 0, 0, record.entry(), events);
    assertThat(
            verify("session-key", with(records, at, changed), receipt.logRoot().timeMs()).broken())
        .containsExactly(EvidenceLink.MANDATE);
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void noCommandCanBeChanged(String name) {
    Receipt receipt = KeptReceipts.receipt(name);
    List<JournalRecord> records = records(receipt);
    for (int i = 0; i < records.size(); i++) {
      JournalRecord record = records.get(i);
      for (int at = i % 41; at < record.entry().length; at += 41) {
        byte[] entry = record.entry().clone();
        entry[at] ^= 1;
        JournalRecord changed =
            new JournalRecord(record.seq(), record.logTimeMs(), 0, 0, entry, record.events());
        EvidenceReport report = verify(name, with(records, i, changed), receipt.logRoot().timeMs());
        assertThat(report.conclusion())
            .as("record %d, entry byte %d", record.seq(), at)
            .isEqualTo(Conclusion.BROKEN);
      }
    }
  }

  @Test
  void aRecordOfTheNetworkThatIsSignedIsSeen() {
    Receipt receipt = KeptReceipts.receipt("unchecked");
    List<JournalRecord> records = records(receipt);
    JournalRecord tick = records.getLast();
    byte[] entry = tick.entry().clone();
    entry[entry.length - 1] = 1;
    JournalRecord changed =
        new JournalRecord(tick.seq(), tick.logTimeMs(), 0, 0, entry, tick.events());
    EvidenceReport report =
        verify("unchecked", with(records, records.size() - 1, changed), receipt.logRoot().timeMs());
    assertThat(report.broken()).containsExactly(EvidenceLink.SIGNATURES);
  }

  @Test
  void aCommandAfterItsTimeIsSeen() {
    Receipt receipt = KeptReceipts.receipt("accepted");
    List<JournalRecord> later =
        records(receipt).stream()
            .map(record ->
                new JournalRecord(
                    record.seq(),
                    record.logTimeMs() + 1_001,
                    0,
                    0,
                    record.entry(),
                    record.events()))
            .toList();
    EvidenceReport report = verify("accepted", later, later.getLast().logTimeMs());
    assertThat(report.broken()).containsExactly(EvidenceLink.SIGNATURES);
  }

  @Test
  void aRootFromBeforeItsRecordsIsSeen() {
    Receipt receipt = KeptReceipts.receipt("accepted");
    List<JournalRecord> records = records(receipt);
    EvidenceReport report = verify("accepted", records, records.getLast().logTimeMs() - 1);
    assertThat(report.broken()).containsExactly(EvidenceLink.LOG);
  }

  @Test
  void aRefusedRecordProvesNothing() {
    Receipt receipt = KeptReceipts.receipt("accepted");
    List<JournalRecord> records = records(receipt);
    JournalRecord last = records.getLast();
    JournalRecord refused =
        new JournalRecord(last.seq(), last.logTimeMs(), 43, 0, last.entry(), last.events());
    EvidenceReport report =
        verify("accepted", with(records, records.size() - 1, refused), receipt.logRoot().timeMs());
    assertThat(report.broken()).containsExactly(EvidenceLink.LOG);
  }

  @Test
  void aRecordOfAnotherJobIsSeen() {
    Receipt receipt = KeptReceipts.receipt("held");
    List<JournalRecord> records = new ArrayList<>(records(receipt));
    for (ProvenRecord other : KeptReceipts.receipt("accepted").records()) {
      if (other.record().seq() > records.getLast().seq()) {
        List<JournalRecord> more = new ArrayList<>(records);
        more.add(other.record());
        EvidenceReport report = verify("held", more, other.record().logTimeMs());
        assertThat(report.broken()).as("record " + other.record().seq()).isNotEmpty();
      }
    }
  }
}
