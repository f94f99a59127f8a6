package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.codec.journal.JournalWriter;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
  private static final byte[] NO_EVENTS = {};

  @TempDir private Path directory;

  private TestNetwork network;
  private Hash32 genesisHash;

  @BeforeEach
  void makeNetwork() throws IOException {
    network = TestNetwork.in(directory);
    genesisHash = GenesisFile.hash(network.genesis());
  }

  private LedgerState replay() {
    return Replay.run(DataDirectory.journal(directory), network.genesis(), FakeLedger.factory());
  }

  /** A journal with one record: a transfer of 0, which is refused with code 20. */
  private void journal(int code, long originalSeq, byte[] events, long... times) {
    journal(network.transfer(1, 0), code, originalSeq, events, times);
  }

  private void journal(byte[] entry, int code, long originalSeq, byte[] events, long... times) {
    try (JournalWriter writer =
        JournalWriter.open(
            DataDirectory.journal(directory), genesisHash, JournalPosition.start(genesisHash))) {
      for (int i = 0; i < times.length; i++) {
        writer.append(
            i + 1,
            times[i],
            code,
            i == 0 ? originalSeq : 1,
            new UnsafeBuffer(entry),
            0,
            entry.length,
            new UnsafeBuffer(events),
            0,
            events.length);
      }
    }
  }

  @Test
  void aJournalThatIsRightIsReplayedToItsEnd() {
    journal(20, 0, NO_EVENTS, 5, 5, 6);
    LedgerState state = replay();
    assertThat(state.seq()).isEqualTo(3);
    assertThat(state.logTimeMs()).isEqualTo(6);
  }

  @Test
  void anEmptyJournalIsTheLedgersBeginning() {
    assertThat(replay().seq()).isZero();
  }

  @Test
  void anotherCodeIsFound() {
    journal(21, 0, NO_EVENTS, 5);
    assertDiverges("record 1: the journal has code 21, the replay 20");
  }

  @Test
  void anotherRepetitionIsFound() {
    journal(20, 7, NO_EVENTS, 5);
    assertDiverges("record 1: the journal says it repeats 7, the replay 0");
  }

  @Test
  void otherEventsAreFound() {
    journal(20, 0, new byte[] {1}, 5);
    assertDiverges("record 1: the replay has other events");
  }

  @Test
  void timeThatGoesBackIsFound() {
    journal(20, 0, NO_EVENTS, 5, 4);
    assertDiverges("record 2: log time goes back");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 19, 20, 21, 52, 53, 84})
  void anEntryThatItsSignerDidNotSignIsFound(int bytesBeforeTheEnd) {
    byte[] entry = network.transfer(1, 0);
    entry[entry.length - 1 - bytesBeforeTheEnd] ^= 1;
    journal(entry, 20, 0, NO_EVENTS, 5);
    assertDiverges("record 1: its signer did not sign it");
  }

  @Test
  void aReceiptThatTheNotarySignedIsRight() {
    int unknownJob = Refusal.UNKNOWN_JOB.number();
    journal(network.opening(1_000, 1_000), unknownJob, 0, NO_EVENTS, 5);
    assertThat(replay().seq()).isEqualTo(1);
  }

  @Test
  void aReceiptForSomethingElseIsFound() {
    journal(network.opening(1_000, 1_001), Refusal.UNKNOWN_JOB.number(), 0, NO_EVENTS, 5);
    assertDiverges("record 1: the notary did not sign the receipt in it");
  }

  private void assertDiverges(String message) {
    assertThatThrownBy(this::replay)
        .isInstanceOf(Replay.DivergedException.class)
        .hasMessage(message);
  }
}
