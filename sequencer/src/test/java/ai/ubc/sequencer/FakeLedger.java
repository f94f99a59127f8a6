package ai.ubc.sequencer;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.StateMachine;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The least ledger that has something of everything the sequencer drives: a transfer adds to a sum,
 * a job is a deadline, closing a job asks for a beacon, a bond of 13 is a broken invariant.
 */
final class FakeLedger implements Ledger, StateMachine {
  static final long UNLUCKY = 13;

  private record Remembered(long hash, int code, long seq) {}

  private record Job(long number, long deadlineMs) {}

  private final EventSink events;
  private final TreeMap<Long, Remembered> byNonce = new TreeMap<>();
  private final List<Job> jobs = new ArrayList<>();
  private final KeccakHash keccak = new KeccakHash();
  private Hash32 head;
  private long slot;
  private boolean beaconWanted;
  private long jobsOpened;
  private long sum;
  private long seq;
  private long nowMs;
  private long nonce;
  private long hash;
  private boolean admitted;
  private long originalSeq;

  private FakeLedger(Genesis genesis, EventSink events) {
    this.events = events;
    this.head = genesis.beaconHead();
  }

  static Factory factory() {
    return new Factory() {
      @Override
      public Ledger create(Genesis genesis, Hash32 genesisHash, EventSink events) {
        return new FakeLedger(genesis, events);
      }

      @Override
      public Ledger restore(
          Genesis genesis, Hash32 genesisHash, EventSink events, SnapshotSource source) {
        FakeLedger ledger = new FakeLedger(genesis, events);
        ledger.read(source);
        return ledger;
      }
    };
  }

  @Override
  public StateMachine machine() {
    return this;
  }

  @Override
  public long nextDeadlineMs() {
    return jobs.stream().mapToLong(Job::deadlineMs).min().orElse(NO_DEADLINE);
  }

  @Override
  public boolean isBeaconWanted() {
    return beaconWanted;
  }

  @Override
  public long beaconSlot() {
    return slot;
  }

  @Override
  public void writeSnapshot(SnapshotSink sink) {
    sink.putLong(seq);
    sink.putLong(nowMs);
    sink.putLong(sum);
    sink.putLong(slot);
    sink.putByte(beaconWanted ? 1 : 0);
    sink.putLong(head.word0());
    sink.putLong(head.word1());
    sink.putLong(head.word2());
    sink.putLong(head.word3());
    sink.putLong(jobsOpened);
    sink.putInt(jobs.size());
    jobs.forEach(job -> {
      sink.putLong(job.number());
      sink.putLong(job.deadlineMs());
    });
    sink.putInt(byNonce.size());
    byNonce.forEach((number, remembered) -> {
      sink.putLong(number);
      sink.putLong(remembered.hash());
      sink.putInt(remembered.code());
      sink.putLong(remembered.seq());
    });
  }

  private void read(SnapshotSource source) {
    seq = source.getLong();
    nowMs = source.getLong();
    sum = source.getLong();
    slot = source.getLong();
    beaconWanted = source.getByte() == 1;
    head = new Hash32(source.getLong(), source.getLong(), source.getLong(), source.getLong());
    jobsOpened = source.getLong();
    for (int left = source.getInt(); left > 0; left--) {
      jobs.add(new Job(source.getLong(), source.getLong()));
    }
    for (int left = source.getInt(); left > 0; left--) {
      byNonce.put(
          source.getLong(), new Remembered(source.getLong(), source.getInt(), source.getLong()));
    }
  }

  @Override
  public void begin(long entrySeq, long logTimeMs) {
    if (entrySeq != seq + 1 || logTimeMs < nowMs) {
      throw new IllegalStateException("entry " + entrySeq + " after " + seq);
    }
    seq = entrySeq;
    nowMs = logTimeMs;
    admitted = false;
    originalSeq = 0;
  }

  @Override
  public int admit(
      long signer0,
      long signer1,
      int signer2,
      int account,
      long commandNonce,
      long notAfterMs,
      long commandHash0,
      long commandHash1,
      long commandHash2,
      long commandHash3) {
    nonce = commandNonce;
    hash = commandHash0;
    Remembered remembered = byNonce.get(commandNonce);
    if (remembered == null) {
      admitted = true;
      return Refusal.DONE;
    }
    if (remembered.hash() != commandHash0) {
      return Refusal.NONCE_REUSED.number();
    }
    originalSeq = remembered.seq();
    return remembered.code();
  }

