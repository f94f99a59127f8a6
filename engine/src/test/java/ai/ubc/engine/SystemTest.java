package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SYS, NUM: the network's own commands, numbers, order of calls")
class SystemTest {
  private final Rig rig = new Rig();

  private static Event allocated(int account, int asset, long amountMicros) {
    return new Event.Posted(
        asset,
        amountMicros,
        HolderKind.GENESIS.code(),
        0,
        HolderKind.FREE.code(),
        account,
        Cause.GENESIS.code(),
        0);
  }

  @Test
  @DisplayName("SYS-001: the first activation makes the allocations, a second is refused")
  void activationMakesTheAllocations() {
    List<Event> events = new ArrayList<>();
    Genesis genesis =
        new Genesis(
            "test",
            0,
            Hash32.ZERO,
            0,
            Rig.owner(1),
            Rig.owner(1),
            Hash32.ZERO,
            GenesisParameters.production(),
            List.of(
                new Genesis.Allocation(Rig.owner(2), Asset.UBC, 5),
                new Genesis.Allocation(Rig.owner(1), Asset.COMPUTE, 6),
                new Genesis.Allocation(Rig.owner(3), Asset.COMPUTE, 7),
                new Genesis.Allocation(Rig.owner(2), Asset.COMPUTE, 8)));
    Engine engine =
        new Engine(
            genesis, Hash32.ZERO, new KeccakHash(), new EventRecords(events::add), Rig.LIMITS);
    engine.begin(1, 0);
    assertThat(engine.activateRules(2)).isEqualTo(Refusal.MALFORMED.number());
    engine.end(Refusal.MALFORMED.number());
    assertThat(engine.isActive()).isFalse();
    engine.begin(2, 0);
    assertThat(engine.activateRules(1)).isZero();
    engine.end(0);
    assertThat(engine.isActive()).isTrue();
    assertThat(events)
        .containsExactly(
            new Event.RulesActivated(1),
            new Event.AccountRegistered(1, Rig.owner(1)),
            new Event.AccountRegistered(2, Rig.owner(2)),
            allocated(2, Asset.UBC, 5),
            allocated(1, Asset.COMPUTE, 6),
            new Event.AccountRegistered(3, Rig.owner(3)),
            allocated(3, Asset.COMPUTE, 7),
            allocated(2, Asset.COMPUTE, 8));
    engine.begin(3, 0);
    assertThat(engine.activateRules(1)).isEqualTo(Refusal.MALFORMED.number());
    engine.end(Refusal.MALFORMED.number());
    assertThat(engine.balanceMicros(HolderKind.GENESIS, 0, Asset.COMPUTE)).isEqualTo(-21);
    assertThat(events).hasSize(8);
  }

  @Test
  @DisplayName("SYS-001: before the activation nothing else is taken")
  void nothingHappensBeforeTheActivation() {
    int malformed = Refusal.MALFORMED.number();
    assertThat(rig.give(2, new Command.Bond(1, 1))).isEqualTo(malformed);
    assertThat(rig.tick()).isEqualTo(malformed);
    assertThat(rig.beacon()).isEqualTo(malformed);
    assertThat(rig.outage(1)).isEqualTo(malformed);
    assertThat(rig.events).isEmpty();
    assertThat(rig.engine.rememberedCommands()).isZero();
    rig.activate();
    assertThat(rig.tick()).isZero();
  }

  @Test
  @DisplayName("SYS-002: an outage is recorded when it lasted")
  void anOutageIsRecorded() {
    rig.activate();
    rig.events.clear();
    assertThat(rig.outage(0)).isEqualTo(Refusal.INVALID_AMOUNT.number());
    assertThat(rig.events).isEmpty();
    assertThat(rig.outage(7)).isZero();
    assertThat(rig.events).containsExactly(new Event.OutageRecorded(7));
  }

  @Test
  @DisplayName("NUM-001: each kind of thing is numbered from 1, and refusals use up no number")
  void thingsAreNumberedFromOne() {
    JobRig jobs = new JobRig();
    Rig market = jobs.rig;
    market.refused(Refusal.INVALID_CLASS, JobRig.PROVIDER, new Command.PlaceOffer(2, 1, 1));
    market.refused(
        Refusal.COST_LIMIT,
        JobRig.REQUESTER,
        new Command.SubmitJob(
            JobRig.PROGRAM,
            JobRig.INPUT,
            JobRig.ROOT,
            1,
            1,
            0,
            0,
            0,
            JobRig.UNITS,
            JobRig.PRICE,
            1,
            60_000,
            0));
    assertThat(market.done(JobRig.PROVIDER, new Command.PlaceOffer(1, 9, 1)))
        .containsExactly(new Event.OfferPlaced(2, JobRig.PROVIDER, 1, 9, 1));
    for (int job = 1; job <= 3; job++) {
      assertThat(jobs.submit(JobRig.plainJob())).isEqualTo(job);
      assertThat(market.eventsOf(Event.LeaseOpened.class).getFirst().lease()).isEqualTo(job);
      // PRICE, FEE, DEPOSIT, PROVIDER_BOND.
      assertThat(market.eventsOf(Event.LockOpened.class))
          .extracting(Event.LockOpened::lock)
          .containsExactly(4L * job - 3, 4L * job - 2, 4L * job - 1, 4L * job);
    }
  }

