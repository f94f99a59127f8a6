package ai.ubc.engine;

import static ai.ubc.engine.JobRig.PROVIDER;
import static ai.ubc.engine.JobRig.REQUESTER;
import static ai.ubc.engine.JobRig.ROOT;
import static ai.ubc.engine.JobRig.UNITS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ACC-003, ACC-004, LAW-009: an account changes its owner")
class OwnersTest {
  private static final Address NEXT = new Address(88, 88, 1);
  private static final Address OTHER = new Address(88, 88, 2);
  private static final Address KEY = new Address(77, 77, 1);
  private static final Address OLD = Rig.owner(REQUESTER);
  private static final int FRIEND = 12;

  private final JobRig jobs = new JobRig();
  private final Rig rig = jobs.rig;

  private static Command name(Address next) {
    return new Command.NameOwner(next);
  }

  private static Command accept() {
    return new Command.AcceptOwner();
  }

  private static Command pay(long amountMicros) {
    return new Command.Transfer(FRIEND, Asset.COMPUTE, amountMicros);
  }

  private Command.GrantMandate grant(Address key) {
    return new Command.GrantMandate(key, 1_000_000, rig.nowMs + 1_000, 2);
  }

  private List<Event> done(Address signer, int account, Command command) {
    rig.events.clear();
    assertThat(rig.give(signer, account, command)).as("%s", command).isZero();
    return List.copyOf(rig.events);
  }

  private void changeOwner(int account, Address from, Address to) {
    done(from, account, name(to));
    done(to, account, accept());
  }

  @Test
  @DisplayName("ACC-003: a naming is refused in order, then stands until another")
  void nameOwner() {
    rig.refused(Refusal.INVALID_OWNER, REQUESTER, name(OLD));
    rig.refused(Refusal.OWNER_EXISTS, REQUESTER, name(Rig.owner(PROVIDER)));
    rig.refused(Refusal.ALREADY_DONE, REQUESTER, name(Address.ZERO));
    rig.done(REQUESTER, grant(KEY));
    rig.refused(Refusal.KEY_HAS_MANDATE, REQUESTER, name(KEY));
    assertThat(rig.done(REQUESTER, name(NEXT)))
        .containsExactly(new Event.OwnerNamed(REQUESTER, NEXT));
    rig.refused(Refusal.ALREADY_DONE, REQUESTER, name(NEXT));
    rig.done(REQUESTER, name(OTHER));
    rig.refused(Refusal.NOT_OWNER, NEXT, REQUESTER, accept());
    assertThat(rig.done(REQUESTER, name(Address.ZERO)))
        .containsExactly(new Event.OwnerNamed(REQUESTER, Address.ZERO));
    rig.refused(Refusal.NOT_OWNER, OTHER, REQUESTER, accept());
    rig.refused(Refusal.NOT_OWNER, Address.ZERO, REQUESTER, accept());
  }

  @Test
  @DisplayName("ACC-003, MAN-002: a key is never named and under a live mandate of the account")
  void namedOrUnderAMandate() {
    rig.done(REQUESTER, grant(KEY));
    rig.nowMs += 1_000;
    rig.done(REQUESTER, name(KEY));
    rig.refused(Refusal.NOT_OWNER, KEY, REQUESTER, pay(1));
    rig.refused(Refusal.INVALID_KEY, REQUESTER, grant(KEY));
    rig.done(PROVIDER, grant(KEY));
    done(KEY, REQUESTER, accept());
    done(KEY, REQUESTER, pay(1));
    rig.refused(Refusal.PAYEE_NOT_ALLOWED, KEY, PROVIDER, pay(1));
  }

