package ai.ubc.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;
import ai.ubc.testkit.RecordedEvents;
import ai.ubc.testkit.twin.NaiveCapacity;
import ai.ubc.testkit.twin.NaiveLedger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs whose every amount was computed by hand, with the numbers of production. */
final class HandCountedJobTest {
  private static final int REQUESTER = 2;
  private static final int PROVIDER = 3;
  private static final List<Integer> VALIDATORS = List.of(4, 5, 6);
  private static final Hash32 G = new Hash32(9, 9, 9, 9);
  private static final Hash32 SECRET = new Hash32(1, 2, 3, 4);
  private static final Hash32 PREIMAGE = new Hash32(5, 6, 7, 8);
  private static final Hash32 ROOT = new Hash32(11, 0, 0, 0);
  private static final Hash32 SALT = new Hash32(12, 0, 0, 0);
  private static final long MILLION = 1_000_000;
  private static final long HELD_UNTIL = Long.MAX_VALUE;

  private final Hashes hashes = new Hashes(new KeccakHash(), G);
  private final RecordedEvents recorded = new RecordedEvents();
  private final List<Event> events = new ArrayList<>();
  private final NaiveLedger ledger;
  private long seq;
  private long now = 1_000;

  HandCountedJobTest() {
    List<Genesis.Allocation> allocations = new ArrayList<>();
    for (int account = REQUESTER; account <= 6; account++) {
      allocations.add(new Genesis.Allocation(owner(account), Asset.COMPUTE, 100 * MILLION));
    }
    Genesis genesis =
        new Genesis(
            "hand",
            0,
            G,
            1,
            owner(Genesis.TREASURY_ACCOUNT),
            owner(Genesis.TREASURY_ACCOUNT),
            hashes.of(PREIMAGE),
            GenesisParameters.production(),
            allocations);
    ledger =
        new NaiveLedger(genesis, G, new KeccakHash(), recorded.sink(), NaiveCapacity.production());
    network(new Step.ActivateRules(Genesis.RULES_VERSION));
    give(PROVIDER, new Command.Bond(Role.PROVIDER.code(), 10 * MILLION));
    VALIDATORS.forEach(v -> give(v, new Command.Bond(Role.VALIDATOR.code(), 10 * v * MILLION)));
    give(PROVIDER, new Command.PlaceOffer(Genesis.CLASS_WASI, MILLION, 5 * MILLION));
  }

  private static Address owner(int account) {
    return new Address(0, 0, account);
  }

  private void network(Step.Call call) {
    assertThat(new Step(now, call).applyTo(ledger, ++seq).code()).isEqualTo(Refusal.DONE);
    events.addAll(recorded.take());
  }

  private void give(int account, Command command) {
    now++;
    Command.Head head = new Command.Head(account, seq, now);
    network(new Step.Signed(owner(account), head, hashes.of(head + " " + command), command));
  }

  private void submit(Tier tier, int validators) {
    submit(tier, validators, MILLION, 0);
  }

  private void submit(Tier tier, int validators, long limitPrice, long waitMs) {
    give(
        REQUESTER,
        new Command.SubmitJob(
            ROOT,
            ROOT,
            hashes.of(SECRET),
            Genesis.CLASS_WASI,
            1,
            tier.code(),
            validators,
            0,
            MILLION,
            limitPrice,
            10 * MILLION,
            60_000,
            waitMs));
  }

  private void commit(long units) {
    Hash32 salted = hashes.saltedResult(1, ROOT, units, SALT);
    give(PROVIDER, new Command.CommitResult(1, salted, ROOT));
  }

  private void sealAll(Hash32 root, long units) {
    give(REQUESTER, new Command.RevealSecret(1, SECRET));
    network(new Step.Beacon(1, PREIMAGE, Hash32.ZERO));
    for (int v : VALIDATORS) {
      Hash32 seal = hashes.seal(1, 0, v, Verdict.DIGEST.code(), root, units, SALT);
      give(v, new Command.SealVerdict(1, 0, seal));
    }
  }

  private void openAll(Hash32 root, long units) {
    for (int v : VALIDATORS) {
      give(v, new Command.OpenVerdict(1, 0, Verdict.DIGEST.code(), root, units, SALT));
    }
  }

  /** What was posted for the job out of its locks, by cause and receiver. */
  private long paid(Cause cause, HolderKind kind, long holder) {
    return events.stream()
        .filter(event -> event instanceof Event.Posted posted && posted.job() == 1)
        .map(Event.Posted.class::cast)
        .filter(p -> p.cause() == cause.code() && p.toKind() == kind.code() && p.toId() == holder)
        .mapToLong(Event.Posted::amountMicros)
        .sum();
  }

  private List<Event> kind(Class<? extends Event> type) {
    return events.stream().filter(type::isInstance).toList();
  }

