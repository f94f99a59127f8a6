package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.generated.EventDecoder;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.link.Ack;
import ai.ubc.link.LedgerLink;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sequencer with the engine that it is made for. */
class EngineNodeTest {
  private static final KeyPair KEY = KeyPair.of(new Hash32(0, 0, 0, 77).bytes());
  private static final int ACCOUNT = 2;

  @TempDir private Path directory;

  private Genesis genesis() throws IOException {
    BeaconChain chain =
        BeaconChain.openOrCreate(
            DataDirectory.beacon(directory), 8, new SecureRandom(new byte[] {1}));
    return new Genesis(
        "engine",
        0,
        new Hash32(1, 1, 1, 1),
        1,
        new Address(1, 1, 1),
        new Address(2, 2, 2),
        chain.head(),
        GenesisParameters.development(),
        List.of(new Genesis.Allocation(KEY.address(), Asset.COMPUTE, 1_000_000)));
  }

  private SequencerConfig config(Genesis genesis) throws IOException {
    return SequencerConfig.local(directory, genesis, EngineLedger.factory(), ClusterPorts.free())
        .withBeaconLinks(8);
  }

  private static byte[] transfer(Genesis genesis, long nonce, long notAfterMs, long amount) {
    Eip712 domain = new Eip712(0, GenesisFile.hash(genesis));
    byte[] sent =
        LogEntry.sign(
            domain,
            KEY,
            new Command.Head(ACCOUNT, nonce, notAfterMs),
            new Command.Transfer(1, Asset.COMPUTE, amount));
    return LogEntry.admit(domain, sent).orElseThrow();
  }

  private static Ack submit(LedgerLink link, byte[] entry) throws Exception {
    return TestNetwork.await(link.submit(entry));
  }

  /** Whoever lost an answer asks again; it does not matter what died in between, nor how often. */
  @Test
  void aRetryGetsTheFirstAnswerAcrossStopsAndKillsUntilItExpires() throws Exception {
    Genesis genesis = genesis();
    AtomicLong clock = new AtomicLong(1_000_000);
    SequencerConfig config = config(genesis).withClock(clock::incrementAndGet);
    long windowMs = 60_000;
    byte[] done;
    byte[] refused;
    byte[] other;
    SequencerNode first = SequencerNode.start(config, TestNetwork.PATIENCE_MS);
    try (LedgerLink link = TestNetwork.link(first)) {
      long notAfterMs = first.state().logTimeMs() + windowMs;
      done = transfer(genesis, 1, notAfterMs, 400);
      refused = transfer(genesis, 2, notAfterMs, 0);
      other = transfer(genesis, 1, notAfterMs, 500);
      assertThat(submit(link, done)).isEqualTo(new Ack(2, Refusal.DONE));
      assertThat(submit(link, refused)).isEqualTo(new Ack(3, Refusal.INVALID_AMOUNT.number()));
    }
    first.abort();
    for (int run = 0; run < 2; run++) {
      // The first of these goes on from the log, the second from a snapshot. The days between are
      // no time of the ledger's.
      clock.addAndGet(TimeUnit.DAYS.toMillis(1));
      try (SequencerNode node = SequencerNode.start(config, TestNetwork.PATIENCE_MS);
          LedgerLink link = TestNetwork.link(node)) {
        assertThat(submit(link, done)).isEqualTo(new Ack(2, Refusal.DONE));
        assertThat(submit(link, refused)).isEqualTo(new Ack(3, Refusal.INVALID_AMOUNT.number()));
        assertThat(submit(link, other).code()).isEqualTo(Refusal.NONCE_REUSED.number());
      }
    }
    try (SequencerNode node = SequencerNode.start(config, TestNetwork.PATIENCE_MS);
        LedgerLink link = TestNetwork.link(node)) {
      clock.addAndGet(2 * windowMs);
      assertThat(submit(link, done).code()).isEqualTo(Refusal.EXPIRED.number());
    }
    List<Long> moved = new ArrayList<>();
    LedgerState state =
        Replay.run(
                DataDirectory.journal(directory),
                genesis,
                EngineLedger.factory(),
                (seq, time, code, original, buffer, entryAt, entryBytes, eventsAt, eventsBytes) ->
                    EventDecoder.dispatch(
                        buffer,
                        eventsAt,
                        eventsBytes,
                        new EventRecords(event -> {
                          if (event instanceof Event.Posted posted && seq > 1) {
                            moved.add(posted.amountMicros());
                          }
                        })))
            .state();
    assertThat(moved).containsExactly(400L);
    assertThat(state.seq()).isGreaterThan(10);
  }

  @Test
  void theEngineGoesOnFromASnapshotAndAReplayGivesTheSameState() throws Exception {
    Genesis genesis = genesis();
    SequencerConfig config = TestNetwork.slowly(config(genesis));
    LedgerState before;
    byte[] entry;
    try (SequencerNode node = SequencerNode.start(config, TestNetwork.PATIENCE_MS);
        LedgerLink link = TestNetwork.link(node)) {
      long notAfterMs = node.state().logTimeMs() + 60_000;
      entry = transfer(genesis, 1, notAfterMs, 400);
      assertThat(TestNetwork.await(link.submit(entry))).isEqualTo(new Ack(2, Refusal.DONE));
      before = node.state();
    }
    try (SequencerNode node = SequencerNode.start(config, TestNetwork.PATIENCE_MS);
        LedgerLink link = TestNetwork.link(node)) {
      assertThat(node.state()).isEqualTo(before);
      assertThat(TestNetwork.await(link.submit(entry))).isEqualTo(new Ack(2, Refusal.DONE));
      LedgerState after = node.state();
      assertThat(after.seq()).isEqualTo(3);
      assertThat(Replay.run(DataDirectory.journal(directory), genesis, EngineLedger.factory()))
          .isEqualTo(after);
    }
  }
}
