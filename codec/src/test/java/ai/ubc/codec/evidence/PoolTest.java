package ai.ubc.codec.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.evidence.Pool.Eligible;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Who could be drawn, and whom a seed draws. */
final class PoolTest {
  private static final Hash32 GENESIS = new Hash32(1, 2, 3, 4);
  private static final Hash32 SEED = new Hash32(5, 6, 7, 8);
  private static final GenesisParameters PARAMETERS = GenesisParameters.development();
  private static final int REQUESTER = 2;
  private static final int PROVIDER = 3;
  private static final long JOB = 9;

  private final PoolTrail trail = new PoolTrail(PARAMETERS, GENESIS);

  @Test
  void aListIsTheSameWhenWrittenAsItIsHashedAndReadAgain() {
    Pool pool = new Pool(1, List.of(new Eligible(4, 1L << 40), new Eligible(0x01020304, 7)));
    assertThat(pool.bytes())
        .containsExactly(0, 0, 0, 4, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 7);
    assertThat(Pool.of(1, pool.bytes())).isEqualTo(pool);
    assertThatThrownBy(() -> Pool.of(1, new byte[13])).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theHashIsOfNetworkJobRoundAndEveryBond() {
    List<Eligible> eligible = List.of(new Eligible(4, 100), new Eligible(5, 200));
    Hash32 hash = new Pool(0, eligible).hash(GENESIS, JOB);
    assertThat(new Pool(1, eligible).hash(GENESIS, JOB)).isNotEqualTo(hash);
    assertThat(new Pool(0, eligible).hash(SEED, JOB)).isNotEqualTo(hash);
    assertThat(new Pool(0, eligible).hash(GENESIS, JOB + 1)).isNotEqualTo(hash);
    assertThat(new Pool(0, eligible.reversed()).hash(GENESIS, JOB)).isNotEqualTo(hash);
    assertThat(new Pool(0, eligible.subList(0, 1)).hash(GENESIS, JOB)).isNotEqualTo(hash);
    assertThat(new Pool(0, eligible).hash(GENESIS, JOB)).isEqualTo(hash);
  }

  @Test
  void nobodyIsDrawnTwiceAndTheLastOneLeftIsDrawnAtLast() {
    List<Eligible> eligible = new ArrayList<>();
    for (int account = 4; account < 20; account++) {
      eligible.add(new Eligible(account, account * 1_000L));
    }
    Pool pool = new Pool(0, eligible);
    assertThat(pool.drawn(SEED, 16)).containsExactlyInAnyOrderElementsOf(eligible);
    assertThat(pool.drawn(SEED, 3)).isEqualTo(pool.drawn(SEED, 16).subList(0, 3));
    assertThat(pool.drawn(SEED, 0)).isEmpty();
    assertThatThrownBy(() -> pool.drawn(SEED, 17)).isInstanceOf(IllegalArgumentException.class);
    Pool heavy = new Pool(0, List.of(new Eligible(1, Long.MAX_VALUE), new Eligible(2, 1)));
    assertThatThrownBy(() -> heavy.drawn(SEED, 1)).isInstanceOf(ArithmeticException.class);
  }

  // With 20,000 seeds the deviation of each share is about 0.003; eight times that is never seen.
  @Test
  void theFirstIsDrawnAsOftenAsItsBondSays() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    Pool pool = new Pool(0, List.of(new Eligible(1, 10), new Eligible(2, 30), new Eligible(3, 60)));
    int[] drawn = new int[4];
    for (int i = 0; i < 20_000; i++) {
      Hash32 seed = new Hash32(random.nextLong(), random.nextLong(), 0, i);
      drawn[pool.drawn(seed, 1).getFirst().account()]++;
    }
    assertThat(drawn[1] / 20_000.0).isBetween(0.08, 0.12);
    assertThat(drawn[2] / 20_000.0).isBetween(0.28, 0.32);
    assertThat(drawn[3] / 20_000.0).isBetween(0.58, 0.62);
  }

  private void bond(int account, long amountMicros) {
    post(HolderKind.FREE, HolderKind.BOND_VALIDATOR, account, amountMicros, Cause.BOND);
  }

