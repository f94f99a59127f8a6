package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Refusal;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ADM: admission")
class AdmissionTest {
  private static final Command PAY = new Command.Transfer(3, Asset.COMPUTE, 1);
  private static final Command PAY_MORE = new Command.Transfer(3, Asset.COMPUTE, 2);

  private final Rig rig = Rig.active();

  private int give(Rig rig, int signer, int account, long nonce, long notAfterMs, Command what) {
    rig.events.clear();
    return rig.give(Rig.owner(signer), new Command.Head(account, nonce, notAfterMs), what);
  }

  private int give(long nonce, long notAfterMs, Command what) {
    return give(rig, 2, 2, nonce, notAfterMs, what);
  }

  @Test
  @DisplayName("ADM-002: a command runs up to its notAfter, which is at most so far ahead")
  void notAfterIsInclusiveAndBounded() {
    long farthest = rig.nowMs + rig.parameters().notAfterMaxMs();
    assertThat(give(1, rig.nowMs - 1, PAY)).isEqualTo(Refusal.EXPIRED.number());
    assertThat(give(1, farthest + 1, PAY)).isEqualTo(Refusal.NOT_AFTER_TOO_FAR.number());
    assertThat(give(1, Long.MAX_VALUE, PAY)).isEqualTo(Refusal.NOT_AFTER_TOO_FAR.number());
    assertThat(give(1, -1, PAY)).isEqualTo(Refusal.EXPIRED.number());
    assertThat(give(1, rig.nowMs, PAY)).isEqualTo(Refusal.DONE);
    assertThat(give(2, farthest, PAY)).isEqualTo(Refusal.DONE);
  }

  @Test
  @DisplayName("ADM-003: only the owner acts for an account")
  void onlyTheOwnerActsForAnAccount() {
    assertThat(give(rig, 2, 99, 1, rig.nowMs, PAY)).isEqualTo(Refusal.UNKNOWN_ACCOUNT.number());
    assertThat(give(rig, 2, -1, 1, rig.nowMs, PAY)).isEqualTo(Refusal.UNKNOWN_ACCOUNT.number());
    assertThat(give(rig, 2, 4, 1, rig.nowMs, PAY)).isEqualTo(Refusal.NOT_OWNER.number());
    Address owner = Rig.owner(2);
    Address[] near = {
      new Address(owner.word0() + 1, owner.word1(), owner.word2()),
      new Address(owner.word0(), owner.word1() + 1, owner.word2()),
      new Address(owner.word0(), owner.word1(), owner.word2() + 1)
    };
    for (Address stranger : near) {
      assertThat(rig.give(stranger, 2, PAY)).isEqualTo(Refusal.NOT_OWNER.number());
    }
    assertThat(rig.engine.rememberedCommands()).isZero();
  }

  @Test
  @DisplayName("ADM-003: account 0 passes admission and then can only register")
  void accountZeroCanOnlyRegister() {
    long before = rig.engine.rememberedCommands();
    Command[] all = {
      PAY,
      new Command.Bond(1, 1),
      new Command.Unbond(1, 1),
      new Command.PlaceOffer(1, 1, 1),
      new Command.CancelOffer(1),
      JobRig.plainJob(),
      new Command.CommitResult(1, JobRig.ROOT, JobRig.ROOT),
      new Command.RevealSecret(1, JobRig.SECRET),
      JobRig.opening(1, JobRig.ROOT, 1),
      new Command.SealVerdict(1, 0, JobRig.ROOT),
      new Command.OpenVerdict(1, 0, 1, JobRig.ROOT, 1, JobRig.SALT),
      new Command.CloseJob(1),
      new Command.GrantMandate(Rig.owner(4), 1, rig.nowMs + 1, 1),
      new Command.AllowPayee(1, 3),
      new Command.RevokeMandate(1),
      new Command.NameOwner(Rig.owner(99)),
      new Command.AcceptOwner()
    };
    for (Command command : all) {
      rig.refused(Refusal.UNKNOWN_ACCOUNT, Rig.owner(2), 0, command);
    }
    assertThat(rig.engine.rememberedCommands()).isEqualTo((int) before + all.length);
  }

  @Test
  @DisplayName("ADM-004: a repeated command gets its first answer and does nothing")
  void aRepeatedCommandGetsItsFirstAnswer() {
    assertThat(give(1, rig.nowMs + 9, PAY)).isEqualTo(Refusal.DONE);
    long first = rig.seq;
    assertThat(rig.engine.originalSeq()).isZero();
    Command tooMuch = new Command.Transfer(3, Asset.COMPUTE, Long.MAX_VALUE);
    assertThat(give(2, rig.nowMs + 9, tooMuch)).isEqualTo(Refusal.INSUFFICIENT_FUNDS.number());
    long second = rig.seq;

    assertThat(give(1, rig.nowMs + 9, PAY)).isEqualTo(Refusal.DONE);
    assertThat(rig.engine.originalSeq()).isEqualTo(first);
    assertThat(rig.events).isEmpty();
    assertThat(give(2, rig.nowMs + 9, tooMuch)).isEqualTo(Refusal.INSUFFICIENT_FUNDS.number());
    assertThat(rig.engine.originalSeq()).isEqualTo(second);
    assertThat(rig.engine.rememberedCommands()).isEqualTo(2);
    assertThat(rig.tick()).isZero();
    assertThat(rig.engine.originalSeq()).isZero();
  }

  @Test
  @DisplayName("ADM-004: a nonce stands for one command of one signer")
  void aNonceStandsForOneCommandOfOneSigner() {
    assertThat(give(1, rig.nowMs, PAY)).isEqualTo(Refusal.DONE);
    assertThat(give(1, rig.nowMs, PAY_MORE)).isEqualTo(Refusal.NONCE_REUSED.number());
    assertThat(rig.engine.originalSeq()).isZero();
    assertThat(give(1, rig.nowMs + 1, PAY)).isEqualTo(Refusal.NONCE_REUSED.number());
    assertThat(give(rig, 4, 4, 1, rig.nowMs, PAY)).isEqualTo(Refusal.DONE);
  }

