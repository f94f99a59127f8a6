package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.audit.AccountBalance;
import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.Command;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.StateMachine;
import ai.ubc.testkit.scenario.Comparison;
import ai.ubc.testkit.scenario.FieldLimits;
import ai.ubc.testkit.scenario.Step;
import ai.ubc.testkit.scenario.Subject;
import ai.ubc.testkit.twin.NaiveCapacity;
import ai.ubc.testkit.twin.NaiveLedger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The engine and its naive twin answer and emit the same over seeded scenarios, with the engine
 * restored from its snapshot now and then, and the engine's money is conserved after every entry.
 * More than the default: {@code -Dubc.twin.sequences=5000 -Dubc.twin.length=400 -Dubc.twin.seed=1}.
 */
final class TwinComparisonTest {
  private static final int SEQUENCES = Integer.getInteger("ubc.twin.sequences", 300);
  private static final int LENGTH = Integer.getInteger("ubc.twin.length", 400);
  private static final int CROWDS = 3;
  private static final long FIRST_SEED = Long.getLong("ubc.twin.seed", 1);

  /** How much the two ledgers of a network hold; tight limits are reached within a scenario. */
  private enum Room {
    VAST,
    AMPLE,
    TIGHT;

    EngineLimits limits(Genesis genesis) {
      int accounts = genesis.allocations().size();
      return switch (this) {
        case VAST -> new EngineLimits(20_000, 2_000, 2_000, 100_000, 2_000);
        case AMPLE -> new EngineLimits(accounts + 100, 600, 700, 10_000, 300);
        case TIGHT -> new EngineLimits(accounts + 3, 30, 7, 100, 9);
      };
    }

    NaiveCapacity capacity(Genesis genesis) {
      EngineLimits limits = limits(genesis);
      return new NaiveCapacity(
          limits.accounts(),
          limits.openOffers(),
          limits.openJobs(),
          limits.rememberedCommands(),
          limits.mandates());
    }
  }

  private record EngineSubject(Room room) implements Subject {
    @Override
    public StateMachine create(Genesis genesis, Hash32 genesisHash, EventSink sink) {
      return new Engine(genesis, genesisHash, new KeccakHash(), sink, room.limits(genesis));
    }

    @Override
    public StateMachine restart(
        StateMachine ledger, Genesis genesis, Hash32 genesisHash, EventSink sink) {
      byte[] snapshot = Snapshots.of((Engine) ledger);
      // Another order of the lookup tables must not show.
      long indexSeed = ~genesisHash.word0();
      Engine restored =
          Engine.restore(
              genesis,
              genesisHash,
              new KeccakHash(),
              sink,
              room.limits(genesis),
              indexSeed,
              Snapshots.source(snapshot));
      assertThat(Snapshots.of(restored)).isEqualTo(snapshot);
      return restored;
    }
  }

  private static Comparison comparison(Room room) {
    return new Comparison(
        new EngineSubject(room),
        (genesis, hash, sink) ->
            new NaiveLedger(genesis, hash, new KeccakHash(), sink, room.capacity(genesis)),
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
    Comparison ample = comparison(Room.AMPLE);
    Comparison tight = comparison(Room.TIGHT);
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEQUENCES; seed++) {
      Comparison.Outcome outcome = (seed % 4 == 0 ? tight : ample).run(seed, LENGTH);
      assertThat(outcome.report().isClean()).isTrue();
      assertBalancesAgree(outcome);
    }
  }

  @Test
  void everyFieldAtAndPastItsLimitsIsAnsweredByTheRulesAndWhatIsRightIsCarriedOut() {
    FieldLimits source = new FieldLimits(FIRST_SEED, new KeccakHash());
    Comparison.Outcome outcome = comparison(Room.VAST).run(source, Integer.MAX_VALUE);
    Map<Class<?>, Set<Integer>> codes = new HashMap<>();
    for (int i = 0; i < outcome.steps().size(); i++) {
      int code = outcome.answers().get(i).code();
      if (outcome.steps().get(i).call() instanceof Step.Signed signed) {
        codes.computeIfAbsent(signed.command().getClass(), c -> new TreeSet<>()).add(code);
        if (source.rightGiven().contains(signed.head().nonce())) {
          assertThat(code).as(signed.toString()).isEqualTo(Refusal.DONE);
        }
      }
    }
    assertThat(codes.keySet()).containsExactlyInAnyOrder(Command.class.getPermittedSubclasses());
    assertThat(codes.get(Command.SubmitJob.class))
        .contains(20, 23, 24, 25, 26, 27, 28, 29, 30, 31, 36, 50, 51, 52);
  }

  @Test
  void theyAgreeAboutCrowdsThatNoSingleEntryCanServe() {
    Comparison ample = comparison(Room.AMPLE);
    for (long seed = 1; seed <= CROWDS; seed++) {
      assertThat(ample.runCrowd(seed).report().isClean()).isTrue();
    }
  }
}
