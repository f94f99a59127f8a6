package ai.ubc.testkit.twin;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.Keccak;
import ai.ubc.domain.LockKind;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything the ledger knows, and the few changes that emit an event each. */
final class NaiveState {
  /** Who holds an asset. */
  record Holder(HolderKind kind, long id, int asset) implements Comparable<Holder> {
    @Override
    public int compareTo(Holder other) {
      return Comparator.comparing(Holder::kind)
          .thenComparingLong(Holder::id)
          .thenComparingInt(Holder::asset)
          .compare(this, other);
    }
  }

  final Genesis genesis;
  final Hash32 genesisHash;
  final Keccak keccak;
  final EventSink sink;
  final NaiveCapacity capacity;
  final NaiveAmounts amounts;
  final SortedMap<Integer, Address> owners = new TreeMap<>();
  final SortedMap<Integer, Address> nextOwners = new TreeMap<>();
  final SortedMap<Long, NaiveOffer> offers = new TreeMap<>();
  final SortedMap<Long, NaiveJob> jobs = new TreeMap<>();
  final SortedMap<Long, NaiveLock> locks = new TreeMap<>();
  final SortedMap<Long, NaiveMandate> mandates = new TreeMap<>();
  private final SortedMap<Holder, BigInteger> balances = new TreeMap<>();
  private final SortedMap<Holder, Long> lastDuties = new TreeMap<>();
  long seq;
  long now;
  boolean active;
  long lastOrder;
  long lastLease;
  long lastJob;
  private long lastLock;
  private long beaconQueue;
  // Whether waiting jobs are looked at after this entry (JOB-008), and whose turn it is.
  boolean hasNewSupply;
  Optional<Long> turn = Optional.empty();
  long lastSlot;
  Hash32 beaconHead;

  NaiveState(
      Genesis genesis, Hash32 genesisHash, Keccak keccak, EventSink sink, NaiveCapacity capacity) {
    this.genesis = genesis;
    this.genesisHash = genesisHash;
    this.keccak = keccak;
    this.sink = sink;
    this.capacity = capacity;
    this.amounts = new NaiveAmounts(genesis.parameters());
    this.beaconHead = genesis.beaconHead();
  }

  static Holder free(int account) {
    return new Holder(HolderKind.FREE, account, Asset.COMPUTE);
  }

  static Holder providerBond(int account) {
    return new Holder(HolderKind.BOND_PROVIDER, account, Asset.COMPUTE);
  }

  static Holder validatorBond(int account) {
    return new Holder(HolderKind.BOND_VALIDATOR, account, Asset.COMPUTE);
  }

  static Holder lock(NaiveLock lock) {
    return new Holder(HolderKind.LOCK, lock.number(), Asset.COMPUTE);
  }

  static Holder burned() {
    return new Holder(HolderKind.BURNED, 0, Asset.COMPUTE);
  }

  BigInteger balance(Holder holder) {
    return balances.getOrDefault(holder, BigInteger.ZERO);
  }

  boolean has(Holder holder, long amountMicros) {
    return balance(holder).compareTo(BigInteger.valueOf(amountMicros)) >= 0;
  }

  Optional<Long> lastDuty(Holder bond) {
    return Optional.ofNullable(lastDuties.get(bond));
  }

  long openOffers(int account) {
    return offers.values().stream().filter(offer -> offer.account() == account).count();
  }

  /** Registers the next account. */
  int register(Address owner) {
    int account = owners.size() + 1;
    owners.put(account, owner);
    sink.accountRegistered(account, owner.word0(), owner.word1(), owner.word2());
    return account;
  }