  @Test
  void aQuorumJobLocksAndPaysByTheSpecification() {
    submit(Tier.QUORUM, 3);
    Event.JobSubmitted terms = (Event.JobSubmitted) kind(Event.JobSubmitted.class).getFirst();
    assertThat(terms.priceHeldMicros()).isEqualTo(MILLION);
    assertThat(terms.feeHeldMicros()).isEqualTo(20_000);
    assertThat(terms.checkingHeldMicros()).isEqualTo(3_750_000);
    assertThat(terms.depositHeldMicros()).isEqualTo(50_000);
    assertThat(terms.providerBondMicros()).isEqualTo(3_870_000);
    commit(500_001);
    sealAll(ROOT, 500_001);
    openAll(ROOT, 500_001);
    give(PROVIDER, new Command.OpenResult(1, ROOT, 500_001, SALT, ROOT, HELD_UNTIL, ROOT, ROOT));
    assertThat(kind(Event.JobJudged.class))
        .containsExactly(
            new Event.JobJudged(
                1, JobEnding.ACCEPTED.code(), 500_001, 150 * MILLION, 150 * MILLION));
    assertThat(kind(Event.JobSettled.class))
        .containsExactly(new Event.JobSettled(1, 500_001, 10_001, 5_000, 1_875_003));
    assertThat(paid(Cause.PAY, HolderKind.FREE, PROVIDER)).isEqualTo(500_001);
    assertThat(paid(Cause.BURN, HolderKind.BURNED, 0)).isEqualTo(5_000);
    assertThat(paid(Cause.FEE, HolderKind.FREE, Genesis.TREASURY_ACCOUNT)).isEqualTo(5_001);
    VALIDATORS.forEach(v -> {
      assertThat(paid(Cause.CHECKING, HolderKind.FREE, v)).isEqualTo(625_001);
      assertThat(paid(Cause.BOND_RETURN, HolderKind.BOND_VALIDATOR, v)).isEqualTo(100_000);
    });
    assertThat(paid(Cause.REFUND, HolderKind.FREE, REQUESTER))
        .isEqualTo(4_820_000 - 500_001 - 10_001 - 1_875_003);
    now += 86_400_000;
    network(new Step.Tick());
    assertThat(paid(Cause.BOND_RETURN, HolderKind.BOND_PROVIDER, PROVIDER)).isEqualTo(3_870_000);
    assertThat(events.getLast()).isEqualTo(new Event.JobClosed(1, JobEnding.ACCEPTED.code()));
  }

  @Test
  void aFraudCostsTheProviderItsBondAndTheRequesterNothing() {
    submit(Tier.QUORUM, 3);
    commit(MILLION);
    sealAll(SECRET, 400_000);
    openAll(SECRET, 400_000);
    give(PROVIDER, new Command.OpenResult(1, ROOT, MILLION, SALT, ROOT, HELD_UNTIL, ROOT, ROOT));
    assertThat(kind(Event.JobSettled.class))
        .containsExactly(new Event.JobSettled(1, 0, 0, 2_370_000, 1_500_000));
    VALIDATORS.forEach(
        v -> assertThat(paid(Cause.CHECKING, HolderKind.FREE, v)).isEqualTo(500_000));
    assertThat(paid(Cause.SLASH, HolderKind.BURNED, 0)).isEqualTo(2_370_000);
    assertThat(paid(Cause.REFUND, HolderKind.FREE, REQUESTER)).isEqualTo(4_820_000);
    assertThat(events.getLast()).isEqualTo(new Event.JobClosed(1, JobEnding.FRAUD.code()));
  }

  @Test
  void anAbandonedJobOfTierNoneBurnsTheSmallBond() {
    submit(Tier.NONE, 0);
    now += 60_000;
    give(6, new Command.CloseJob(1));
    assertThat(kind(Event.JobSettled.class))
        .containsExactly(new Event.JobSettled(1, 0, 0, 100_000, 0));
    assertThat(paid(Cause.REFUND, HolderKind.FREE, REQUESTER)).isEqualTo(1_070_000);
    assertThat(events.getLast()).isEqualTo(new Event.JobClosed(1, JobEnding.ABANDONED.code()));
  }

  @Test
  void aJobThatWaitsHoldsItsCostAtTheLimitUntilAnOfferTakesIt() {
    submit(Tier.QUORUM, 3, MILLION / 2, 1_000);
    // Price, 2 %, 3 · 125 % and 5 % of it.
    assertThat(kind(Event.JobQueued.class))
        .extracting(event -> ((Event.JobQueued) event).heldMicros())
        .containsExactly(500_000L + 10_000 + 1_875_000 + 25_000);
    give(PROVIDER, new Command.Bond(Role.PROVIDER.code(), 10 * MILLION));
    assertThat(kind(Event.JobSubmitted.class)).isEmpty();
    give(PROVIDER, new Command.PlaceOffer(Genesis.CLASS_WASI, 400_000, MILLION));
    assertThat(paid(Cause.ORDER_RETURN, HolderKind.FREE, REQUESTER)).isEqualTo(2_410_000);
    Event.JobSubmitted terms = (Event.JobSubmitted) kind(Event.JobSubmitted.class).getFirst();
    assertThat(terms.job()).isEqualTo(1);
    assertThat(terms.priceHeldMicros()).isEqualTo(400_000);
    assertThat(terms.feeHeldMicros()).isEqualTo(8_000);
    assertThat(terms.checkingHeldMicros()).isEqualTo(1_500_000);
    assertThat(terms.depositHeldMicros()).isEqualTo(20_000);
    commit(1);
    assertThat(kind(Event.ResultCommitted.class)).hasSize(1);
  }

  @Test
  void aJobThatNoOfferTakesReturnsAllOfIt() {
    submit(Tier.NONE, 0, MILLION / 2, 1_000);
    now += 1_000;
    network(new Step.Tick());
    assertThat(paid(Cause.ESCROW, HolderKind.LOCK, 1)).isEqualTo(535_000);
    assertThat(paid(Cause.ORDER_RETURN, HolderKind.FREE, REQUESTER)).isEqualTo(535_000);
    assertThat(kind(Event.JobJudged.class)).isEmpty();
    assertThat(kind(Event.JobSettled.class)).isEmpty();
    assertThat(events.getLast()).isEqualTo(new Event.JobClosed(1, JobEnding.UNMATCHED.code()));
  }
}