  @Test
  @DisplayName("ADM-003: who is named may accept, and nothing else")
  void whoIsNamedMayOnlyAccept() {
    rig.done(REQUESTER, name(NEXT));
    Command[] others = {
      pay(1),
      new Command.RegisterAccount(NEXT),
      new Command.Bond(1, 1),
      JobRig.plainJob(),
      new Command.RevealSecret(1, JobRig.SECRET),
      new Command.CloseJob(1),
      grant(KEY),
      name(OTHER)
    };
    for (Command other : others) {
      rig.refused(Refusal.NOT_OWNER, NEXT, REQUESTER, other);
    }
    rig.refused(Refusal.NOT_OWNER, NEXT, PROVIDER, accept());
    rig.refused(Refusal.NOT_OWNER, OTHER, REQUESTER, accept());
    rig.refused(Refusal.ALREADY_DONE, REQUESTER, accept());
    Address[] near = {
      new Address(NEXT.word0() + 1, NEXT.word1(), NEXT.word2()),
      new Address(NEXT.word0(), NEXT.word1() + 1, NEXT.word2()),
      new Address(NEXT.word0(), NEXT.word1(), NEXT.word2() + 1)
    };
    for (Address stranger : near) {
      rig.refused(Refusal.NOT_OWNER, stranger, REQUESTER, accept());
    }
    rig.done(REQUESTER, pay(1));
    assertThat(done(NEXT, REQUESTER, accept()))
        .containsExactly(new Event.OwnerChanged(REQUESTER, NEXT));
    rig.refused(Refusal.ALREADY_DONE, NEXT, REQUESTER, accept());
  }

  @Test
  @DisplayName("ACC-003: an account that names somebody else's address takes nothing from it")
  void nobodyCanSquat() {
    rig.done(PROVIDER, name(NEXT));
    rig.done(REQUESTER, name(NEXT));
    done(NEXT, REQUESTER, accept());
    rig.refused(Refusal.OWNER_EXISTS, NEXT, PROVIDER, accept());
    done(NEXT, REQUESTER, pay(1));
    rig.done(PROVIDER, name(OTHER));
    done(OTHER, 0, new Command.RegisterAccount(OTHER));
    rig.refused(Refusal.OWNER_EXISTS, OTHER, PROVIDER, accept());
    rig.done(PROVIDER, pay(1));
  }

  @Test
  @DisplayName("ACC-003: who was named by two accounts can take the second when it left the first")
  void aNamingOutlivesTheOther() {
    rig.done(PROVIDER, name(NEXT));
    changeOwner(REQUESTER, OLD, NEXT);
    changeOwner(REQUESTER, NEXT, OTHER);
    done(NEXT, PROVIDER, accept());
    rig.refused(Refusal.NOT_OWNER, PROVIDER, pay(1));
  }

  @Test
  @DisplayName("ACC-004: the former owner is refused from the next entry on, repeats included")
  void theFormerOwnerIsRefused() {
    Command.Head head = new Command.Head(REQUESTER, 9_999, rig.nowMs + 60_000);
    assertThat(rig.give(OLD, head, pay(5))).isZero();
    rig.done(REQUESTER, grant(KEY));
    changeOwner(REQUESTER, OLD, NEXT);
    long paid = rig.free(FRIEND);
    assertThat(rig.give(OLD, head, pay(5))).isEqualTo(Refusal.NOT_OWNER.number());
    rig.refused(Refusal.NOT_OWNER, OLD, REQUESTER, pay(1));
    rig.refused(Refusal.NOT_OWNER, OLD, REQUESTER, name(OTHER));
    rig.refused(Refusal.NOT_OWNER, OLD, REQUESTER, accept());
    assertThat(rig.free(FRIEND)).isEqualTo(paid);
    done(NEXT, REQUESTER, pay(1));
  }

  @Test
  @DisplayName(
      "ACC-004: the former owner's address is free: to register, to return, to get a mandate")
  void theFormerAddressIsFree() {
    changeOwner(REQUESTER, OLD, NEXT);
    rig.refused(Refusal.OWNER_EXISTS, NEXT, 0, new Command.RegisterAccount(NEXT));
    done(NEXT, REQUESTER, grant(OLD));
    rig.refused(Refusal.PAYEE_NOT_ALLOWED, OLD, REQUESTER, pay(1));
    done(NEXT, REQUESTER, new Command.RevokeMandate(1));
    changeOwner(REQUESTER, NEXT, OLD);
    rig.done(REQUESTER, pay(1));
    changeOwner(REQUESTER, OLD, OTHER);
    assertThat(done(OLD, 0, new Command.RegisterAccount(OLD)))
        .containsExactly(new Event.AccountRegistered(13, OLD));
    rig.refused(Refusal.OWNER_EXISTS, OTHER, REQUESTER, name(OLD));
  }

