package ai.ubc.engine;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.Keccak;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.StateMachine;
import ai.ubc.engine.job.TransitionTable;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/**
 * The ledger's state machine: {@code docs/spec/ledger.md}. The same entries give the same codes,
 * events and snapshot on every machine; nothing but the arguments enters. This class sees that an
 * entry's calls come in order and that who gives a command may; the rules are in the packages.
 *
 * <p>One thread. Allocates only while tables grow; see {@link EngineLimits}. Calls that come out of
 * order, and broken invariants, throw {@link IllegalStateException}: the node must then halt.
 */
public final class Engine implements StateMachine {
  private final EngineParts parts;
  private final Turn turn;
  private int rulesVersion;
  private long seq;
  private long nowMs;

  /** An engine where nobody chooses keys to slow it down (replays, tests): with a known seed. */
  public Engine(
      Genesis genesis, Hash32 genesisHash, Keccak keccak, EventSink events, EngineLimits limits) {
    this(genesis, genesisHash, keccak, events, limits, genesisHash.word0());
  }

  /**
   * An engine before the first entry.
   *
   * @param genesis what the network starts from
   * @param genesisHash its hash, which commitments and draws are bound to
   * @param keccak used by this engine alone
   * @param events takes what the ledger does, during the calls
   * @param limits how much the ledger holds, the same on every node
   * @param indexSeed where records fall in lookup tables; changes no code, event or snapshot.
   *     Random and secret on a node: who knows it can choose nonces that slow every lookup
   * @throws IllegalArgumentException when genesis has more accounts than the limits allow
   */
  public Engine(
      Genesis genesis,
      Hash32 genesisHash,
      Keccak keccak,
      EventSink events,
      EngineLimits limits,
      long indexSeed) {
    parts = new EngineParts(genesis, genesisHash, keccak, events, limits, indexSeed);
    turn = new Turn(parts.admission);
  }

  /** As the other, with a known seed. */
  public static Engine restore(
      Genesis genesis,
      Hash32 hash,
      Keccak keccak,
      EventSink events,
      EngineLimits limits,
      SnapshotSource source) {
    return restore(genesis, hash, keccak, events, limits, hash.word0(), source);
  }

  /**
   * An engine that continues where a snapshot was taken.
   *
   * @param indexSeed as in the constructor; another one than the snapshot's engine had will do
   * @throws IllegalArgumentException when the snapshot is of another network or another version
   */
  public static Engine restore(
      Genesis genesis,
      Hash32 genesisHash,
      Keccak keccak,
      EventSink events,
      EngineLimits limits,
      long indexSeed,
      SnapshotSource source) {
    Engine engine = new Engine(genesis, genesisHash, keccak, events, limits, indexSeed);
    SnapshotHeader.check(source, genesisHash);
    engine.rulesVersion = source.getInt();
    engine.seq = source.getLong();
    engine.nowMs = source.getLong();
    engine.parts.restoreFrom(source);
    return engine;
  }

  /**
   * Writes the whole state in its canonical order; the same state gives the same primitives
   * whatever led to it.
   *
   * @throws IllegalStateException within an entry
   */
  public void snapshotTo(SnapshotSink sink) {
    turn.requireBetweenEntries();
    SnapshotHeader.put(sink, parts.genesisHash);
    sink.putInt(rulesVersion);
    sink.putLong(seq);
    sink.putLong(nowMs);
    parts.snapshotTo(sink);
  }

  /** Position of the last entry; 0 before the first. */
  public long lastSeq() {
    return seq;
  }

  /** The earliest deadline, log time in milliseconds; {@link Long#MAX_VALUE} for none. */
  public long nextDeadlineMs() {
    return parts.jobs.nextDeadlineMs();
  }

  /** Whether a job waits for the next beacon slot. */
  public boolean beaconWanted() {
    return parts.jobs.isBeaconWanted();
  }

  /** The last beacon slot that was opened; 0 before the first. */
  public long beaconSlot() {
    return parts.beacon.slot();
  }

  /** What the next beacon preimage must hash to; allocates, for the cold path. */
  public Hash32 beaconHead() {
    return parts.beacon.head();
  }

  /** Whether the rules have been activated: the log's first entry. */
  public boolean isActive() {
    return rulesVersion != 0;
  }