  @Test
  @DisplayName("NUM-005: an engine is not made for a genesis that it can not hold")
  void genesisMustFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rig(GenesisParameters.production(), new EngineLimits(3, 1, 1, 1, 1)));
    assertThatIllegalArgumentException().isThrownBy(() -> new EngineLimits(0, 1, 1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new EngineLimits(1, 0, 1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new EngineLimits(1, 1, 0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new EngineLimits(1, 1, 1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new EngineLimits(1, 1, 1, 1, 0));
    assertThat(EngineLimits.standard())
        .isEqualTo(new EngineLimits(1_048_576, 65_536, 65_536, 1_048_576, 262_144));
  }

  @Test
  void callsOutOfOrderHaltTheEngine() {
    rig.activate();
    Engine engine = rig.engine;
    long next = rig.seq + 1;
    assertThatIllegalStateException().isThrownBy(engine::tick);
    assertThatIllegalStateException().isThrownBy(() -> engine.end(0));
    assertThatIllegalStateException().isThrownBy(() -> engine.begin(next + 1, rig.nowMs));
    assertThatIllegalStateException().isThrownBy(() -> engine.begin(next, rig.nowMs - 1));
    engine.begin(next, rig.nowMs);
    assertThatIllegalStateException().isThrownBy(() -> engine.begin(next + 1, rig.nowMs));
    assertThatIllegalStateException().isThrownBy(() -> engine.closeJob(2, 1));
    assertThatIllegalStateException().isThrownBy(() -> Snapshots.of(engine));
    assertThat(engine.tick()).isZero();
    assertThatIllegalStateException().isThrownBy(engine::tick);
    assertThatIllegalStateException()
        .isThrownBy(() -> engine.admit(0, 0, 0, 0, 0, rig.nowMs, 0, 0, 0, 0));
    engine.end(0);
  }

  @Test
  void aCommandThatWasNotAdmittedDoesNotRun() {
    rig.activate();
    Engine engine = rig.engine;
    engine.begin(rig.seq + 1, rig.nowMs);
    assertThat(engine.admit(0, 0, 0, 99, 0, rig.nowMs, 0, 0, 0, 0))
        .isEqualTo(Refusal.UNKNOWN_ACCOUNT.number());
    assertThatIllegalStateException().isThrownBy(() -> engine.closeJob(99, 1));
    engine.end(Refusal.UNKNOWN_ACCOUNT.number());
  }

  @Test
  void anEntryThatIsNoCommandPasses() {
    rig.activate();
    rig.engine.begin(rig.seq + 1, rig.nowMs);
    rig.engine.end(Refusal.MALFORMED.number());
    assertThat(rig.engine.lastSeq()).isEqualTo(rig.seq + 1);
    assertThat(rig.engine.rememberedCommands()).isZero();
  }

  @Test
  void holdersThatDoNotExistHaveNothing() {
    rig.activate();
    assertThat(rig.engine.balanceMicros(HolderKind.FREE, 99, Asset.COMPUTE)).isZero();
    assertThat(rig.engine.balanceMicros(HolderKind.FREE, 1L << 32 | 2, Asset.COMPUTE)).isZero();
    assertThat(rig.engine.balanceMicros(HolderKind.FREE, 2, 3)).isZero();
    assertThat(rig.engine.balanceMicros(HolderKind.FREE, 2, 0)).isZero();
    assertThat(rig.engine.balanceMicros(HolderKind.BOND_PROVIDER, 99, Asset.COMPUTE)).isZero();
    assertThat(rig.engine.balanceMicros(HolderKind.BOND_VALIDATOR, 2, Asset.UBC)).isZero();
    assertThat(rig.engine.balanceMicros(HolderKind.LOCK, 1, Asset.COMPUTE)).isZero();
    assertThat(rig.engine.balanceMicros(HolderKind.LOCK, 1, Asset.UBC)).isZero();
    assertThat(rig.engine.balanceMicros(HolderKind.BURNED, 0, Asset.UBC)).isZero();
  }
}
