package ai.ubc.testkit.twin;

import static ai.ubc.domain.Refusal.BOND_LOCKED;
import static ai.ubc.domain.Refusal.DONE;
import static ai.ubc.domain.Refusal.INSUFFICIENT_BOND;
import static ai.ubc.domain.Refusal.INSUFFICIENT_FUNDS;
import static ai.ubc.domain.Refusal.INVALID_AMOUNT;
import static ai.ubc.domain.Refusal.INVALID_ASSET;
import static ai.ubc.domain.Refusal.INVALID_OWNER;
import static ai.ubc.domain.Refusal.INVALID_ROLE;
import static ai.ubc.domain.Refusal.LIMIT_REACHED;
import static ai.ubc.domain.Refusal.MALFORMED;
import static ai.ubc.domain.Refusal.NOT_IN_MANDATE;
import static ai.ubc.domain.Refusal.NOT_OWNER;
import static ai.ubc.domain.Refusal.OWNER_EXISTS;
import static ai.ubc.domain.Refusal.SAME_ACCOUNT;
import static ai.ubc.domain.Refusal.UNKNOWN_ACCOUNT;
import static ai.ubc.domain.Refusal.UNKNOWN_PAYEE;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.Keccak;
import ai.ubc.domain.Role;
import ai.ubc.domain.StateMachine;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The ledger of {@code docs/spec/ledger.md}, slow and obvious: every decision is a scan over sorted
 * maps, every amount an unbounded integer. It answers and emits what the engine must answer and
 * emit. One thread; complexity is linear in what the ledger holds.
 */
public final class NaiveLedger implements StateMachine {
  private final NaiveState state;
  private final NaiveMandates mandates;
  private final NaiveOwners owners;
  private final NaiveAdmission admission;
  private final NaiveMarket market;
  private final NaiveSubmission submission;
  private final NaiveWaiting waiting;
  private final NaiveCourse course;
  private final NaiveDraw draw;

  /**
   * An empty ledger, before its first entry.
   *
   * @param genesisHash the hash G that results, seals and draws are bound to
   * @param keccak used by this ledger alone
   * @param sink gets every event
   */
  public NaiveLedger(
      Genesis genesis, Hash32 genesisHash, Keccak keccak, EventSink sink, NaiveCapacity capacity) {
    state = new NaiveState(genesis, genesisHash, keccak, sink, capacity);
    mandates = new NaiveMandates(state);
    owners = new NaiveOwners(state, mandates);
    admission = new NaiveAdmission(state, mandates);
    market = new NaiveMarket(state);
    submission = new NaiveSubmission(state, mandates, market);
    waiting = new NaiveWaiting(state, mandates, market);
    course = new NaiveCourse(state, new NaiveSettlement(state, mandates), waiting);
    draw = new NaiveDraw(state);
  }

  @Override
  public void begin(long seq, long logTimeMs) {
    state.seq = seq;
    state.now = logTimeMs;
    state.hasNewSupply = false;
    admission.begin();
  }

  @Override
  public int admit(
      long signer0,
      long signer1,
      int signer2,
      int account,
      long nonce,
      long notAfterMs,
      long commandHash0,
      long commandHash1,
      long commandHash2,
      long commandHash3) {
    return admission.admit(
        new Address(signer0, signer1, signer2),
        account,
        nonce,
        notAfterMs,
        new Hash32(commandHash0, commandHash1, commandHash2, commandHash3));
  }

  @Override
  public void end(int code) {
    if (code == DONE && state.hasNewSupply) {
      waiting.match();
    }
    admission.end(code);
  }

  @Override
  public long originalSeq() {
    return admission.originalSeq();
  }

  // ADM-003
  private int byAnyone(int account, IntSupplier command) {
    if (account == 0) {
      return UNKNOWN_ACCOUNT.number();
    }
    return admission.isNextOwner() ? NOT_OWNER.number() : command.getAsInt();
  }