  /** Number of open jobs. */
  public int openJobs() {
    return parts.jobs.count();
  }

  /** Number of commands that are remembered within their validity. */
  public int rememberedCommands() {
    return parts.admission.count();
  }

  /**
   * What a holder has, micro-units; 0 for a holder that does not exist, and for {@code GENESIS}
   * minus what it allocated, so all holders of an asset sum to 0. For the cold path.
   */
  public long balanceMicros(HolderKind kind, long id, int asset) {
    return parts.ledger.balanceMicros(kind, id, asset);
  }

  /** The course of a job as a table, with how often each row was taken. */
  public TransitionTable transitions() {
    return parts.course.table();
  }

  @Override
  public void begin(long entrySeq, long logTimeMs) {
    if (entrySeq != seq + 1 || logTimeMs < nowMs) {
      throw new IllegalStateException(
          "entry " + entrySeq + " at " + logTimeMs + " after entry " + seq + " at " + nowMs);
    }
    turn.begin();
    seq = entrySeq;
    nowMs = logTimeMs;
    parts.ledger.begin(logTimeMs);
    parts.offers.begin();
    parts.admission.begin(logTimeMs);
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
    turn.judge();
    if (!isActive()) {
      return Refusal.MALFORMED.number();
    }
    int code =
        parts.admission.admit(
            nowMs,
            signer0,
            signer1,
            signer2,
            account,
            nonce,
            notAfterMs,
            commandHash0,
            commandHash1,
            commandHash2,
            commandHash3);
    if (parts.admission.isAdmitted()) {
      turn.admit();
    }
    return code;
  }

  @Override
  public void end(int code) {
    turn.end();
    if (code == Refusal.DONE) {
      parts.queue.match();
    }
    parts.admission.end(seq, code);
  }

  @Override
  public long originalSeq() {
    return parts.admission.originalSeq();
  }

  @Override
  public int registerAccount(int account, long owner0, long owner1, int owner2) {
    turn.answerUser();
    if (parts.admission.isNextOwner()) {
      return Refusal.NOT_OWNER.number();
    }
    if (turn.isByKey()) {
      return Refusal.NOT_IN_MANDATE.number();
    }
    return parts.accountCommands.registerAccount(
        account,
        owner0,
        owner1,
        owner2,
        parts.admission.signer0(),
        parts.admission.signer1(),
        parts.admission.signer2());
  }

  @Override
  public int transfer(int account, int toAccount, int asset, long amountMicros) {
    int code = turn.answerKey(account);
    return code != Refusal.DONE
        ? code
        : parts.mandateCommands.transfer(
            parts.admission.mandate(), account, toAccount, asset, amountMicros);
  }

  @Override
  public int bond(int account, int role, long amountMicros) {
    int code = turn.answerOwner(account);
    return code != Refusal.DONE ? code : parts.accountCommands.bond(account, role, amountMicros);
  }

  @Override
  public int unbond(int account, int role, long amountMicros) {
    int code = turn.answerOwner(account);
    return code != Refusal.DONE ? code : parts.accountCommands.unbond(account, role, amountMicros);
  }

  @Override
  public int placeOffer(int account, int resourceClass, long priceMicros, long quantityUnits) {
    int code = turn.answerOwner(account);
    return code != Refusal.DONE
        ? code
        : parts.offers.placeOffer(account, resourceClass, priceMicros, quantityUnits);
  }

