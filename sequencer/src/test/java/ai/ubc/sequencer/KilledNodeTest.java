package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.session.Credentials;
import ai.ubc.codec.session.SessionRole;
import ai.ubc.domain.Event;
import ai.ubc.link.Ack;
import ai.ubc.link.LedgerLink;
import ai.ubc.link.LinkConfig;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledNodeTest {
  private static final int ENTRIES = 2_000;
  private static final int ACKNOWLEDGED_BEFORE = 300;

  @TempDir private Path directory;

  @Test
  void aKilledNodeLosesNothingAndEachEntryIsCarriedOutOnce() throws Exception {
    ClusterPorts ports = ClusterPorts.free();
    TestNetwork network = TestNetwork.in(directory, ports);
    Process child = KilledNode.launch(directory, ports);
    List<CompletableFuture<Ack>> answers = new ArrayList<>();
    try (BufferedReader output = child.inputReader()) {
      assertThat(output.readLine()).isEqualTo("ready 1");
      Credentials credentials =
          Credentials.read(DataDirectory.credentials(directory), SessionRole.GATEWAY);
      LinkConfig config =
          LinkConfig.standalone("0=localhost:" + ports.ingress(), "localhost", credentials)
              .withBounds(ENTRIES, TestNetwork.PATIENCE_MS);
      try (LedgerLink link = LedgerLink.open(config)) {
        for (int i = 0; i < ENTRIES; i++) {
          answers.add(link.submit(network.transfer(i, i + 1)));
        }
        for (int i = 0; i < ACKNOWLEDGED_BEFORE; i++) {
          TestNetwork.await(answers.get(i));
        }
        child.destroyForcibly().waitFor();
        long acknowledged = answers.stream().filter(CompletableFuture::isDone).count();
        try (SequencerNode node = network.startInTime()) {
          assertThat(node.state().seq()).isGreaterThan(acknowledged);
          for (CompletableFuture<Ack> answer : answers) {
            assertThat(TestNetwork.await(answer).code()).isZero();
          }
        }
      }
    } finally {
      child.destroyForcibly();
    }
    List<TestNetwork.Line> journal = network.journal();
    for (int i = 0; i < ENTRIES; i++) {
      TestNetwork.Line line = journal.get((int) answers.get(i).join().seq() - 1);
      assertThat(line.originalSeq()).isZero();
      assertThat(line.entry()).isEqualTo(HexFormat.of().formatHex(network.transfer(i, i + 1)));
    }
    assertThat(
            journal.stream()
                .filter(line -> line.events().stream().anyMatch(e -> e instanceof Event.Posted))
                .map(TestNetwork.Line::entry)
                .toList())
        .hasSize(ENTRIES)
        .doesNotHaveDuplicates();
    assertThat(
            Replay.run(DataDirectory.journal(directory), network.genesis(), FakeLedger.factory())
                .seq())
        .isEqualTo(journal.size());
  }
}