  // MAN-005
  private int by(int account, IntSupplier command) {
    return byAnyone(
        account,
        () -> admission.mandate().isPresent() ? NOT_IN_MANDATE.number() : command.getAsInt());
  }

  @Override
  public int registerAccount(int account, long owner0, long owner1, int owner2) {
    Address owner = new Address(owner0, owner1, owner2);
    if (admission.isNextOwner()) {
      return NOT_OWNER.number();
    }
    if (admission.mandate().isPresent()) {
      return NOT_IN_MANDATE.number();
    }
    if (account != 0) {
      return MALFORMED.number();
    }
    if (owner.equals(Address.ZERO)) {
      return INVALID_OWNER.number();
    }
    if (!owner.equals(admission.signer())) {
      return NOT_OWNER.number();
    }
    if (state.accountOf(owner).isPresent()) {
      return OWNER_EXISTS.number();
    }
    if (state.owners.size() >= state.capacity.accounts()) {
      return LIMIT_REACHED.number();
    }
    state.register(owner);
    return DONE;
  }

  @Override
  public int transfer(int account, int toAccount, int asset, long amountMicros) {
    return byAnyone(account, () -> anyTransfer(account, toAccount, asset, amountMicros));
  }

  private int anyTransfer(int account, int toAccount, int asset, long amountMicros) {
    Optional<NaiveMandate> mandate = admission.mandate();
    if (mandate.isPresent()) {
      int code = mandates.checkTransfer(mandate.get(), toAccount, asset, amountMicros);
      if (code != DONE) {
        return code;
      }
    }
    int code = doTransfer(account, toAccount, asset, amountMicros);
    if (code == DONE) {
      mandate.ifPresent(by -> mandates.count(by, 0, BigInteger.valueOf(amountMicros)));
    }
    return code;
  }

  private int doTransfer(int account, int toAccount, int asset, long amountMicros) {
    if (amountMicros < 1) {
      return INVALID_AMOUNT.number();
    }
    if (asset != Asset.UBC && asset != Asset.COMPUTE) {
      return INVALID_ASSET.number();
    }
    if (!state.owners.containsKey(toAccount)) {
      return UNKNOWN_PAYEE.number();
    }
    if (toAccount == account) {
      return SAME_ACCOUNT.number();
    }
    NaiveState.Holder payer = new NaiveState.Holder(HolderKind.FREE, account, asset);
    if (!state.has(payer, amountMicros)) {
      return INSUFFICIENT_FUNDS.number();
    }
    NaiveState.Holder payee = new NaiveState.Holder(HolderKind.FREE, toAccount, asset);
    state.post(BigInteger.valueOf(amountMicros), payer, payee, Cause.TRANSFER, 0);
    return DONE;
  }

  private static Optional<NaiveState.Holder> bondOf(int account, int role) {
    return Arrays.stream(Role.values())
        .filter(candidate -> candidate.code() == role)
        .findFirst()
        .map(known ->
            switch (known) {
              case PROVIDER -> NaiveState.providerBond(account);
              case VALIDATOR -> NaiveState.validatorBond(account);
            });
  }

  @Override
  public int bond(int account, int role, long amountMicros) {
    return by(account, () -> doBond(account, role, amountMicros));
  }

  private int doBond(int account, int role, long amountMicros) {
    if (amountMicros < 1) {
      return INVALID_AMOUNT.number();
    }
    Optional<NaiveState.Holder> bond = bondOf(account, role);
    if (bond.isEmpty()) {
      return INVALID_ROLE.number();
    }
    NaiveState.Holder free = NaiveState.free(account);
    if (!state.has(free, amountMicros)) {
      return INSUFFICIENT_FUNDS.number();
    }
    state.post(BigInteger.valueOf(amountMicros), free, bond.get(), Cause.BOND, 0);
    return DONE;
  }

  @Override
  public int unbond(int account, int role, long amountMicros) {
    return by(account, () -> doUnbond(account, role, amountMicros));
  }

