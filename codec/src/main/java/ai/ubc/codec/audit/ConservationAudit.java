package ai.ubc.codec.audit;

import ai.ubc.codec.audit.Books.Holder;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.LockKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks from a ledger's events that its money is conserved. For each entry of the journal, from
 * the first, in order: {@link #begin}, its events, {@link #end}. Checked after every entry: per
 * asset, all that is held and burned is what genesis allocated (LAW-001); no holder is negative and
 * nothing wraps (LAW-002); a job's locks are empty when it closes, and it closes once (LAW-003);
 * what is called burned was posted to nobody, and nothing else was (LAW-004); what a settlement
 * claims is what was posted (SET-001, SET-003); a job costs its requester at most price, fee and
 * checking as agreed (LAW-005; that they fit maxCost is not in the events); a job that its provider
 * failed cost the requester nothing (LAW-006); no judge is a party (LAW-007); what counts against a
 * mandate is what its jobs and transfers cost, at most its amount (LAW-008); and who takes an
 * account over was named, owns no other, and finds every mandate ended and no money moved
 * (LAW-009). Memory grows with accounts, mandates and open jobs, not with the journal. One thread;
 * violations are collected, never thrown.
 */
public final class ConservationAudit extends OtherEvents {
  /** How many violations a report lists; the rest are counted. */
  public static final int VIOLATIONS_KEPT = 1_000;

  private final Books books = new Books();
  private final Map<Long, JobTrail> jobs = new TreeMap<>();
  private final Map<Long, JobTrail.Lock> locks = new HashMap<>();
  private final Map<Long, MandateTrail> mandates = new HashMap<>();
  private final OwnerTrail owners = new OwnerTrail();
  private final Map<Integer, BigInteger> knownGaps = new HashMap<>();
  private final TreeSet<Integer> touchedAssets = new TreeSet<>();
  private final List<Violation> violations = new ArrayList<>();
  private long violationCount;
  private long seq;
  private long events;
  private int lastAccount;
  private long lastJob;
  private long lastLock;
  private long submittedNow;
  private long lastMandate;
  private @Nullable Posting transferNow;
  private int changedNow;
  private boolean activated;
  private boolean allocating;

  /** Starts an entry; {@code seq} is one more than the last entry's. */
  public void begin(long seq) {
    long expected = this.seq + 1;
    boolean gap = this.seq != 0 && seq != expected;
    this.seq = seq;
    require(
        !gap, "SEQ", "the entry before should have been " + (seq - 1) + ", not " + (expected - 1));
    events = 0;
    submittedNow = 0;
    transferNow = null;
    changedNow = 0;
    allocating = false;
    touchedAssets.clear();
  }

  /** Ends the entry with its code (0 or a refusal's number) and checks what it did. */
  public void end(int code) {
    require(code == 0 || events == 0, "REFUSED", "code " + code + ", but there are events");
    checkSubmitted();
    require(
        changedNow == 0 || touchedAssets.isEmpty(),
        "LAW-009",
        "money moved when account " + changedNow + " changed its owner");
    for (int asset : touchedAssets) {
      AssetTotals totals = books.totals(asset);
      BigInteger gap = totals.sum().subtract(totals.genesis());
      BigInteger known = knownGaps.getOrDefault(asset, BigInteger.ZERO);
      require(
          gap.equals(known),
          "LAW-001",
          "asset %d: %s held or burned, %s allocated"
              .formatted(asset, totals.sum(), totals.genesis()));
      knownGaps.put(asset, gap);
    }
  }

  /** Whether every law has held so far. */
  public boolean isClean() {
    return violationCount == 0;
  }

  /** The violations so far, oldest first, at most {@link #VIOLATIONS_KEPT}. */
  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** What an account has of an asset now; zeros for one that never held any. */
  public AccountBalance balance(int account, int asset) {
    long locked = 0;
    for (JobTrail.Lock lock : locks.values()) {
      if (lock.payer() == account) {
        locked += books.balance(new Holder(HolderKind.LOCK, lock.lock(), asset));
      }
    }
    return new AccountBalance(
        account,
        asset,
        books.balance(new Holder(HolderKind.FREE, account, asset)),
        books.balance(new Holder(HolderKind.BOND_PROVIDER, account, asset)),
        books.balance(new Holder(HolderKind.BOND_VALIDATOR, account, asset)),
        locked);
  }

  /** The state of the books, with totals counted afresh from every balance. */
  public AuditReport report() {
    List<AssetTotals> recounted = books.recount();
    for (AssetTotals totals : recounted) {
      require(
          totals.equals(books.totals(totals.asset())),
          "LAW-001",
          "asset " + totals.asset() + ": the balances do not add up to the kept totals");
    }
    return new AuditReport(
        seq, recounted, books.accounts(locks), jobs.size(), violationCount, violations);
  }

  @Override
  void seen() {
    events++;
  }

  private void require(boolean holds, String rule, String message) {
    if (holds) {
      return;
    }
    violationCount++;
    if (violations.size() < VIOLATIONS_KEPT) {
      violations.add(new Violation(seq, rule, message));
    }
  }

  // A job's escrow holds what its submission declared, kind by kind.
  private void checkSubmitted() {
    JobTrail trail = jobs.get(submittedNow);
    if (trail == null) {
      return;
    }
    for (LockKind kind : LockKind.values()) {
      long declared = trail.declaredMicros(kind);
      BigInteger held = BigInteger.ZERO;
      for (JobTrail.Lock lock : trail.locks().values()) {
        if (lock.kind() == kind.code()) {
          held = held.add(BigInteger.valueOf(lockBalance(lock)));
        }
      }
      require(
          held.equals(BigInteger.valueOf(declared)),
          "JOB-005",
          "job %d: %s holds %s, declared %d".formatted(submittedNow, kind, held, declared));
    }
  }

  private long lockBalance(JobTrail.Lock lock) {
    return books.balance(new Holder(HolderKind.LOCK, lock.lock(), Asset.COMPUTE));
  }

  @Override
  public void rulesActivated(int version) {
    seen();
    allocating = !activated;
    activated = true;
  }

  @Override
  public void accountRegistered(int account, long owner0, long owner1, int owner2) {
    seen();
    require(account == lastAccount + 1, "NUM-001", "account " + account + " after " + lastAccount);
    lastAccount = Math.max(lastAccount, account);
    require(
        owners.register(account, new Address(owner0, owner1, owner2)),
        "LAW-009",
        "the owner of account " + account + " has another one");
  }

  @Override
  public void ownerNamed(int account, long newOwner0, long newOwner1, int newOwner2) {
    seen();
    require(
        owners.name(account, new Address(newOwner0, newOwner1, newOwner2)),
        "LAW-009",
        "there is no account " + account + " to name an owner for");
  }

  @Override
  public void ownerChanged(int account, long owner0, long owner1, int owner2) {
    seen();
    changedNow = account;
    mandates.values().stream()
        .filter(trail -> trail.account() == account)
        .forEach(MandateTrail::end);
    require(
        owners.change(account, new Address(owner0, owner1, owner2)),
        "LAW-009",
        "account " + account + " went to somebody who was not named or owns another one");
  }

  @Override
  public void mandateRevoked(long mandate) {
    seen();
    MandateTrail trail = mandates.get(mandate);
    if (trail == null) {
      require(false, "LAW-008", "mandate " + mandate + " was never granted");
      return;
    }
    trail.end();
  }

  @Override
  public void posted(
      int asset,
      long amountMicros,
      int fromKind,
      long fromId,
      int toKind,
      long toId,
      int cause,
      long job) {
    seen();
    Posting posting = Posting.of(asset, amountMicros, fromKind, fromId, toKind, toId, cause, job);
    if (posting == null) {
      require(
          false,
          "LAW-002",
          "a posting with unknown codes: " + fromKind + ", " + toKind + ", " + cause);
      return;
    }
    if (amountMicros < 1) {
      require(false, "LAW-002", "not an amount to move: " + posting);
      return;
    }
    touchedAssets.add(asset);
    checkHolder(posting.from(), posting);
    checkHolder(posting.to(), posting);
    checkBurn(posting);
    checkLocks(posting);
    if (posting.from().kind() == HolderKind.GENESIS
        && posting.cause() == Cause.GENESIS
        && allocating) {
      books.allocate(asset, amountMicros);
    }
    try {
      books.move(posting.from(), posting.to(), amountMicros);
    } catch (ArithmeticException overflow) {
      require(false, "LAW-002", "wraps: " + posting);
      return;
    }
    if (posting.cause() == Cause.TRANSFER) {
      transferNow = posting;
    }
    trace(posting);
    require(
        posting.from().kind() == HolderKind.GENESIS || books.balance(posting.from()) >= 0,
        "LAW-002",
        "negative after " + posting);
  }

  private void checkHolder(Holder holder, Posting posting) {
    boolean exists =
        switch (holder.kind()) {
          case FREE -> isAccount(holder.id());
          case BOND_PROVIDER, BOND_VALIDATOR ->
              isAccount(holder.id()) && holder.asset() == Asset.COMPUTE;
          case LOCK -> locks.containsKey(holder.id());
          case BURNED, GENESIS -> holder.id() == 0;
        };
    require(exists, "NUM-001", "no such holder: " + posting);
  }

  private boolean isAccount(long id) {
    return id >= 1 && id <= lastAccount;
  }

  private void checkBurn(Posting posting) {
    boolean burns = posting.to().kind() == HolderKind.BURNED;
    boolean saysBurn = posting.cause() == Cause.BURN || posting.cause() == Cause.SLASH;
    require(burns == saysBurn, "LAW-004", "burn and cause differ: " + posting);
    require(posting.from().kind() != HolderKind.BURNED, "LAW-004", "unburned: " + posting);
  }

  private void checkLocks(Posting posting) {
    JobTrail.Lock from = lockOf(posting.from());
    JobTrail.Lock to = lockOf(posting.to());
    require(
        from == null || from.job() == posting.job(), "SET-004", "another job's lock: " + posting);
    require(to == null || to.job() == posting.job(), "SET-004", "another job's lock: " + posting);
    require(
        (posting.from().kind() != HolderKind.LOCK && posting.to().kind() != HolderKind.LOCK)
            || posting.asset() == Asset.COMPUTE,
        "SET-004",
        "not COMPUTE: " + posting);
    require(
        to == null || (posting.cause() == Cause.ESCROW && posting.from().id() == to.payer()),
        "JOB-005",
        "a lock is filled by its payer, as escrow: " + posting);
  }

  private JobTrail.@Nullable Lock lockOf(Holder holder) {
    return holder.kind() == HolderKind.LOCK ? locks.get(holder.id()) : null;
  }

  private void trace(Posting posting) {
    JobTrail trail = jobs.get(posting.job());
    if (trail == null) {
      require(posting.job() == 0, "LAW-003", "money of a job that is not open: " + posting);
      return;
    }
    require(
        !trail.isSettled()
            || posting.cause() == Cause.BOND_RETURN
            || posting.cause() == Cause.SLASH,
        "LAW-003",
        "after the settlement: " + posting);
    long amount = posting.amountMicros();
    JobTrail.Lock from = lockOf(posting.from());
    switch (posting.cause()) {
      case ESCROW -> {
        if (posting.from().kind() == HolderKind.FREE) {
          trail.escrowed(amount);
        }
      }
      case REFUND -> {
        require(
            posting.to().kind() == HolderKind.FREE && posting.to().id() == trail.requester(),
            "SET-001",
            "a refund to another: " + posting);
        trail.refunded(amount);
      }
      case PAY -> {
        require(
            posting.to().kind() == HolderKind.FREE && posting.to().id() == trail.provider(),
            "SET-001",
            "pay to another: " + posting);
        trail.paid(amount);
      }
      case FEE -> trail.feePaid(amount);
      case BURN -> trail.feeBurned(amount);
      case SLASH -> {
        if (from != null && from.kind() == LockKind.PROVIDER_BOND.code()) {
          trail.bondBurned(amount);
        }
      }
      case CHECKING, REMAINDER -> trail.checked(amount);
      case BOND_RETURN ->
          require(
              from != null && posting.to().id() == from.payer(),
              "SET-002",
              "a bond returned to another: " + posting);
      case ORDER_RETURN ->
          require(
              posting.to().kind() == HolderKind.FREE && posting.to().id() == trail.requester(),
              "JOB-009",
              "what a waiting job held, to another: " + posting);
      case GENESIS, TRANSFER, BOND, UNBOND ->
          require(false, "SET-004", "not a posting of a job: " + posting);
    }
  }

  @Override
  public void jobQueued(
      long job,
      int requester,
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
      int itemCount,
      int tier,
      int validators,
      int inputPolicy,
      long maxUnits,
      long limitPriceMicros,
      long heldMicros) {
    seen();
  }

  @Override
  public void jobSubmitted(
      long job,
      long lease,
      int requester,
      int provider,
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
      int itemCount,
      int tier,
      int validators,
      int inputPolicy,
      long maxUnits,
      long priceMicros,
      long priceHeldMicros,
      long feeHeldMicros,
      long checkingHeldMicros,
      long depositHeldMicros,
      long providerBondMicros) {
    seen();
    require(job == lastJob + 1, "NUM-001", "job " + job + " after " + lastJob);
    lastJob = Math.max(lastJob, job);
    JobTrail trail = new JobTrail(requester, provider);
    trail.declare(LockKind.PRICE, priceHeldMicros);
    trail.declare(LockKind.FEE, feeHeldMicros);
    trail.declare(LockKind.CHECKING, checkingHeldMicros);
    trail.declare(LockKind.DEPOSIT, depositHeldMicros);
    trail.declare(LockKind.PROVIDER_BOND, providerBondMicros);
    jobs.put(job, trail);
    submittedNow = job;
  }

  @Override
  public void lockOpened(long lock, long job, int kind, int payer, int beneficiary) {
    seen();
    require(lock == lastLock + 1, "NUM-001", "lock " + lock + " after " + lastLock);
    lastLock = Math.max(lastLock, lock);
    JobTrail trail = jobs.get(job);
    if (trail == null) {
      require(false, "LAW-003", "lock " + lock + " for job " + job + ", which is not open");
      return;
    }
    JobTrail.Lock opened = new JobTrail.Lock(lock, job, kind, payer);
    trail.open(opened);
    locks.put(lock, opened);
  }

  @Override
  public void lockReassigned(long lock, int beneficiary) {
    seen();
    require(locks.containsKey(lock), "LAW-003", "lock " + lock + " is not open");
  }

  @Override
  public void jobSettled(
      long job, long payMicros, long feeMicros, long burnedMicros, long checkingMicros) {
    seen();
    JobTrail trail = jobs.get(job);
    if (trail == null || trail.isSettled()) {
      require(false, "LAW-003", "job " + job + " is not open or settled already");
      return;
    }
    trail.settle();
    claim(job, "SET-001", "pay", payMicros, trail.payMicros());
    claim(job, "SET-001", "fee", feeMicros, trail.feeMicros());
    claim(job, "LAW-004", "burned", burnedMicros, trail.burnedMicros());
    claim(job, "SET-001", "checking", checkingMicros, trail.checkingMicros());
  }

  private void claim(long job, String rule, String part, long claimed, BigInteger posted) {
    require(
        BigInteger.valueOf(claimed).equals(posted),
        rule,
        "job %d: %s settled as %d, posted %s".formatted(job, part, claimed, posted));
  }

  @Override
  public void jobClosed(long job, int ending) {
    seen();
    JobTrail trail = jobs.remove(job);
    if (trail == null) {
      require(false, "LAW-003", "job " + job + " closed, but it is not open");
      return;
    }
    require(trail.isSettled(), "LAW-003", "job " + job + " closed unsettled");
    for (JobTrail.Lock lock : trail.locks().values()) {
      long left = lockBalance(lock);
      require(
          left == 0,
          "LAW-003",
          "job %d closed with %d in lock %d".formatted(job, left, lock.lock()));
      if (left == 0) {
        locks.remove(lock.lock());
      }
    }
    BigInteger paid = trail.escrowedMicros().subtract(trail.refundedMicros());
    require(
        paid.compareTo(trail.mostPayableMicros()) <= 0,
        "LAW-005",
        "job %d cost %s, agreed were %s".formatted(job, paid, trail.mostPayableMicros()));
    boolean failed =
        ending == JobEnding.FRAUD.code()
            || ending == JobEnding.WITHHELD.code()
            || ending == JobEnding.ABANDONED.code();
    require(
        !failed || paid.signum() == 0,
        "LAW-006",
        "job %d failed; the requester escrowed %s and got %s back"
            .formatted(job, trail.escrowedMicros(), trail.refundedMicros()));
  }

  @Override
  public void mandateGranted(
      long mandate,
      int account,
      long parent,
      long key0,
      long key1,
      int key2,
      long amountMicros,
      long expiresMs,
      long classes) {
    seen();
    require(mandate == lastMandate + 1, "NUM-001", "mandate " + mandate + " after " + lastMandate);
    lastMandate = Math.max(lastMandate, mandate);
    mandates.put(mandate, new MandateTrail(account, amountMicros));
  }

  @Override
  public void payeeAllowed(long mandate, int payee) {
    seen();
    MandateTrail trail = mandates.get(mandate);
    if (trail == null) {
      require(false, "LAW-008", "mandate " + mandate + " was never granted");
      return;
    }
    trail.allow(payee);
  }

  @Override
  public void mandateSpent(long mandate, long job, long changeMicros, long spentMicros) {
    seen();
    MandateTrail trail = mandates.get(mandate);
    if (trail == null) {
      require(false, "LAW-008", "mandate " + mandate + " was never granted");
      return;
    }
    require(
        changeMicros <= 0 || !trail.isEnded(),
        "LAW-008",
        "mandate " + mandate + " was used after its end");
    boolean isCost = job == 0 ? isTransfer(trail, changeMicros) : isOfJob(trail, job, changeMicros);
    require(
        isCost,
        "LAW-008",
        "mandate %d: %d for job %d is not what was moved".formatted(mandate, changeMicros, job));
    require(
        trail.spend(changeMicros, spentMicros),
        "LAW-008",
        "mandate %d: %d spent after a change of %d".formatted(mandate, spentMicros, changeMicros));
  }

  // The transfer of this entry, from the mandate's account to somebody allowed.
  private boolean isTransfer(MandateTrail trail, long changeMicros) {
    Posting transfer = transferNow;
    return transfer != null
        && transfer.asset() == Asset.COMPUTE
        && transfer.amountMicros() == changeMicros
        && transfer.from().id() == trail.account()
        && trail.isAllowed(transfer.to().id());
  }

  // All that may be paid at the submission, and what returned of it at the settlement; the deposit
  // is no part of either.
  private boolean isOfJob(MandateTrail trail, long number, long changeMicros) {
    JobTrail job = jobs.get(number);
    if (job == null || job.requester() != trail.account()) {
      return false;
    }
    BigInteger deposit = BigInteger.valueOf(job.declaredMicros(LockKind.DEPOSIT));
    BigInteger expected =
        job.isSettled() ? deposit.subtract(job.refundedMicros()) : job.mostPayableMicros();
    boolean isNow = job.isSettled() || number == submittedNow;
    return isNow && expected.equals(BigInteger.valueOf(changeMicros));
  }

  @Override
  public void validatorDrawn(long job, int round, int validator, long weightMicros) {
    seen();
    JobTrail trail = jobs.get(job);
    require(
        trail != null && !trail.isParty(validator),
        "LAW-007",
        "job " + job + " is judged by its party " + validator);
  }
}