  @Override
  public void end(int code) {
    if (admitted) {
      byNonce.put(nonce, new Remembered(hash, code, seq));
    }
  }

  @Override
  public long originalSeq() {
    return originalSeq;
  }

  @Override
  public int transfer(int account, int toAccount, int asset, long amountMicros) {
    if (amountMicros < 1) {
      return Refusal.INVALID_AMOUNT.number();
    }
    sum += amountMicros;
    events.posted(asset, amountMicros, 1, account, 1, toAccount, 1, 0);
    return Refusal.DONE;
  }

  @Override
  public int bond(int account, int role, long amountMicros) {
    if (amountMicros == UNLUCKY) {
      throw new IllegalStateException("a broken invariant");
    }
    return Refusal.DONE;
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
    Job job = new Job(++jobsOpened, nowMs + runWindowMs);
    jobs.add(job);
    events.jobStateChanged(job.number(), 0, 1, job.deadlineMs());
    return Refusal.DONE;
  }

  @Override
  public int cancelJob(int account, long job) {
    return Refusal.UNKNOWN_JOB.number();
  }

  @Override
  public int tick() {
    jobs.stream()
        .filter(job -> job.deadlineMs() <= nowMs)
        .forEach(job -> events.jobStateChanged(job.number(), 1, 2, 0));
    jobs.removeIf(job -> job.deadlineMs() <= nowMs);
    return Refusal.DONE;
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
    return Refusal.NOT_IN_MANDATE.number();
  }

  @Override
  public int allowPayee(int account, long mandate, int payee) {
    return Refusal.UNKNOWN_MANDATE.number();
  }

  @Override
  public int revokeMandate(int account, long mandate) {
    return Refusal.UNKNOWN_MANDATE.number();
  }

  @Override
  public int nameOwner(int account, long newOwner0, long newOwner1, int newOwner2) {
    return Refusal.INVALID_OWNER.number();
  }

  @Override
  public int acceptOwner(int account) {
    return Refusal.NOT_OWNER.number();
  }

  @Override
  public int closeJob(int account, long job) {
    beaconWanted = true;
    return Refusal.DONE;
  }

  @Override
  public int beacon(
      long openedSlot,
      long preimage0,
      long preimage1,
      long preimage2,
      long preimage3,
      long nextHead0,
      long nextHead1,
      long nextHead2,
      long nextHead3) {
    keccak.begin().putHash(preimage0, preimage1, preimage2, preimage3).end();
    if (openedSlot != slot + 1 || !keccak.digest().equals(head)) {
      return Refusal.WRONG_BEACON.number();
    }
    slot = openedSlot;
    Hash32 next = new Hash32(nextHead0, nextHead1, nextHead2, nextHead3);
    head = next.isZero() ? new Hash32(preimage0, preimage1, preimage2, preimage3) : next;
    beaconWanted = false;
    events.beaconOpened(
        slot,
        preimage0,
        preimage1,
        preimage2,
        preimage3,
        head.word0(),
        head.word1(),
        head.word2(),
        head.word3());
    return Refusal.DONE;
  }

  @Override
  public int activateRules(int version) {
    events.rulesActivated(version);
    return Refusal.DONE;
  }

  @Override
  public int recordOutage(long durationMs) {
    events.outageRecorded(durationMs);
    return Refusal.DONE;
  }

  @Override
  public int registerAccount(int account, long owner0, long owner1, int owner2) {
    return Refusal.LIMIT_REACHED.number();
  }

  @Override
  public int unbond(int account, int role, long amountMicros) {
    return Refusal.INSUFFICIENT_BOND.number();
  }

  @Override
  public int placeOffer(int account, int resourceClass, long priceMicros, long quantityUnits) {
    return Refusal.LIMIT_REACHED.number();
  }

  @Override
  public int cancelOffer(int account, long order) {
    return Refusal.UNKNOWN_ORDER.number();
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
    return Refusal.UNKNOWN_JOB.number();
  }

  @Override
  public int revealSecret(
      int account, long job, long secret0, long secret1, long secret2, long secret3) {
    return Refusal.UNKNOWN_JOB.number();
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
    return Refusal.UNKNOWN_JOB.number();
  }

  @Override
  public int sealVerdict(
      int account, long job, int round, long seal0, long seal1, long seal2, long seal3) {
    return Refusal.UNKNOWN_JOB.number();
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
    return Refusal.UNKNOWN_JOB.number();
  }
}