  private int doUnbond(int account, int role, long amountMicros) {
    if (amountMicros < 1) {
      return INVALID_AMOUNT.number();
    }
    Optional<NaiveState.Holder> bond = bondOf(account, role);
    if (bond.isEmpty()) {
      return INVALID_ROLE.number();
    }
    BigInteger left = state.balance(bond.get()).subtract(BigInteger.valueOf(amountMicros));
    long offers = bond.get().kind() == HolderKind.BOND_PROVIDER ? state.openOffers(account) : 0;
    BigInteger least = BigInteger.valueOf(state.genesis.parameters().bondMinMicros());
    if (left.compareTo(least.multiply(BigInteger.valueOf(offers))) < 0) {
      return INSUFFICIENT_BOND.number();
    }
    long unlock = state.genesis.parameters().bondUnlockMs();
    if (state.lastDuty(bond.get()).filter(duty -> state.now < duty + unlock).isPresent()) {
      return BOND_LOCKED.number();
    }
    NaiveState.Holder free = NaiveState.free(account);
    state.post(BigInteger.valueOf(amountMicros), bond.get(), free, Cause.UNBOND, 0);
    return DONE;
  }

  @Override
  public int placeOffer(int account, int resourceClass, long priceMicros, long quantityUnits) {
    return by(account, () -> market.placeOffer(account, resourceClass, priceMicros, quantityUnits));
  }

  @Override
  public int cancelOffer(int account, long order) {
    return by(account, () -> market.cancelOffer(account, order));
  }

  @Override
  public int submitJob(
      int account,
      long program0,
      long program1,
      long program2,
      long program3,
      long input0,
      long input1,
      long input2,
      long input3,
      long secretHash0,
      long secretHash1,
      long secretHash2,
      long secretHash3,
      int resourceClass,
      int itemCount,
      int tier,
      int validators,
      int inputPolicy,
      long maxUnits,
      long limitPriceMicros,
      long maxCostMicros,
      long runWindowMs,
      long waitMs) {
    Command.SubmitJob command =
        new Command.SubmitJob(
            new Hash32(program0, program1, program2, program3),
            new Hash32(input0, input1, input2, input3),
            new Hash32(secretHash0, secretHash1, secretHash2, secretHash3),
            resourceClass,
            itemCount,
            tier,
            validators,
            inputPolicy,
            maxUnits,
            limitPriceMicros,
            maxCostMicros,
            runWindowMs,
            waitMs);
    return byAnyone(account, () -> submission.submit(account, command, admission.mandate()));
  }

  @Override
  public int commitResult(
      int account,
      long job,
      long saltedResult0,
      long saltedResult1,
      long saltedResult2,
      long saltedResult3,
      long itemsRoot0,
      long itemsRoot1,
      long itemsRoot2,
      long itemsRoot3) {
    Command.CommitResult command =
        new Command.CommitResult(
            job,
            new Hash32(saltedResult0, saltedResult1, saltedResult2, saltedResult3),
            new Hash32(itemsRoot0, itemsRoot1, itemsRoot2, itemsRoot3));
    return by(account, () -> course.commit(account, command));
  }

  @Override
  public int revealSecret(
      int account, long job, long secret0, long secret1, long secret2, long secret3) {
    Command.RevealSecret command =
        new Command.RevealSecret(job, new Hash32(secret0, secret1, secret2, secret3));
    return byAnyone(account, () -> course.reveal(account, command));
  }

  @Override
  public int openResult(
      int account,
      long job,
      long resultRoot0,
      long resultRoot1,
      long resultRoot2,
      long resultRoot3,
      long units,
      long salt0,
      long salt1,
      long salt2,
      long salt3,
      long body0,
      long body1,
      long body2,
      long body3,
      long heldUntilMs) {
    Command.OpenResult command =
        new Command.OpenResult(
            job,
            new Hash32(resultRoot0, resultRoot1, resultRoot2, resultRoot3),
            units,
            new Hash32(salt0, salt1, salt2, salt3),
            new Hash32(body0, body1, body2, body3),
            heldUntilMs,
            Hash32.ZERO,
            Hash32.ZERO);
    return by(account, () -> course.openResult(account, command));
  }

