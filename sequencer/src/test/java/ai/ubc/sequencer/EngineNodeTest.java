package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.link.Ack;
import ai.ubc.link.LedgerLink;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sequencer with the engine that it is made for. */
class EngineNodeTest {
  @TempDir private Path directory;

  @Test
  void theEngineGoesOnFromASnapshotAndAReplayGivesTheSameState() throws Exception {
    KeyPair key = KeyPair.of(new Hash32(0, 0, 0, 77).bytes());
    BeaconChain chain =
        BeaconChain.openOrCreate(
            DataDirectory.beacon(directory), 8, new SecureRandom(new byte[] {1}));
    Genesis genesis =
        new Genesis(
            "engine",
            0,
            new Hash32(1, 1, 1, 1),
            1,
            new Address(1, 1, 1),
            chain.head(),
            GenesisParameters.development(),
            List.of(new Genesis.Allocation(key.address(), Asset.COMPUTE, 1_000_000)));
    SequencerConfig config =
        TestNetwork.slowly(
            SequencerConfig.local(directory, genesis, EngineLedger.factory(), ClusterPorts.free())
                .withBeaconLinks(8));
    Eip712 domain = new Eip712(0, GenesisFile.hash(genesis));
    LedgerState before;
    byte[] entry;
    try (SequencerNode node = SequencerNode.start(config, TestNetwork.PATIENCE_MS);
        LedgerLink link = TestNetwork.link(node)) {
      long notAfterMs = node.state().logTimeMs() + 60_000;
      entry =
          LogEntry.admit(
                  domain,
                  LogEntry.sign(
                      domain,
                      key,
                      new Command.Head(2, 1, notAfterMs),
                      new Command.Transfer(1, Asset.COMPUTE, 400)))
              .orElseThrow();
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