  @Test
  @DisplayName("ADM-005: a signer has at most so many remembered commands")
  void aSignerHasABoundedNumberOfRememberedCommands() {
    Rig small = new Rig(TestParameters.with(Map.of("pendingPerSignerMax", 2)), Rig.LIMITS);
    small.activate();
    assertThat(give(small, 2, 2, 1, small.nowMs, PAY)).isZero();
    assertThat(give(small, 2, 2, 2, small.nowMs, PAY)).isZero();
    assertThat(give(small, 2, 2, 3, small.nowMs, PAY)).isEqualTo(Refusal.TOO_MANY_PENDING.number());
    assertThat(give(small, 2, 2, 1, small.nowMs, PAY_MORE))
        .isEqualTo(Refusal.NONCE_REUSED.number());
    assertThat(give(small, 2, 2, 1, small.nowMs, PAY)).isZero();
    assertThat(give(small, 4, 4, 3, small.nowMs, PAY)).isZero();
    small.nowMs++;
    assertThat(give(small, 2, 2, 3, small.nowMs, PAY)).isZero();
  }

  @Test
  @DisplayName("ADM-005: the ledger has at most so many remembered commands")
  void theLedgerHasABoundedNumberOfRememberedCommands() {
    Rig small = new Rig(TestParameters.with(Map.of()), new EngineLimits(100, 10, 10, 2, 10));
    small.activate();
    assertThat(give(small, 2, 2, 1, small.nowMs, PAY)).isZero();
    assertThat(give(small, 4, 4, 1, small.nowMs, PAY)).isZero();
    assertThat(give(small, 5, 5, 1, small.nowMs, PAY)).isEqualTo(Refusal.TOO_MANY_PENDING.number());
    assertThat(small.events).isEmpty();
  }

  @Test
  @DisplayName("ADM-001: an entry forgets at most 64 expired commands, by notAfter, then position")
  void expiredCommandsAreForgottenInOrder() {
    long expiry = rig.nowMs + 10;
    for (int nonce = 1; nonce <= 70; nonce++) {
      // The even ones expire earlier.
      assertThat(give(nonce, expiry - (nonce % 2 == 0 ? 1 : 0), PAY)).isZero();
    }
    assertThat(rig.engine.rememberedCommands()).isEqualTo(70);
    rig.nowMs = expiry;
    assertThat(rig.tick()).isZero();
    assertThat(rig.engine.rememberedCommands()).as("not yet past the odd ones").isEqualTo(35);
    rig.nowMs = expiry + 1;
    assertThat(rig.tick()).isZero();
    assertThat(rig.engine.rememberedCommands()).isZero();
  }

  @Test
  @DisplayName("ADM-001: those that one entry could not forget still stand")
  void whatIsNotYetForgottenStillStands() {
    for (int nonce = 1; nonce <= 66; nonce++) {
      assertThat(give(nonce, rig.nowMs, PAY)).isZero();
    }
    rig.nowMs++;
    // Forgets nonces 1 to 64, then finds 66.
    assertThat(give(66, rig.nowMs, PAY)).isEqualTo(Refusal.NONCE_REUSED.number());
    assertThat(rig.engine.rememberedCommands()).isEqualTo(2);
    // Forgets the rest.
    assertThat(give(66, rig.nowMs, PAY)).isEqualTo(Refusal.DONE);
    assertThat(rig.engine.rememberedCommands()).isEqualTo(1);
  }

  @Test
  @DisplayName("ADM-006: what admission refused is not remembered")
  void whatAdmissionRefusedIsNotRemembered() {
    assertThat(give(1, rig.nowMs - 1, PAY)).isEqualTo(Refusal.EXPIRED.number());
    assertThat(give(rig, 2, 4, 1, rig.nowMs, PAY)).isEqualTo(Refusal.NOT_OWNER.number());
    assertThat(rig.engine.rememberedCommands()).isZero();
    assertThat(give(1, rig.nowMs, PAY)).isEqualTo(Refusal.DONE);
    assertThat(rig.eventsOf(Event.Posted.class)).hasSize(1);
  }

  @Test
  @DisplayName("ADM: the refusals come in the order of the rules")
  void refusalsOfAdmissionComeInOrder() {
    Rig small = new Rig(TestParameters.with(Map.of("pendingPerSignerMax", 1)), Rig.LIMITS);
    small.activate();
    assertThat(give(small, 2, 2, 1, small.nowMs, PAY)).isZero();
    long past = small.nowMs - 1;
    long far = small.nowMs + small.parameters().notAfterMaxMs() + 1;
    Command other = PAY_MORE;
    assertThat(give(small, 2, 99, 1, past, other)).isEqualTo(Refusal.EXPIRED.number());
    assertThat(give(small, 2, 99, 1, far, other)).isEqualTo(Refusal.NOT_AFTER_TOO_FAR.number());
    assertThat(give(small, 2, 99, 1, small.nowMs, other))
        .isEqualTo(Refusal.UNKNOWN_ACCOUNT.number());
    assertThat(give(small, 2, 4, 1, small.nowMs, other)).isEqualTo(Refusal.NOT_OWNER.number());
    assertThat(give(small, 2, 2, 1, small.nowMs, other)).isEqualTo(Refusal.NONCE_REUSED.number());
    assertThat(give(small, 2, 2, 2, small.nowMs, other))
        .isEqualTo(Refusal.TOO_MANY_PENDING.number());
  }
}
