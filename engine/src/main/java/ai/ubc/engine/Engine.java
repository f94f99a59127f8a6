package ai.ubc.engine;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.Keccak;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.StateMachine;
import ai.ubc.engine.admission.Admission;
import ai.ubc.engine.escrow.Escrows;
import ai.ubc.engine.escrow.Settlement;
import ai.ubc.engine.job.JobCourse;
import ai.ubc.engine.job.JobSubmission;
import ai.ubc.engine.job.Jobs;
import ai.ubc.engine.job.PartyMessages;
import ai.ubc.engine.job.TransitionTable;
import ai.ubc.engine.job.VerdictMessages;
import ai.ubc.engine.ledger.AccountCommands;
import ai.ubc.engine.ledger.Accounts;
import ai.ubc.engine.ledger.Ledger;
import ai.ubc.engine.ledger.Locks;
import ai.ubc.engine.market.Offers;
import ai.ubc.engine.market.OrderBook;
import ai.ubc.engine.market.SimpleOrderBook;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;
import ai.ubc.engine.verify.Beacon;
import ai.ubc.engine.verify.Commitments;
import ai.ubc.engine.verify.Draw;
import ai.ubc.engine.verify.Judgement;
import ai.ubc.engine.verify.Panels;

/**
 * The ledger's state machine: {@code docs/spec/ledger.md}. The same entries give the same codes,
 * events and snapshot on every machine; nothing but the arguments enters. This class wires the
 * parts and sees that an entry's calls come in order; the rules are in the packages.
 *
 * <p>One thread. Allocates only while tables grow; see {@link EngineLimits}. Calls that come out of
 * order, and broken invariants, throw {@link IllegalStateException}: the node must then halt.
 */
public final class Engine implements StateMachine {
  private enum Phase {
    BETWEEN_ENTRIES,
    BEGUN,
    ADMITTED,
    ANSWERED
  }

