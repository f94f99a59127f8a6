package ai.ubc.sequencer;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.StateMachine;
import ai.ubc.engine.Engine;
import ai.ubc.engine.EngineLimits;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;
import java.security.SecureRandom;

/** The engine as the sequencer drives it. */
public final class EngineLedger implements Ledger {
  private final Engine engine;

  private EngineLedger(Engine engine) {
    this.engine = engine;
  }

  /** Makes ledgers with the limits of the rules, their tables in an order that nobody can guess. */
  public static Factory factory() {
    long indexSeed = new SecureRandom().nextLong();
    return new Factory() {
      @Override
      public Ledger create(Genesis genesis, Hash32 genesisHash, EventSink events) {
        return new EngineLedger(
            new Engine(
                genesis,
                genesisHash,
                new KeccakHash(),
                events,
                EngineLimits.standard(),
                indexSeed));
      }

      @Override
      public Ledger restore(
          Genesis genesis, Hash32 genesisHash, EventSink events, SnapshotSource source) {
        return new EngineLedger(
            Engine.restore(
                genesis,
                genesisHash,
                new KeccakHash(),
                events,
                EngineLimits.standard(),
                indexSeed,
                source));
      }
    };
  }

  @Override
  public StateMachine machine() {
    return engine;
  }

  @Override
  public long nextDeadlineMs() {
    return engine.nextDeadlineMs();
  }

  @Override
  public boolean isBeaconWanted() {
    return engine.beaconWanted();
  }

  @Override
  public long beaconSlot() {
    return engine.beaconSlot();
  }

  @Override
  public void writeSnapshot(SnapshotSink sink) {
    engine.snapshotTo(sink);
  }
}
