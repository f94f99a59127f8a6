package ai.ubc.bench;

import ai.ubc.codec.audit.AccountBalance;
import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.StateMachine;
import ai.ubc.engine.Engine;
import ai.ubc.engine.EngineLimits;
import ai.ubc.testkit.scenario.Comparison;
import ai.ubc.testkit.scenario.Subject;
import ai.ubc.testkit.twin.NaiveCapacity;
import ai.ubc.testkit.twin.NaiveLedger;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * Carries out seeded random sequences of log entries on the engine and on its naive twin, which was
 * written from the specification alone. After every entry both must have answered and emitted the
 * same, and no money may have come or gone; now and then the engine is restored from its snapshot.
 * The first difference ends it, with the seed and the shortest sequence found that shows it.
 * Arguments: how many sequences (10,000), the first seed (1), entries of each (400).
 */
public final class Sequences {
  private static final int SEQUENCES = 10_000;
  private static final int LENGTH = 400;
  private static final int REPORT_EVERY = 250;

  /** Every so manieth ledger has little room, so that its limits are met. */
  private static final int TIGHT_EVERY = 4;

  private final SequenceTally tally = new SequenceTally();
  private long restarts;

  private Sequences() {}

  /** Runs the sequences; the exit code is 1 after a difference. */
  public static void main(String[] args) {
    long[] numbers = Arrays.stream(args).mapToLong(Long::parseLong).toArray();
    int count = numbers.length > 0 ? Math.toIntExact(numbers[0]) : SEQUENCES;
    long firstSeed = numbers.length > 1 ? numbers[1] : 1;
    int length = numbers.length > 2 ? Math.toIntExact(numbers[2]) : LENGTH;
    System.exit(run(count, firstSeed, length, System.out) ? 0 : 1);
  }

  /** Runs sequences and prints what came of them; false after a difference. */
  static boolean run(int count, long firstSeed, int length, PrintStream out) {
    long startNs = System.nanoTime();
    Sequences sequences = new Sequences();
    for (int i = 0; i < count; i++) {
      try {
        sequences.one(firstSeed + i, length);
      } catch (AssertionError difference) {
        out.println(difference.getMessage());
        return false;
      }
      if ((i + 1) % REPORT_EVERY == 0 && i + 1 < count) {
        out.printf("%d of %d sequences, %d s%n", i + 1, count, seconds(startNs));
      }
    }
    out.printf(
        "%d sequences from seed %d, %d entries, %d restarts from a snapshot: the same answers and"
            + " events as the twin, and money conserved, after every entry. %d s%n%n",
        count, firstSeed, sequences.tally.entries(), sequences.restarts, seconds(startNs));
    sequences.tally.print(out);
    return true;
  }

  private static long seconds(long startNs) {
    return Duration.ofNanos(System.nanoTime() - startNs).toSeconds();
  }

  private void one(long seed, int length) {
    boolean isTight = seed % TIGHT_EVERY == 0;
    Comparison comparison =
        new Comparison(
            new EngineSubject(isTight),
            (genesis, hash, sink) ->
                new NaiveLedger(
                    genesis, hash, new KeccakHash(), sink, capacity(limits(isTight, genesis))),
            KeccakHash::new);
    Comparison.Outcome outcome = comparison.run(seed, length);
    Engine engine = (Engine) outcome.subject();
    for (AccountBalance balance : outcome.report().balances()) {
      requireBalance(seed, engine, balance, HolderKind.FREE, balance.freeMicros());
      requireBalance(seed, engine, balance, HolderKind.BOND_PROVIDER, balance.providerBondMicros());
      requireBalance(
          seed, engine, balance, HolderKind.BOND_VALIDATOR, balance.validatorBondMicros());
    }
    tally.addTransitions(engine.transitions());
    tally.add(outcome);
  }

  private static void requireBalance(
      long seed, Engine engine, AccountBalance balance, HolderKind kind, long expectedMicros) {
    long micros = engine.balanceMicros(kind, balance.account(), balance.asset());
    if (micros != expectedMicros) {
      throw new AssertionError(
          "seed %d, at the end: %s of account %d, asset %d is %d, but its postings come to %d"
              .formatted(seed, kind, balance.account(), balance.asset(), micros, expectedMicros));
    }
  }

  private static EngineLimits limits(boolean isTight, Genesis genesis) {
    int accounts = genesis.allocations().size();
    return isTight
        ? new EngineLimits(accounts + 3, 30, 7, 100, 9)
        : new EngineLimits(accounts + 100, 600, 700, 10_000, 300);
  }

  private static NaiveCapacity capacity(EngineLimits limits) {
    return new NaiveCapacity(
        limits.accounts(),
        limits.openOffers(),
        limits.openJobs(),
        limits.rememberedCommands(),
        limits.mandates());
  }

  /** The engine, restored from its own snapshot when it restarts. */
  private final class EngineSubject implements Subject {
    private final boolean isTight;

    EngineSubject(boolean isTight) {
      this.isTight = isTight;
    }

    @Override
    public StateMachine create(Genesis genesis, Hash32 genesisHash, EventSink sink) {
      return new Engine(genesis, genesisHash, new KeccakHash(), sink, limits(isTight, genesis));
    }

    @Override
    public StateMachine restart(
        StateMachine ledger, Genesis genesis, Hash32 genesisHash, EventSink sink) {
      Engine engine = (Engine) ledger;
      tally.addTransitions(engine.transitions());
      restarts++;
      byte[] snapshot = SnapshotBytes.of(engine);
      // Another order of the lookup tables must not show.
      long indexSeed = ~genesisHash.word0();
      Engine restored =
          Engine.restore(
              genesis,
              genesisHash,
              new KeccakHash(),
              sink,
              limits(isTight, genesis),
              indexSeed,
              SnapshotBytes.source(snapshot));
      if (!Arrays.equals(SnapshotBytes.of(restored), snapshot)) {
        throw new AssertionError(
            "network " + genesisHash + ": a restored engine has another snapshot than its own");
      }
      return restored;
    }
  }
}