  private final Genesis genesis;
  private final Hash32 genesisHash;
  private final EventSink events;
  private final Ledger ledger;
  private final AccountCommands accountCommands;
  private final Offers offers;
  private final Beacon beacon;
  private final Jobs jobs;
  private final JobCourse course;
  private final JobSubmission submission;
  private final PartyMessages partyMessages;
  private final VerdictMessages verdictMessages;
  private final Admission admission;
  private Phase phase = Phase.BETWEEN_ENTRIES;
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
    if (genesis.allocations().size() >= limits.accounts()) {
      throw new IllegalArgumentException("genesis has more accounts than the ledger holds");
    }
    this.genesis = genesis;
    this.genesisHash = genesisHash;
    this.events = events;
    GenesisParameters parameters = genesis.parameters();
    int jobsMax = limits.openJobs();
    int validatorsMax = parameters.validatorsMax();
    Accounts accounts = new Accounts(limits.accounts(), indexSeed);
    Locks locks = new Locks(jobsMax * (5 + validatorsMax));
    ledger = new Ledger(accounts, locks, events, parameters.bondMinMicros());
    OrderBook book =
        new SimpleOrderBook(
            limits.openOffers(),
            indexSeed,
            (handle, maker, taker, price, quantity, rest) -> {
              throw new IllegalStateException("offer " + taker + " traded with offer " + maker);
            });
    offers = new Offers(parameters, accounts, book, events);
    accountCommands =
        new AccountCommands(ledger, parameters.bondUnlockMs(), offers::bondBehindOffersOf);
    Escrows escrows = new Escrows(jobsMax, ledger, new Settlement(parameters), events);
    int dutiesMax = jobsMax * validatorsMax * (1 + parameters.redrawsMax());
    Panels panels = new Panels(jobsMax, dutiesMax, ledger, events);
    Commitments commitments = new Commitments(keccak, genesisHash);
    beacon = new Beacon(genesis.beaconHead(), commitments, events);
    Draw draw = new Draw(panels, ledger, beacon, commitments, events);
    Judgement judgement = new Judgement(panels, parameters.agreement(), validatorsMax);
    jobs = new Jobs(jobsMax, indexSeed, escrows, panels);
    course =
        new JobCourse(parameters, jobs, escrows, panels, draw, judgement, beacon, ledger, events);
    submission =
        new JobSubmission(
            parameters, accounts, offers, escrows, panels, draw, jobs, course, events);
    partyMessages =
        new PartyMessages(parameters, jobs, panels, course, commitments, ledger, events);
    verdictMessages = new VerdictMessages(jobs, panels, course, commitments);
    admission = new Admission(parameters, accounts, limits.rememberedCommands(), indexSeed);
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
    engine.ledger.restoreFrom(source);
    engine.offers.restoreFrom(source);
    engine.beacon.restoreFrom(source);
    engine.jobs.restoreFrom(source);
    engine.admission.restoreFrom(source);
    return engine;
  }

  /**
   * Writes the whole state in its canonical order; the same state gives the same primitives
   * whatever led to it.
   *
   * @throws IllegalStateException within an entry
   */
  public void snapshotTo(SnapshotSink sink) {
    require(phase == Phase.BETWEEN_ENTRIES);
    SnapshotHeader.put(sink, genesisHash);
    sink.putInt(rulesVersion);
    sink.putLong(seq);
    sink.putLong(nowMs);
    ledger.snapshotTo(sink);
    offers.snapshotTo(sink);
    beacon.snapshotTo(sink);
    jobs.snapshotTo(sink);
    admission.snapshotTo(sink);
  }

  /** Position of the last entry; 0 before the first. */
  public long lastSeq() {
    return seq;
  }

  /** The earliest deadline, log time in milliseconds; {@link Long#MAX_VALUE} for none. */
  public long nextDeadlineMs() {
    return jobs.nextDeadlineMs();
  }

  /** Whether a job waits for the next beacon slot. */
  public boolean beaconWanted() {
    return jobs.isBeaconWanted();
  }

  /** The last beacon slot that was opened; 0 before the first. */
  public long beaconSlot() {
    return beacon.slot();
  }

  /** What the next beacon preimage must hash to; allocates, for the cold path. */
  public Hash32 beaconHead() {
    return beacon.head();
  }

  /** Whether the rules have been activated: the log's first entry. */
  public boolean isActive() {
    return rulesVersion != 0;
  }

  /** Number of open jobs. */
  public int openJobs() {
    return jobs.count();
  }

  /** Number of commands that are remembered within their validity. */
  public int rememberedCommands() {
    return admission.count();
  }

  /**
   * What a holder has, micro-units; 0 for a holder that does not exist, and for {@code GENESIS}
   * minus what it allocated, so all holders of an asset sum to 0. For the cold path.
   */
  public long balanceMicros(HolderKind kind, long id, int asset) {
    return ledger.balanceMicros(kind, id, asset);
  }

  /** The course of a job as a table, with how often each row was taken. */
  public TransitionTable transitions() {
    return course.table();
  }

  @Override
  public void begin(long entrySeq, long logTimeMs) {
    require(phase == Phase.BETWEEN_ENTRIES && entrySeq == seq + 1 && logTimeMs >= nowMs);
    phase = Phase.BEGUN;
    seq = entrySeq;
    nowMs = logTimeMs;
    ledger.begin(logTimeMs);
    admission.begin(logTimeMs);
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
    require(phase == Phase.BEGUN);
    phase = Phase.ANSWERED;
    if (!isActive()) {
      return Refusal.MALFORMED.number();
    }
    int code =
        admission.admit(
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
    if (admission.isAdmitted()) {
      phase = Phase.ADMITTED;
    }
    return code;
  }

  @Override
  public void end(int code) {
    require(phase != Phase.BETWEEN_ENTRIES);
    phase = Phase.BETWEEN_ENTRIES;
    admission.end(seq, code);
  }

  @Override
  public long originalSeq() {
    return admission.originalSeq();
  }

  @Override
  public int registerAccount(int account, long owner0, long owner1, int owner2) {
    answerUser();
    return accountCommands.registerAccount(
        account,
        owner0,
        owner1,
        owner2,
        admission.signer0(),
        admission.signer1(),
        admission.signer2());
  }

  @Override
  public int transfer(int account, int toAccount, int asset, long amountMicros) {
    answerUser();
    return account == 0
        ? unknownAccount()
        : accountCommands.transfer(account, toAccount, asset, amountMicros);
  }

  @Override
  public int bond(int account, int role, long amountMicros) {
    answerUser();
    return account == 0 ? unknownAccount() : accountCommands.bond(account, role, amountMicros);
  }

  @Override
  public int unbond(int account, int role, long amountMicros) {
    answerUser();
    return account == 0 ? unknownAccount() : accountCommands.unbond(account, role, amountMicros);
  }

  @Override
  public int placeOffer(int account, int resourceClass, long priceMicros, long quantityUnits) {
    answerUser();
    return account == 0
        ? unknownAccount()
        : offers.placeOffer(account, resourceClass, priceMicros, quantityUnits);
  }

  @Override
  public int cancelOffer(int account, long order) {
    answerUser();
    return account == 0 ? unknownAccount() : offers.cancelOffer(account, order);
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
      long runWindowMs) {
    answerUser();
    if (account == 0) {
      return unknownAccount();
    }
    return submission.submitJob(
        account,
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
        runWindowMs);
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
    answerUser();
    if (account == 0) {
      return unknownAccount();
    }
    return partyMessages.commitResult(
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
    answerUser();
    return account == 0
        ? unknownAccount()
        : partyMessages.revealSecret(account, job, secret0, secret1, secret2, secret3);
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
    answerUser();
    return account == 0
        ? unknownAccount()
        : partyMessages.openResult(
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
    answerUser();
    return account == 0
        ? unknownAccount()
        : verdictMessages.sealVerdict(account, job, round, seal0, seal1, seal2, seal3);
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
    answerUser();
    if (account == 0) {
      return unknownAccount();
    }
    return verdictMessages.openVerdict(
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
    answerUser();
    return account == 0 ? unknownAccount() : course.closeJob(job);
  }

  @Override
  public int activateRules(int version) {
    answerSystem();
    if (version != Genesis.RULES_VERSION || isActive()) {
      return Refusal.MALFORMED.number();
    }
    rulesVersion = version;
    accountCommands.activate(genesis, events);
    return Refusal.DONE;
  }

  @Override
  public int tick() {
    answerSystem();
    return isActive() ? course.tick() : Refusal.MALFORMED.number();
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
    answerSystem();
    if (!isActive()) {
      return Refusal.MALFORMED.number();
    }
    return course.beacon(
        slot, preimage0, preimage1, preimage2, preimage3, nextHead0, nextHead1, nextHead2,
        nextHead3);
  }

  @Override
  public int recordOutage(long durationMs) {
    answerSystem();
    if (!isActive()) {
      return Refusal.MALFORMED.number();
    }
    if (durationMs < 1) {
      return Refusal.INVALID_AMOUNT.number();
    }
    events.outageRecorded(durationMs);
    return Refusal.DONE;
  }

  private void answerUser() {
    require(phase == Phase.ADMITTED);
    phase = Phase.ANSWERED;
  }

  private void answerSystem() {
    require(phase == Phase.BEGUN);
    phase = Phase.ANSWERED;
  }

  private static int unknownAccount() {
    return Refusal.UNKNOWN_ACCOUNT.number();
  }

  private void require(boolean isInOrder) {
    if (!isInOrder) {
      throw new IllegalStateException("a call out of order in entry " + seq + ", phase " + phase);
    }
  }
}
