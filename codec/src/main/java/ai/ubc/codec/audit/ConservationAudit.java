package ai.ubc.codec.audit;

import ai.ubc.codec.audit.Books.Holder;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.LockKind;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Checks from a ledger's events that its money is conserved. For each entry of the journal, from
 * the first, in order: {@link #begin}, its events, {@link #end}. Checked after every entry: per
 * asset, all that is held and burned is what genesis allocated (LAW-001); no holder is negative and
 * nothing wraps (LAW-002); a job's locks are empty when it closes, and it closes once (LAW-003);
 * what is called burned was posted to nobody, and nothing else was (LAW-004); what a settlement
 * claims is what was posted (SET-001, SET-003); a job costs its requester at most price, fee and
 * checking as agreed (LAW-005; that they fit maxCost is not in the events), and one that waits for
 * an offer holds what it said and returns it whole (JOB-007 to JOB-009); a job that its provider
 * failed cost the requester nothing (LAW-006); no judge is a party (LAW-007); what counts against a
 * mandate is what its jobs and transfers cost, at most its amount, and none of it was begun after
 * its end (LAW-008); and who takes an account over was named, owns no other, and finds every
 * mandate ended and no money moved (LAW-009). Memory grows with accounts, mandates and open jobs,
 * not with the journal. One thread; violations are collected, never thrown.
 */
public final class ConservationAudit extends OtherEvents {
  /** How many violations a report lists; the rest are counted. */
  public static final int VIOLATIONS_KEPT = 1_000;

  private final Findings findings = new Findings();
  private final Books books = new Books();
  private final JobAudit jobs = new JobAudit(findings, books);
  private final MandateAudit mandates = new MandateAudit(findings, jobs);
  private final OwnerTrail owners = new OwnerTrail();
  private final Map<Integer, BigInteger> knownGaps = new HashMap<>();
  private final TreeSet<Integer> touchedAssets = new TreeSet<>();
  private long events;
  private int lastAccount;
  private int changedNow;
  private boolean activated;
  private boolean allocating;

  /**
   * Starts an entry.
   *
   * @param seq its position, one more than the last entry's
   * @param logTimeMs its log time, milliseconds
   */
  public void begin(long seq, long logTimeMs) {
    long expected = findings.seq() + 1;
    boolean gap = findings.seq() != 0 && seq != expected;
    findings.begin(seq);
    require(
        !gap, "SEQ", "the entry before should have been " + (seq - 1) + ", not " + (expected - 1));
    events = 0;
    changedNow = 0;
    allocating = false;
    touchedAssets.clear();
    jobs.begin();
    mandates.begin(logTimeMs);
  }

  /** Ends the entry with its code (0 or a refusal's number) and checks what it did. */
  public void end(int code) {
    require(code == 0 || events == 0, "REFUSED", "code " + code + ", but there are events");
    jobs.end();
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
    return findings.count() == 0;
  }

  /** The violations so far, oldest first, at most {@link #VIOLATIONS_KEPT}. */
  public List<Violation> violations() {
    return findings.kept();
  }

  /** What an account has of an asset now; zeros for one that never held any. */
  public AccountBalance balance(int account, int asset) {
    long locked = 0;
    for (JobTrail.Lock lock : jobs.locks().values()) {
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
        findings.seq(),
        recounted,
        books.accounts(jobs.locks()),
        jobs.open(),
        findings.count(),
        findings.kept());
  }

  @Override
  void seen() {
    events++;
  }

  private void require(boolean holds, String rule, String message) {
    findings.require(holds, rule, message);
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
    mandates.ownerChanged(account);
    require(
        owners.change(account, new Address(owner0, owner1, owner2)),
        "LAW-009",
        "account " + account + " went to somebody who was not named or owns another one");
  }

  @Override
  public void mandateRevoked(long mandate) {
    seen();
    mandates.revoked(mandate);
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
    jobs.checkLocks(posting);
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
      mandates.transferred(posting);
    }
    jobs.trace(posting);
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
          case LOCK -> jobs.hasLock(holder.id());
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
    JobTerms terms =
        new JobTerms(
            requester,
            new Hash32(program0, program1, program2, program3),
            new Hash32(input0, input1, input2, input3),
            new Hash32(secretHash0, secretHash1, secretHash2, secretHash3),
            itemCount,
            tier,
            validators,
            inputPolicy,
            maxUnits);
    jobs.queued(job, terms, limitPriceMicros, heldMicros);
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
    JobTerms terms =
        new JobTerms(
            requester,
            new Hash32(program0, program1, program2, program3),
            new Hash32(input0, input1, input2, input3),
            new Hash32(secretHash0, secretHash1, secretHash2, secretHash3),
            itemCount,
            tier,
            validators,
            inputPolicy,
            maxUnits);
    Map<LockKind, Long> amounts = new EnumMap<>(LockKind.class);
    amounts.put(LockKind.PRICE, priceHeldMicros);
    amounts.put(LockKind.FEE, feeHeldMicros);
    amounts.put(LockKind.CHECKING, checkingHeldMicros);
    amounts.put(LockKind.DEPOSIT, depositHeldMicros);
    amounts.put(LockKind.PROVIDER_BOND, providerBondMicros);
    mandates.begun(jobs.mandateOf(job), job);
    jobs.submitted(job, terms, provider, priceMicros, amounts);
  }

  @Override
  public void lockOpened(long lock, long job, int kind, int payer, int beneficiary) {
    seen();
    jobs.opened(lock, job, kind, payer);
  }

  @Override
  public void lockReassigned(long lock, int beneficiary) {
    seen();
    jobs.reassigned(lock);
  }

  @Override
  public void jobJudged(long job, int ending, long units, long agreedMicros, long drawnMicros) {
    seen();
    jobs.judged(job);
  }

  @Override
  public void jobSettled(
      long job, long payMicros, long feeMicros, long burnedMicros, long checkingMicros) {
    seen();
    jobs.settled(job, payMicros, feeMicros, burnedMicros, checkingMicros);
  }

  @Override
  public void jobClosed(long job, int ending) {
    seen();
    jobs.closed(job, ending);
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
    mandates.granted(mandate, account, amountMicros, expiresMs);
  }

  @Override
  public void payeeAllowed(long mandate, int payee) {
    seen();
    mandates.allowed(mandate, payee);
  }

  @Override
  public void mandateSpent(long mandate, long job, long changeMicros, long spentMicros) {
    seen();
    mandates.spent(mandate, job, changeMicros, spentMicros);
  }

  @Override
  public void validatorDrawn(long job, int round, int validator, long weightMicros) {
    seen();
    jobs.drawn(job, validator);
  }
}