  @Override
  public int cancelOffer(int account, long order) {
    int code = turn.answerOwner(account);
    return code != Refusal.DONE ? code : parts.offers.cancelOffer(account, order);
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
    int code = turn.answerKey(account);
    if (code != Refusal.DONE) {
      return code;
    }
    return parts.submission.submitJob(
        account,
        parts.admission.mandate(),
        program0,
        program1,
        program2,
        program3,
        input0,
        input1,
        input2,
        input3,
        secretHash0,
        secretHash1,
        secretHash2,
        secretHash3,
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
  }

  @Override
  public int cancelJob(int account, long job) {
    int code = turn.answerKey(account);
    return code != Refusal.DONE
        ? code
        : parts.queue.cancelJob(account, parts.admission.mandate(), job);
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
    int code = turn.answerOwner(account);
    if (code != Refusal.DONE) {
      return code;
    }
    return parts.partyMessages.commitResult(
        account,
        job,
        saltedResult0,
        saltedResult1,
        saltedResult2,
        saltedResult3,
        itemsRoot0,
        itemsRoot1,
        itemsRoot2,
        itemsRoot3);
  }

  @Override
  public int revealSecret(
      int account, long job, long secret0, long secret1, long secret2, long secret3) {
    int code = turn.answerKey(account);
    return code != Refusal.DONE
        ? code
        : parts.partyMessages.revealSecret(account, job, secret0, secret1, secret2, secret3);
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
    int code = turn.answerOwner(account);
    return code != Refusal.DONE
        ? code
        : parts.partyMessages.openResult(
            account,
            job,
            resultRoot0,
            resultRoot1,
            resultRoot2,
            resultRoot3,
            units,
            salt0,
            salt1,
            salt2,
            salt3,
            body0,
            body1,
            body2,
            body3,
            heldUntilMs);
  }

  @Override
  public int sealVerdict(
      int account, long job, int round, long seal0, long seal1, long seal2, long seal3) {
    int code = turn.answerOwner(account);
    return code != Refusal.DONE
        ? code
        : parts.verdictMessages.sealVerdict(account, job, round, seal0, seal1, seal2, seal3);
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
    int code = turn.answerOwner(account);
    if (code != Refusal.DONE) {
      return code;
    }
    return parts.verdictMessages.openVerdict(
        account,
        job,
        round,
        verdict,
        resultRoot0,
        resultRoot1,
        resultRoot2,
        resultRoot3,
        units,
        salt0,
        salt1,
        salt2,
        salt3);
  }

  @Override
  public int closeJob(int account, long job) {
    int code = turn.answerKey(account);
    return code != Refusal.DONE ? code : parts.course.closeJob(job);
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
    int code = turn.answerOwner(account);
    return code != Refusal.DONE
        ? code
        : parts.mandateCommands.grantMandate(
            account, key0, key1, key2, amountMicros, expiresMs, classes);
  }

  @Override
  public int allowPayee(int account, long mandate, int payee) {
    int code = turn.answerOwner(account);
    return code != Refusal.DONE ? code : parts.mandateCommands.allowPayee(account, mandate, payee);
  }

  @Override
  public int revokeMandate(int account, long mandate) {
    int code = turn.answerOwner(account);
    return code != Refusal.DONE ? code : parts.mandateCommands.revokeMandate(account, mandate);
  }

  @Override
  public int nameOwner(int account, long newOwner0, long newOwner1, int newOwner2) {
    int code = turn.answerOwner(account);
    return code != Refusal.DONE
        ? code
        : parts.ownerCommands.nameOwner(account, newOwner0, newOwner1, newOwner2);
  }

  @Override
  public int acceptOwner(int account) {
    turn.answerUser();
    if (account == 0) {
      return Refusal.UNKNOWN_ACCOUNT.number();
    }
    if (!parts.admission.isNextOwner()) {
      return turn.isByKey() ? Refusal.NOT_IN_MANDATE.number() : Refusal.ALREADY_DONE.number();
    }
    return parts.ownerCommands.acceptOwner(
        account, parts.admission.signer0(), parts.admission.signer1(), parts.admission.signer2());
  }

  @Override
  public int activateRules(int version) {
    turn.answerSystem();
    if (version != Genesis.RULES_VERSION || isActive()) {
      return Refusal.MALFORMED.number();
    }
    rulesVersion = version;
    parts.accountCommands.activate(parts.genesis, parts.events);
    return Refusal.DONE;
  }

  @Override
  public int tick() {
    turn.answerSystem();
    return isActive() ? parts.course.tick() : Refusal.MALFORMED.number();
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
    turn.answerSystem();
    if (!isActive()) {
      return Refusal.MALFORMED.number();
    }
    return parts.course.beacon(
        slot, preimage0, preimage1, preimage2, preimage3, nextHead0, nextHead1, nextHead2,
        nextHead3);
  }

  @Override
  public int recordOutage(long durationMs) {
    turn.answerSystem();
    if (!isActive()) {
      return Refusal.MALFORMED.number();
    }
    if (durationMs < 1) {
      return Refusal.INVALID_AMOUNT.number();
    }
    parts.events.outageRecorded(durationMs);
    return Refusal.DONE;
  }
}
