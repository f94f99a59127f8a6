package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Hash32;
import ai.ubc.testkit.RecordedEvents;
import ai.ubc.testkit.scenario.Scenario;
import ai.ubc.testkit.scenario.Step;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final EngineLimits LIMITS = new EngineLimits(64, 500, 100, 10_000, 200);
  private static final int SCENARIOS = 20;
  private static final int STEPS = 500;

  private static Engine restored(Scenario scenario, byte[] snapshot, EventSink sink) {
    return Engine.restore(
        scenario.genesis(),
        scenario.genesisHash(),
        new KeccakHash(),
        sink,
        LIMITS,
        Snapshots.source(snapshot));
  }

  @Test
  void aRestoredEngineContinuesAsIfItHadNeverStopped() {
    for (long seed = 1; seed <= SCENARIOS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Scenario scenario = new Scenario(seed, new KeccakHash());
      RecordedEvents unbroken = new RecordedEvents();
      RecordedEvents broken = new RecordedEvents();
      Engine first =
          new Engine(
              scenario.genesis(),
              scenario.genesisHash(),
              new KeccakHash(),
              unbroken.sink(),
              LIMITS);
      Engine second = restored(scenario, Snapshots.of(first), broken.sink());
      for (int seq = 1; seq <= STEPS; seq++) {
        Step step = scenario.next();
        String where = "seed " + seed + ", entry " + seq + ": " + step;
        assertThat(step.applyTo(second, seq)).as(where).isEqualTo(step.applyTo(first, seq));
        var events = unbroken.take();
        assertThat(broken.take()).as(where).isEqualTo(events);
        assertThat(second.nextDeadlineMs()).as(where).isEqualTo(first.nextDeadlineMs());
        assertThat(second.beaconWanted()).as(where).isEqualTo(first.beaconWanted());
        scenario.observe(events);
        if (random.nextInt(20) == 0) {
          // Slots and tables of the two differ from here on; their snapshots must not.
          byte[] snapshot = Snapshots.of(second);
          assertThat(Snapshots.of(first)).as(where).isEqualTo(snapshot);
          second = restored(scenario, snapshot, broken.sink());
          assertThat(Snapshots.of(second)).as(where).isEqualTo(snapshot);
        }
      }
    }
  }

  @Test
  void aSnapshotKeepsTheBeaconAndThePosition() {
    Rig rig = Rig.active();
    assertThat(rig.beacon()).isZero();
    Engine restored =
        Engine.restore(
            rig.genesis,
            rig.genesisHash,
            new KeccakHash(),
            new EventRecords(event -> {}),
            Rig.LIMITS,
            Snapshots.source(Snapshots.of(rig.engine)));
    assertThat(restored.lastSeq()).isEqualTo(rig.seq);
    assertThat(restored.beaconSlot()).isOne();
    assertThat(restored.beaconHead()).isEqualTo(rig.preimage(1));
    assertThat(restored.isActive()).isTrue();
  }

  @Test
  void aSnapshotOfSomethingElseIsRefused() {
    Rig rig = Rig.active();
    byte[] snapshot = Snapshots.of(rig.engine);
    byte[] noSnapshot = Arrays.copyOf(snapshot, snapshot.length);
    noSnapshot[0]++;
    byte[] otherVersion = Arrays.copyOf(snapshot, snapshot.length);
    otherVersion[11]++;
    refused(rig, rig.genesisHash, noSnapshot, "no snapshot");
    refused(rig, rig.genesisHash, otherVersion, "version 5");
    refused(rig, Hash32.ZERO, snapshot, "network");
  }

  private static void refused(Rig rig, Hash32 genesisHash, byte[] snapshot, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Engine.restore(
                rig.genesis,
                genesisHash,
                new KeccakHash(),
                new EventRecords(event -> {}),
                Rig.LIMITS,
                Snapshots.source(snapshot)))
        .withMessageContaining(why);
  }
}