  Optional<Integer> accountOf(Address owner) {
    return owners.entrySet().stream()
        .filter(entry -> entry.getValue().equals(owner))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Moves money; nothing happens for 0 (NUM-003). */
  void post(BigInteger amount, Holder from, Holder to, Cause cause, long job) {
    if (amount.signum() == 0) {
      return;
    }
    if (amount.signum() < 0) {
      throw new IllegalStateException("negative: " + amount);
    }
    if (from.kind() != HolderKind.GENESIS) {
      BigInteger left = balance(from).subtract(amount);
      if (left.signum() < 0) {
        throw new IllegalStateException(from + " holds too little for " + amount);
      }
      balances.put(from, left);
    }
    balances.put(to, balance(to).add(amount));
    noteDuty(from, to);
    if (isBond(to)) {
      hasNewSupply = true;
    }
    sink.posted(
        from.asset(),
        amount.longValueExact(),
        from.kind().code(),
        from.id(),
        to.kind().code(),
        to.id(),
        cause.code(),
        job);
  }

  private static boolean isBond(Holder holder) {
    return holder.kind() == HolderKind.BOND_PROVIDER || holder.kind() == HolderKind.BOND_VALIDATOR;
  }

  // BND-003
  private void noteDuty(Holder from, Holder to) {
    if (isBond(from) && to.kind() == HolderKind.LOCK) {
      lastDuties.put(from, now);
    }
    if (from.kind() == HolderKind.FREE && isBond(to)) {
      lastDuties.put(to, now);
    }
    if (from.kind() == HolderKind.LOCK) {
      NaiveLock lock = Objects.requireNonNull(locks.get(from.id()));
      if (lock.kind() == LockKind.PROVIDER_BOND) {
        lastDuties.put(providerBond(lock.payer()), now);
      }
      if (lock.kind() == LockKind.DUTY_BOND) {
        lastDuties.put(validatorBond(lock.payer()), now);
      }
    }
  }

  /** Opens a lock and fills it; no lock is opened for 0 (NUM-003). */
  Optional<NaiveLock> open(NaiveJob job, LockKind kind, Holder payer, BigInteger amount) {
    if (amount.signum() == 0) {
      return Optional.empty();
    }
    NaiveLock lock = new NaiveLock(++lastLock, job.number(), kind, (int) payer.id());
    locks.put(lock.number(), lock);
    sink.lockOpened(lock.number(), job.number(), kind.code(), lock.payer(), lock.payer());
    post(amount, payer, lock(lock), Cause.ESCROW, job.number());
    return Optional.of(lock);
  }

  /** Opens and fills one of the locks of a job's parties. */
  void lock(NaiveJob job, LockKind kind, Holder payer, BigInteger amount) {
    open(job, kind, payer, amount).ifPresent(lock -> job.locks.put(kind, lock));
  }

  /** Moves all that a lock holds. */
  void empty(NaiveJob job, NaiveLock lock, Holder to, Cause cause) {
    post(balance(lock(lock)), lock(lock), to, cause, job.number());
  }

  void close(NaiveJob job, JobEnding ending) {
    change(job, JobState.CLOSED, 0);
    sink.jobClosed(job.number(), ending.code());
    jobs.remove(job.number());
  }

  /** Moves a job to a state; deadline 0 means none. */
  void change(NaiveJob job, JobState to, long deadlineMs) {
    int from = job.state == null ? 0 : job.state.code();
    job.state = to;
    job.deadlineMs = deadlineMs;
    if (to == JobState.AWAITING_BEACON) {
      job.awaitsBeaconSince = ++beaconQueue;
    }
    sink.jobStateChanged(job.number(), from, to.code(), deadlineMs);
  }

  /** Eligible for a job of these parties at this price, in order of account number (JOB-004). */
  List<Integer> eligible(int requester, int provider, BigInteger price) {
    BigInteger duty = amounts.dutyBond(price);
    BigInteger least = BigInteger.valueOf(genesis.parameters().bondMinMicros());
    List<Integer> result = new ArrayList<>();
    for (int account : owners.keySet()) {
      BigInteger bond = balance(validatorBond(account));
      if (account != requester
          && account != provider
          && bond.compareTo(duty) >= 0
          && bond.compareTo(least) >= 0) {
        result.add(account);
      }
    }
    return result;
  }

  /** A Keccak message that starts with an 8-character tag. */
  Keccak hash(String tag) {
    return keccak.begin().putBytes(tag.getBytes(StandardCharsets.US_ASCII), 0, tag.length());
  }

  static Keccak put(Keccak message, Hash32 hash) {
    return message.putHash(hash.word0(), hash.word1(), hash.word2(), hash.word3());
  }

  static Hash32 finish(Keccak message) {
    message.end();
    return message.digest();
  }
}