  private void post(HolderKind from, HolderKind to, long account, long amount, Cause cause) {
    Event posted =
        new Event.Posted(
            Asset.COMPUTE, amount, from.code(), account, to.code(), account, cause.code(), 0);
    assertThat(trail.follow(posted)).isEmpty();
  }

  private static Event submitted(Tier tier) {
    return new Event.JobSubmitted(
        JOB,
        1,
        REQUESTER,
        PROVIDER,
        GENESIS,
        GENESIS,
        GENESIS,
        1,
        tier.code(),
        3,
        0,
        1,
        1,
        PARAMETERS.bondMinMicros() * 1_000,
        0,
        0,
        0,
        0);
  }

  private static Event.DrawMade made(int round, Eligible... eligible) {
    Pool pool = new Pool(round, List.of(eligible));
    return new Event.DrawMade(JOB, round, 1, SEED, pool.hash(GENESIS, JOB));
  }

  @Test
  void whoCouldBeDrawnFollowsFromAllEventsBefore() {
    long duty = PARAMETERS.bondMinMicros() * 100;
    for (int account = REQUESTER; account < 10; account++) {
      bond(account, duty);
    }
    bond(4, 5);
    post(HolderKind.BOND_VALIDATOR, HolderKind.FREE, 5, 1, Cause.UNBOND);
    post(HolderKind.FREE, HolderKind.FREE, 6, 7, Cause.TRANSFER);
    trail.follow(submitted(Tier.QUORUM));
    Eligible heaviest = new Eligible(4, duty + 5);
    Eligible[] first = {
      heaviest,
      new Eligible(6, duty),
      new Eligible(7, duty),
      new Eligible(8, duty),
      new Eligible(9, duty)
    };
    assertThat(trail.follow(made(0, first))).contains(new Pool(0, List.of(first)));
    for (int drawn = 7; drawn < 10; drawn++) {
      trail.follow(new Event.ValidatorDrawn(JOB, 0, drawn, duty));
      post(HolderKind.BOND_VALIDATOR, HolderKind.LOCK, drawn, duty, Cause.ESCROW);
    }
    bond(7, duty);
    assertThat(trail.follow(made(1, heaviest, new Eligible(6, duty)))).isPresent();
    assertThat(trail.parties(JOB))
        .isEqualTo(Optional.of(new PoolTrail.Parties(REQUESTER, PROVIDER, duty)));
    PoolTrail later = new PoolTrail(PARAMETERS, GENESIS);
    later.restoreBond(PROVIDER, duty);
    later.restoreBond(4, duty + 5);
    later.restoreBond(5, duty - 1);
    later.restoreBond(6, duty);
    later.restoreBond(7, duty);
    later.restoreBond(8, 0);
    later.restoreJob(JOB, trail.parties(JOB).orElseThrow());
    for (int drawn = 7; drawn < 10; drawn++) {
      later.restoreDrawn(JOB, drawn);
    }
    Event.DrawMade last = made(2, heaviest, new Eligible(6, duty));
    assertThat(later.follow(last)).isPresent().isEqualTo(trail.follow(last));
  }

  @Test
  void aHashOfOthersIsABugOfOurs() {
    bond(4, Long.MAX_VALUE);
    trail.follow(submitted(Tier.QUORUM));
    assertThatThrownBy(() -> trail.follow(made(0, new Eligible(4, 1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("job 9, round 0");
  }

  @Test
  void nobodyIsDrawnForAJobThatNobodyChecksOrThatIsClosed() {
    trail.follow(submitted(Tier.NONE));
    assertThat(trail.parties(JOB)).isEmpty();
    assertThatThrownBy(() -> trail.follow(made(0))).isInstanceOf(IllegalStateException.class);
    trail.follow(submitted(Tier.QUORUM));
    assertThat(trail.follow(made(0))).isPresent();
    trail.follow(new Event.JobClosed(JOB, JobEnding.UNCHECKED.code()));
    assertThatThrownBy(() -> trail.follow(new Event.ValidatorDrawn(JOB, 0, 4, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("job 9, which is not open");
  }
}
