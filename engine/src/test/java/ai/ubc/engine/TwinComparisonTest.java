package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.audit.AccountBalance;
import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.StateMachine;
import ai.ubc.testkit.scenario.Comparison;
import ai.ubc.testkit.scenario.Subject;
import ai.ubc.testkit.twin.NaiveCapacity;
import ai.ubc.testkit.twin.NaiveLedger;
import org.junit.jupiter.api.Test;

/**
 * The engine and its naive twin answer and emit the same over seeded scenarios, with the engine
 * restored from its snapshot now and then, and the engine's money is conserved after every entry.
 * More than the default: {@code -Dubc.twin.sequences=5000 -Dubc.twin.length=400 -Dubc.twin.seed=1}.
 */
final class TwinComparisonTest {
  private static final int SEQUENCES = Integer.getInteger("ubc.twin.sequences", 300);
  private static final int LENGTH = Integer.getInteger("ubc.twin.length", 400);
  private static final long FIRST_SEED = Long.getLong("ubc.twin.seed", 1);

  /** The engine with limits that scenarios reach. */
  private record EngineSubject(EngineLimits limits) implements Subject {
    @Override
    public StateMachine create(Genesis genesis, Hash32 genesisHash, EventSink sink) {
      return new Engine(genesis, genesisHash, new KeccakHash(), sink, limits);
    }

    @Override
    public StateMachine restart(
        StateMachine ledger, Genesis genesis, Hash32 genesisHash, EventSink sink) {
      byte[] snapshot = Snapshots.of((Engine) ledger);
      Engine restored =
          Engine.restore(
              genesis, genesisHash, new KeccakHash(), sink, limits, Snapshots.source(snapshot));
      assertThat(Snapshots.of(restored)).isEqualTo(snapshot);
      return restored;
    }
  }

  private static Comparison comparison(EngineLimits limits) {
    NaiveCapacity capacity =
        new NaiveCapacity(
            limits.accounts(), limits.openOffers(), limits.openJobs(), limits.rememberedCommands());
    return new Comparison(
        new EngineSubject(limits),
        (genesis, hash, sink) -> new NaiveLedger(genesis, hash, new KeccakHash(), sink, capacity),
        KeccakHash::new);
  }

  private static void assertBalancesAgree(Comparison.Outcome outcome) {
    Engine engine = (Engine) outcome.subject();
    for (AccountBalance balance : outcome.report().balances()) {
      assertThat(engine.balanceMicros(HolderKind.FREE, balance.account(), balance.asset()))
          .isEqualTo(balance.freeMicros());
      assertThat(engine.balanceMicros(HolderKind.BOND_PROVIDER, balance.account(), balance.asset()))
          .isEqualTo(balance.providerBondMicros());
      assertThat(
              engine.balanceMicros(HolderKind.BOND_VALIDATOR, balance.account(), balance.asset()))
          .isEqualTo(balance.validatorBondMicros());
    }
  }

  @Test
  void engineAndTwinAgreeOnEveryEntryOfEveryScenario() {
    Comparison roomy = comparison(new EngineLimits(64, 500, 100, 10_000));
    Comparison tight = comparison(new EngineLimits(18, 30, 6, 100));
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEQUENCES; seed++) {
      Comparison.Outcome outcome = (seed % 4 == 0 ? tight : roomy).run(seed, LENGTH);
      assertThat(outcome.report().isClean()).isTrue();
      assertBalancesAgree(outcome);
    }
  }
}
