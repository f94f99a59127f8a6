package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.session.Credentials;
import ai.ubc.codec.session.SessionRole;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.link.Ack;
import ai.ubc.link.LedgerLink;
import ai.ubc.link.LinkConfig;
import ai.ubc.link.LinkException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencerNodeTest {
  @TempDir private Path directory;

  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws IOException {
    network = TestNetwork.in(directory);
  }

  private static int number(Refusal refusal) {
    return refusal.number();
  }

  @Test
  void anAcknowledgedEntryStandsInTheJournal() throws Exception {
    try (SequencerNode node = network.start();
        LedgerLink link = TestNetwork.link(node)) {
      byte[] entry = network.transfer(1, 5);
      assertThat(TestNetwork.await(link.submit(entry))).isEqualTo(new Ack(2, Refusal.DONE));
      assertThat(TestNetwork.await(link.submit(network.transfer(2, 0))))
          .isEqualTo(new Ack(3, number(Refusal.INVALID_AMOUNT)));
      assertThat(node.state().seq()).isEqualTo(3);

      List<TestNetwork.Line> journal = network.journal();
      assertThat(journal).hasSize(3);
      assertThat(journal.get(0).events()).containsExactly(new Event.RulesActivated(1));
      assertThat(journal.get(1).entry()).isEqualTo(HexFormat.of().formatHex(entry));
      assertThat(journal.get(1).events()).containsExactly(new Event.Posted(2, 5, 1, 1, 1, 2, 1, 0));
      assertThat(journal.get(2).code()).isEqualTo(number(Refusal.INVALID_AMOUNT));
    }
  }

  @Test
  void aRepetitionIsAnsweredWithTheFirstAnswer() throws Exception {
    try (SequencerNode node = network.start();
        LedgerLink link = TestNetwork.link(node)) {
      Ack first = TestNetwork.await(link.submit(network.transfer(1, 5)));
      TestNetwork.await(link.submit(network.transfer(2, 5)));

      assertThat(TestNetwork.await(link.submit(network.transfer(1, 5)))).isEqualTo(first);
      assertThat(node.state().seq()).isEqualTo(4);
      assertThat(network.journal().get(3).originalSeq()).isEqualTo(first.seq());
      assertThat(network.journal().get(3).events()).isEmpty();
    }
  }

  @Test
  void whatASessionMayNotGiveNeverReachesTheLedger() throws Exception {
    try (SequencerNode node = network.start();
        LedgerLink gateway = TestNetwork.link(node);
        LedgerLink system =
            LedgerLink.open(
                LinkConfig.sharing(
                    node.driverDirectory(),
                    node.ingressEndpoints(),
                    Credentials.read(DataDirectory.credentials(directory), SessionRole.SYSTEM)))) {
      Ack systemOnly = new Ack(0, number(Refusal.SYSTEM_ONLY));
      Ack malformed = new Ack(0, number(Refusal.MALFORMED));
      byte[] beacon = SystemEntries.beacon(1, Hash32.ZERO, Hash32.ZERO);

      for (byte[] entry : List.of(SystemEntries.tick(), SystemEntries.activateRules(1), beacon)) {
        assertThat(TestNetwork.await(gateway.submit(entry))).isEqualTo(systemOnly);
      }
      for (byte[] entry :
          List.of(SystemEntries.tick(), SystemEntries.recordOutage(5), network.transfer(1, 1))) {
        assertThat(TestNetwork.await(system.submit(entry))).isEqualTo(systemOnly);
      }
      for (byte[] entry : List.of(new byte[0], new byte[100], new byte[64 * 1024])) {
        assertThat(TestNetwork.await(gateway.submit(entry))).isEqualTo(malformed);
      }
      assertThat(node.state().seq()).isEqualTo(1);
      assertThat(TestNetwork.await(system.submit(beacon)))
          .isEqualTo(new Ack(2, number(Refusal.WRONG_BEACON)));
    }
  }

  @Test
  void aStopTakesASnapshotAndAStartGoesOnFromIt() throws Exception {
    LedgerState before;
    try (SequencerNode node = network.start();
        LedgerLink link = TestNetwork.link(node)) {
      network.transferAll(link, 1, 300);
      before = node.state();
    }
    assertThat(
            Replay.run(DataDirectory.journal(directory), network.genesis(), FakeLedger.factory()))
        .isEqualTo(before);
    try (SequencerNode node = network.start();
        LedgerLink link = TestNetwork.link(node)) {
      assertThat(node.state()).isEqualTo(before);
      assertThat(TestNetwork.await(link.submit(network.transfer(7, 7))).seq()).isEqualTo(8);
      assertThat(TestNetwork.await(link.submit(network.transfer(999, 1))).seq()).isEqualTo(303);
      LedgerState after = node.state();
      assertThat(
              Replay.run(DataDirectory.journal(directory), network.genesis(), FakeLedger.factory()))
          .isEqualTo(after);
    }
  }

  @Test
  void anAbruptStopLosesNothingAndATornTailIsRefilled() throws Exception {
    SequencerNode node = network.start();
    LedgerState before;
    try (LedgerLink link = TestNetwork.link(node)) {
      network.transferAll(link, 1, 10);
      node.snapshot();
      network.transferAll(link, 11, 20);
      before = node.state();
    }
    node.abort();
    Path segment = DataDirectory.journal(directory).resolve("00000000000000000001.journal");
    byte[] whole = Files.readAllBytes(segment);
    try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      file.truncate(whole.length - 700);
    }
    try (SequencerNode again = network.start()) {
      assertThat(again.state()).isEqualTo(before);
      assertThat(Files.readAllBytes(segment)).isEqualTo(whole);
    }
  }

  @Test
  void aJournalThatContradictsTheLogHaltsTheStart() throws Exception {
    SequencerNode node = network.start();
    try (LedgerLink link = TestNetwork.link(node)) {
      TestNetwork.await(link.submit(network.transfer(1, 1)));
    }
    node.snapshot();
    node.abort();
    Path segment = DataDirectory.journal(directory).resolve("00000000000000000001.journal");
    try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 1);
    }
    assertThatThrownBy(network::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("synced to 2")
        .hasMessageContaining("offset");
  }

  @Test
  void dueDeadlinesAreTicked() throws Exception {
    try (SequencerNode node = network.startInTime();
        LedgerLink link = TestNetwork.link(node)) {
      TestNetwork.await(link.submit(network.job(1, 60_000)));
      TestNetwork.await(link.submit(network.job(2, 30)));
      TestNetwork.await(link.submit(network.job(3, 10)));
      TestNetwork.until(() ->
          network.events().contains(new Event.JobStateChanged(2, 1, 2, 0))
              && network.events().contains(new Event.JobStateChanged(3, 1, 2, 0)));
      assertThat(network.events()).doesNotContain(new Event.JobStateChanged(1, 1, 2, 0));
    }
  }

  @Test
  void theBeaconAnswersThroughTheEndOfItsChain() throws Exception {
    long slots = 2L * TestNetwork.BEACON_LINKS + 1;
    try (SequencerNode node = network.start();
        LedgerLink link = TestNetwork.link(node)) {
      for (long slot = 1; slot <= slots; slot++) {
        TestNetwork.await(link.submit(network.entry(slot, new Command.CloseJob(1))));
        long wanted = slot;
        TestNetwork.until(() ->
            network.events().stream()
                .anyMatch(e -> e instanceof Event.BeaconOpened b && b.slot() == wanted));
      }
    }
  }

  @Test
  void theTimeAwayIsRecordedAndLeftOut() throws Exception {
    // Time passes a millisecond whenever the cluster looks at it.
    AtomicLong clock = new AtomicLong(1_000_000);
    long awayMs = TimeUnit.DAYS.toMillis(1);
    long noticedMs = TimeUnit.HOURS.toMillis(1);
    SequencerConfig config = network.config().withClock(clock::incrementAndGet);
    try (SequencerNode node = SequencerNode.start(config, TestNetwork.PATIENCE_MS);
        LedgerLink link = TestNetwork.link(node)) {
      TestNetwork.await(link.submit(network.transfer(1, 1)));
    }
    clock.addAndGet(awayMs);
    try (SequencerNode node = SequencerNode.start(config, TestNetwork.PATIENCE_MS);
        LedgerLink link = TestNetwork.link(node)) {
      TestNetwork.await(link.submit(network.transfer(2, 1)));
    }
    List<TestNetwork.Line> journal = network.journal();
    assertThat(journal).hasSize(4);
    assertThat(journal.get(2).events())
        .singleElement()
        .isInstanceOfSatisfying(
            Event.OutageRecorded.class,
            e -> assertThat(e.durationMs()).isBetween(awayMs, awayMs + noticedMs));
    assertThat(journal.get(3).logTimeMs() - journal.get(1).logTimeMs()).isBetween(0L, noticedMs);
  }

  @Test
  void wrongCredentialsAreRejected() throws Exception {
    try (SequencerNode node = network.start();
        LedgerLink link =
            LedgerLink.open(
                LinkConfig.sharing(
                    node.driverDirectory(),
                    node.ingressEndpoints(),
                    new Credentials(SessionRole.SYSTEM, new byte[32])))) {
      assertThatThrownBy(() -> TestNetwork.await(link.submit(SystemEntries.tick())))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              LinkException.class,
              e -> assertThat(e.kind()).isEqualTo(LinkException.Kind.REJECTED));
    }
  }

  @Test
  void oneDirectoryHasOneNode() throws Exception {
    try (SequencerNode node = network.start()) {
      assertThatThrownBy(network::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use by process ");
      assertThat(node.state().seq()).isEqualTo(1);
    }
    network.start().close();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      TestNetwork clashing = TestNetwork.in(directory, new ClusterPorts(port, 1, 2, 3, 4));
      assertThatThrownBy(clashing::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("UDP port " + port);
    }
    network.start().close();
  }

  @Test
  void aDirectoryOfAnotherNetworkIsRefused() throws Exception {
    network.start().close();
    Genesis genesis = network.genesis();
    Genesis other =
        new Genesis(
            "other",
            0,
            genesis.salt(),
            1,
            genesis.treasury(),
            genesis.notary(),
            genesis.beaconHead(),
            genesis.parameters(),
            List.of());
    assertThatThrownBy(() ->
            SequencerNode.start(
                SequencerConfig.local(directory, other, FakeLedger.factory(), ClusterPorts.free()),
                TestNetwork.PATIENCE_MS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is of the network");
  }

  @Test
  void aBrokenInvariantHaltsTheNodeAndKeepsTheLog() throws Exception {
    SequencerNode node = network.start();
    try (LedgerLink link = TestNetwork.link(node)) {
      TestNetwork.await(link.submit(network.transfer(1, 1)));
      var answer = link.submit(network.entry(2, new Command.Bond(1, FakeLedger.UNLUCKY)));

      assertThat(node.halted().get(TestNetwork.PATIENCE_MS, TimeUnit.MILLISECONDS))
          .hasMessage("a broken invariant");
      assertThatThrownBy(node::state).isInstanceOf(IllegalStateException.class);
      assertThat(answer).isNotDone();
    }
    node.close();

    assertThat(network.journal()).hasSize(2);
    assertThatThrownBy(network::start).hasMessageContaining("a broken invariant");
  }
}