  @Override
  public int sealVerdict(
      int account, long job, int round, long seal0, long seal1, long seal2, long seal3) {
    Command.SealVerdict command =
        new Command.SealVerdict(job, round, new Hash32(seal0, seal1, seal2, seal3));
    return by(account, () -> course.seal(account, command));
  }

  @Override
  public int openVerdict(
      int account,
      long job,
      int round,
      int verdict,
      long resultRoot0,
      long resultRoot1,
      long resultRoot2,
      long resultRoot3,
      long units,
      long salt0,
      long salt1,
      long salt2,
      long salt3) {
    Command.OpenVerdict command =
        new Command.OpenVerdict(
            job,
            round,
            verdict,
            new Hash32(resultRoot0, resultRoot1, resultRoot2, resultRoot3),
            units,
            new Hash32(salt0, salt1, salt2, salt3));
    return by(account, () -> course.openVerdict(account, command));
  }

  @Override
  public int cancelJob(int account, long job) {
    return byAnyone(account, () -> waiting.cancel(account, job, admission.mandate()));
  }

  @Override
  public int closeJob(int account, long job) {
    return byAnyone(account, () -> course.close(job));
  }

  @Override
  public int grantMandate(
      int account,
      long key0,
      long key1,
      int key2,
      long amountMicros,
      long expiresMs,
      long classes) {
    Command.GrantMandate command =
        new Command.GrantMandate(new Address(key0, key1, key2), amountMicros, expiresMs, classes);
    return by(account, () -> mandates.grant(account, command));
  }

  @Override
  public int allowPayee(int account, long mandate, int payee) {
    return by(account, () -> mandates.allowPayee(account, mandate, payee));
  }

  @Override
  public int revokeMandate(int account, long mandate) {
    return by(account, () -> mandates.revoke(account, mandate));
  }

  @Override
  public int nameOwner(int account, long newOwner0, long newOwner1, int newOwner2) {
    Address next = new Address(newOwner0, newOwner1, newOwner2);
    return by(account, () -> owners.name(account, next));
  }

  @Override
  public int acceptOwner(int account) {
    if (account == 0) {
      return UNKNOWN_ACCOUNT.number();
    }
    if (admission.mandate().isPresent()) {
      return NOT_IN_MANDATE.number();
    }
    return owners.accept(account, admission.signer());
  }

  @Override
  public int activateRules(int version) {
    if (version != Genesis.RULES_VERSION || state.active) {
      return MALFORMED.number();
    }
    state.active = true;
    state.sink.rulesActivated(version);
    state.register(state.genesis.treasury());
    for (Genesis.Allocation allocation : state.genesis.allocations()) {
      int account =
          state.accountOf(allocation.owner()).orElseGet(() -> state.register(allocation.owner()));
      state.post(
          BigInteger.valueOf(allocation.amountMicros()),
          new NaiveState.Holder(HolderKind.GENESIS, 0, allocation.asset()),
          new NaiveState.Holder(HolderKind.FREE, account, allocation.asset()),
          Cause.GENESIS,
          0);
    }
    return DONE;
  }

  @Override
  public int tick() {
    if (!state.active) {
      return MALFORMED.number();
    }
    course.tick();
    return DONE;
  }

  @Override
  public int beacon(
      long slot,
      long preimage0,
      long preimage1,
      long preimage2,
      long preimage3,
      long nextHead0,
      long nextHead1,
      long nextHead2,
      long nextHead3) {
    if (!state.active) {
      return MALFORMED.number();
    }
    return draw.beacon(
        slot,
        new Hash32(preimage0, preimage1, preimage2, preimage3),
        new Hash32(nextHead0, nextHead1, nextHead2, nextHead3));
  }

  @Override
  public int recordOutage(long durationMs) {
    if (!state.active) {
      return MALFORMED.number();
    }
    if (durationMs < 1) {
      return INVALID_AMOUNT.number();
    }
    state.sink.outageRecorded(durationMs);
    return DONE;
  }
}
