package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import ai.ubc.domain.Verdict;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ACC, BND: accounts and bonds")
class AccountsTest {
  private static final int FREE = HolderKind.FREE.code();
  private static final int PROVIDER = Role.PROVIDER.code();
  private static final int VALIDATOR = Role.VALIDATOR.code();

  private final Rig rig = Rig.active();

  @Test
  @DisplayName("ACC-001: registerAccount is refused in order, then opens the next account")
  void registerAccount() {
    Address owner = Rig.owner(13);
    rig.refused(Refusal.MALFORMED, Rig.owner(2), 2, new Command.RegisterAccount(Address.ZERO));
    rig.refused(Refusal.INVALID_OWNER, owner, 0, new Command.RegisterAccount(Address.ZERO));
    rig.refused(Refusal.NOT_OWNER, owner, 0, new Command.RegisterAccount(Rig.owner(2)));
    Address near0 = new Address(owner.word0() + 1, owner.word1(), owner.word2());
    Address near1 = new Address(owner.word0(), owner.word1() + 1, owner.word2());
    Address near2 = new Address(owner.word0(), owner.word1(), owner.word2() + 1);
    rig.refused(Refusal.NOT_OWNER, owner, 0, new Command.RegisterAccount(near0));
    rig.refused(Refusal.NOT_OWNER, owner, 0, new Command.RegisterAccount(near1));
    rig.refused(Refusal.NOT_OWNER, owner, 0, new Command.RegisterAccount(near2));
    rig.refused(Refusal.OWNER_EXISTS, Rig.owner(2), 0, new Command.RegisterAccount(Rig.owner(2)));

    rig.events.clear();
    assertThat(rig.give(owner, 0, new Command.RegisterAccount(owner))).isZero();
    assertThat(rig.events).containsExactly(new Event.AccountRegistered(13, owner));
    rig.done(2, new Command.Transfer(13, Asset.UBC, 5));
  }

  @Test
  @DisplayName("ACC-001: a ledger full of accounts takes no more")
  void aLedgerFullOfAccountsTakesNoMore() {
    Rig small =
        new Rig(TestParameters.with(Map.of()), new EngineLimits(Rig.ACCOUNTS * 2, 5, 5, 50, 5));
    small.activate();
    for (int account = Rig.ACCOUNTS + 1; account <= 2 * Rig.ACCOUNTS; account++) {
      Address owner = Rig.owner(account);
      assertThat(small.give(owner, 0, new Command.RegisterAccount(owner))).isZero();
    }
    Address owner = Rig.owner(99);
    small.refused(Refusal.LIMIT_REACHED, owner, 0, new Command.RegisterAccount(owner));
    small.refused(Refusal.OWNER_EXISTS, Rig.owner(2), 0, new Command.RegisterAccount(Rig.owner(2)));
  }

  @Test
  @DisplayName("ACC-002: transfer is refused in order, then moves free money")
  void transfer() {
    rig.refused(Refusal.INVALID_AMOUNT, 2, new Command.Transfer(99, 7, 0));
    rig.refused(Refusal.INVALID_AMOUNT, 2, new Command.Transfer(3, Asset.UBC, -1));
    rig.refused(Refusal.INVALID_ASSET, 2, new Command.Transfer(99, 0, 1));
    rig.refused(Refusal.INVALID_ASSET, 2, new Command.Transfer(99, 3, 1));
    rig.refused(Refusal.UNKNOWN_PAYEE, 2, new Command.Transfer(99, Asset.UBC, Long.MAX_VALUE));
    rig.refused(Refusal.UNKNOWN_PAYEE, 2, new Command.Transfer(0, Asset.UBC, 1));
    rig.refused(Refusal.SAME_ACCOUNT, 2, new Command.Transfer(2, Asset.UBC, Long.MAX_VALUE));
    rig.refused(
        Refusal.INSUFFICIENT_FUNDS, 2, new Command.Transfer(3, Asset.COMPUTE, Rig.FUNDS + 1));

    for (int asset : new int[] {Asset.UBC, Asset.COMPUTE}) {
      assertThat(rig.done(2, new Command.Transfer(3, asset, Rig.FUNDS)))
          .containsExactly(
              new Event.Posted(asset, Rig.FUNDS, FREE, 2, FREE, 3, Cause.TRANSFER.code(), 0));
      assertThat(rig.engine.balanceMicros(HolderKind.FREE, 2, asset)).isZero();
      assertThat(rig.engine.balanceMicros(HolderKind.FREE, 3, asset)).isEqualTo(2 * Rig.FUNDS);
    }
  }

  @Test
  @DisplayName("BND-001: bond is refused in order, then moves free COMPUTE into the role's bond")
  void bond() {
    rig.refused(Refusal.INVALID_AMOUNT, 2, new Command.Bond(9, 0));
    rig.refused(Refusal.INVALID_ROLE, 2, new Command.Bond(0, Long.MAX_VALUE));
    rig.refused(Refusal.INVALID_ROLE, 2, new Command.Bond(3, 1));
    rig.refused(Refusal.INSUFFICIENT_FUNDS, 2, new Command.Bond(PROVIDER, Rig.FUNDS + 1));

    assertThat(rig.done(2, new Command.Bond(PROVIDER, 10)))
        .containsExactly(
            new Event.Posted(
                Asset.COMPUTE,
                10,
                FREE,
                2,
                HolderKind.BOND_PROVIDER.code(),
                2,
                Cause.BOND.code(),
                0));
    assertThat(rig.done(2, new Command.Bond(VALIDATOR, 20)))
        .containsExactly(
            new Event.Posted(
                Asset.COMPUTE,
                20,
                FREE,
                2,
                HolderKind.BOND_VALIDATOR.code(),
                2,
                Cause.BOND.code(),
                0));
    assertThat(rig.free(2)).isEqualTo(Rig.FUNDS - 30);
    assertThat(rig.bondOf(2, Role.PROVIDER)).isEqualTo(10);
    assertThat(rig.bondOf(2, Role.VALIDATOR)).isEqualTo(20);
  }