  @Test
  @DisplayName("ACC-004: a change ends every live mandate of this account, the youngest first")
  void aChangeEndsMandates() {
    Address shortLived = new Address(77, 77, 9);
    rig.done(REQUESTER, new Command.GrantMandate(shortLived, 9, rig.nowMs + 1, 2));
    rig.done(REQUESTER, grant(KEY));
    rig.done(REQUESTER, new Command.AllowPayee(2, FRIEND));
    rig.done(REQUESTER, grant(new Address(77, 77, 2)));
    rig.done(REQUESTER, new Command.RevokeMandate(3));
    rig.done(PROVIDER, grant(KEY));
    rig.done(REQUESTER, grant(new Address(77, 77, 3)));
    long job = jobs.submit(JobRig.plainJob());
    done(KEY, REQUESTER, pay(1));
    rig.nowMs++;
    rig.done(REQUESTER, name(NEXT));
    done(KEY, REQUESTER, pay(1));
    assertThat(done(NEXT, REQUESTER, accept()))
        .containsExactly(
            new Event.OwnerChanged(REQUESTER, NEXT),
            new Event.MandateRevoked(5),
            new Event.MandateRevoked(2));
    rig.refused(Refusal.MANDATE_REVOKED, KEY, REQUESTER, pay(1));
    rig.refused(Refusal.MANDATE_EXPIRED, shortLived, REQUESTER, pay(1));
    rig.refused(Refusal.PAYEE_NOT_ALLOWED, KEY, PROVIDER, pay(1));
    assertThat(job).isPositive();
  }

  @Test
  @DisplayName("LAW-009: money, bonds, offers, locks and jobs stay, and go on with the new key")
  void everythingStays() {
    long job = jobs.submit(JobRig.plainJob());
    long bond = rig.bondOf(PROVIDER, Role.PROVIDER);
    long free = rig.free(PROVIDER);
    Address provider = Rig.owner(PROVIDER);
    Command commit = jobs.commitTo(job, ROOT, UNITS);
    rig.done(PROVIDER, name(NEXT));
    done(NEXT, PROVIDER, accept());
    assertThat(rig.bondOf(PROVIDER, Role.PROVIDER)).isEqualTo(bond).isPositive();
    assertThat(rig.free(PROVIDER)).isEqualTo(free);
    rig.refused(Refusal.NOT_OWNER, provider, PROVIDER, commit);
    done(NEXT, PROVIDER, commit);
    done(NEXT, PROVIDER, JobRig.opening(job, ROOT, UNITS));
    jobs.passMs(rig.parameters().disputeWindowMs());
    assertThat(rig.eventsOf(Event.JobClosed.class)).hasSize(1);
    assertThat(rig.free(PROVIDER)).isGreaterThan(free);
    assertThat(rig.bondOf(PROVIDER, Role.PROVIDER)).isGreaterThan(bond);
    jobs.submit(JobRig.plainJob());
  }

  @Test
  @DisplayName("a snapshot between naming and acceptance, and after it, changes nothing")
  void snapshotsHoldOwners() {
    changeOwner(PROVIDER, Rig.owner(PROVIDER), OTHER);
    rig.done(REQUESTER, name(NEXT));
    byte[] snapshot = Snapshots.of(rig.engine);
    Engine restored =
        Engine.restore(
            rig.genesis,
            rig.genesisHash,
            new KeccakHash(),
            new EventRecords(_ -> {}),
            Rig.LIMITS,
            Snapshots.source(snapshot));
    assertThat(Snapshots.of(restored)).isEqualTo(snapshot);
    done(NEXT, REQUESTER, accept());
    rig.log.getLast().applyTo(restored, rig.seq);
    assertThat(Snapshots.of(restored)).isEqualTo(Snapshots.of(rig.engine));
  }
}