  @Test
  @DisplayName("BND-002: unbond is refused in order, then moves the bond back")
  void unbond() {
    rig.done(2, new Command.Bond(PROVIDER, 10));
    rig.done(2, new Command.Bond(VALIDATOR, 20));
    rig.refused(Refusal.INVALID_AMOUNT, 2, new Command.Unbond(9, 0));
    rig.refused(Refusal.INVALID_ROLE, 2, new Command.Unbond(3, 1));
    rig.refused(Refusal.INSUFFICIENT_BOND, 2, new Command.Unbond(PROVIDER, 11));
    rig.nowMs += rig.parameters().bondUnlockMs() - 1;
    rig.refused(Refusal.BOND_LOCKED, 2, new Command.Unbond(PROVIDER, 10));
    rig.nowMs++;
    assertThat(rig.done(2, new Command.Unbond(PROVIDER, 10)))
        .containsExactly(
            new Event.Posted(
                Asset.COMPUTE,
                10,
                HolderKind.BOND_PROVIDER.code(),
                2,
                FREE,
                2,
                Cause.UNBOND.code(),
                0));
    rig.done(2, new Command.Unbond(VALIDATOR, 5));
    assertThat(rig.bondOf(2, Role.VALIDATOR)).isEqualTo(15);
    assertThat(rig.free(2)).isEqualTo(Rig.FUNDS - 15);
  }

  @Test
  @DisplayName("BND-003: a bond that was put into a lock, or left one, stays for the unlock time")
  void aDutyLocksTheRestOfTheBond() {
    JobRig jobs = new JobRig();
    Rig market = jobs.rig;
    long unlockMs = market.parameters().bondUnlockMs();
    long job = jobs.submitUntilDrawn(3, JobRig.ROOT, 1);
    int validator = jobs.drawn(0);
    long drawnAt = market.nowMs;
    Command.Unbond provider = new Command.Unbond(PROVIDER, 1);
    market.refused(Refusal.BOND_LOCKED, JobRig.PROVIDER, provider);
    market.refused(Refusal.BOND_LOCKED, validator, new Command.Unbond(VALIDATOR, 1));
    market.refused(
        Refusal.INSUFFICIENT_BOND, validator, new Command.Unbond(VALIDATOR, JobRig.BOND));

    market.nowMs += 10;
    jobs.sealAll(job, 0, Verdict.DIGEST, JobRig.ROOT, 1);
    jobs.openAll(job, 0, Verdict.DIGEST, JobRig.ROOT, 1);
    jobs.openResult(job, JobRig.ROOT, 1);
    long returnedAt = market.nowMs;
    jobs.passMs(market.parameters().disputeWindowMs());
    long closedAt = market.nowMs;

    market.nowMs = drawnAt + unlockMs;
    market.refused(Refusal.BOND_LOCKED, validator, new Command.Unbond(VALIDATOR, 1));
    market.nowMs = returnedAt + unlockMs;
    market.done(validator, new Command.Unbond(VALIDATOR, 1));
    market.nowMs = closedAt + unlockMs - 1;
    market.refused(Refusal.BOND_LOCKED, JobRig.PROVIDER, provider);
    market.nowMs++;
    market.done(JobRig.PROVIDER, provider);
  }

  @Test
  @DisplayName("BND-003: duties in one role do not lock the other's bond")
  void aDutyLocksItsRoleOnly() {
    JobRig jobs = new JobRig();
    jobs.rig.done(JobRig.PROVIDER, new Command.Bond(VALIDATOR, 5));
    jobs.rig.nowMs += jobs.rig.parameters().bondUnlockMs();
    jobs.submit(JobRig.plainJob());
    jobs.rig.done(JobRig.PROVIDER, new Command.Unbond(VALIDATOR, 5));
    jobs.rig.refused(Refusal.BOND_LOCKED, JobRig.PROVIDER, new Command.Unbond(PROVIDER, 1));
  }

  @Test
  @DisplayName("BND-003: a slash is a duty's end too")
  void aSlashCountsAsADuty() {
    JobRig jobs = new JobRig();
    jobs.submit(JobRig.plainJob());
    jobs.passMs(60_000);
    long slashedAt = jobs.rig.nowMs;
    jobs.rig.nowMs = slashedAt + jobs.rig.parameters().bondUnlockMs() - 1;
    jobs.rig.refused(Refusal.BOND_LOCKED, JobRig.PROVIDER, new Command.Unbond(PROVIDER, 1));
    jobs.rig.nowMs++;
    jobs.rig.done(JobRig.PROVIDER, new Command.Unbond(PROVIDER, 1));
  }
}
