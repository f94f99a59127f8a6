package ai.ubc.codec.audit;

import ai.ubc.codec.audit.Books.Holder;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.LockKind;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What goes into the locks of jobs, and what comes out of them. A job that waits for an offer has
 * one lock, which returns whole before an offer takes the job or the job ends without one.
 */
final class JobAudit {
  private final Findings findings;
  private final Books books;
  private final Map<Long, JobTrail> jobs = new TreeMap<>();
  private final Map<Long, JobTrail.Lock> locks = new HashMap<>();
  // Queued, taken or returned to in this entry.
  private final TreeSet<Long> touched = new TreeSet<>();
  private long lastJob;
  private long lastLock;

  JobAudit(Findings findings, Books books) {
    this.findings = findings;
    this.books = books;
  }

  int open() {
    return jobs.size();
  }

  Map<Long, JobTrail.Lock> locks() {
    return locks;
  }

  void begin() {
    touched.clear();
  }

  // A job's escrow holds what its submission declared, kind by kind.
  void end() {
    for (long job : touched) {
      JobTrail trail = jobs.get(job);
      if (trail != null) {
        checkEscrow(job, trail);
      }
    }
  }

  private void checkEscrow(long job, JobTrail trail) {
    String rule = trail.isWaiting() ? "JOB-007" : "JOB-005";
    for (LockKind kind : LockKind.values()) {
      long declared = trail.declaredMicros(kind);
      BigInteger held = held(trail, kind);
      findings.require(
          held.equals(BigInteger.valueOf(declared)),
          rule,
          "job %d: %s holds %s, declared %d".formatted(job, kind, held, declared));
    }
  }

  private BigInteger held(JobTrail trail, LockKind kind) {
    BigInteger held = BigInteger.ZERO;
    for (JobTrail.Lock lock : trail.locks().values()) {
      if (lock.kind() == kind.code()) {
        held = held.add(BigInteger.valueOf(lockBalance(lock)));
      }
    }
    return held;
  }

  private long lockBalance(JobTrail.Lock lock) {
    return books.balance(new Holder(HolderKind.LOCK, lock.lock(), Asset.COMPUTE));
  }

  void queued(long job, JobTerms terms, long limitPriceMicros, long heldMicros) {
    number(job);
    touched.add(job);
    jobs.put(job, JobTrail.waiting(terms, limitPriceMicros, heldMicros));
  }

  private void number(long job) {
    findings.require(job == lastJob + 1, "NUM-001", "job " + job + " after " + lastJob);
    lastJob = Math.max(lastJob, job);
  }

  /** An offer took a job, which is new or has waited; {@code amounts} by kind of lock. */
  void submitted(
      long job, JobTerms terms, int provider, long priceMicros, Map<LockKind, Long> amounts) {
    touched.add(job);
    JobTrail trail = jobs.get(job);
    if (trail == null || !trail.isWaiting()) {
      number(job);
      trail = JobTrail.taken(terms, provider);
      jobs.put(job, trail);
    } else {
      findings.require(
          trail.isReturned(), "JOB-008", "job " + job + " was taken before its order returned");
      findings.require(
          trail.take(terms, provider, priceMicros, ofRequester(amounts)),
          "JOB-008",
          "job " + job + " is not the one that waited, or costs more than was held");
    }
    amounts.forEach(trail::declare);
  }

  private static BigInteger ofRequester(Map<LockKind, Long> amounts) {
    return amounts.entrySet().stream()
        .filter(amount -> amount.getKey() != LockKind.PROVIDER_BOND)
        .map(amount -> BigInteger.valueOf(amount.getValue()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  void opened(long lock, long job, int kind, int payer) {
    findings.require(lock == lastLock + 1, "NUM-001", "lock " + lock + " after " + lastLock);
    lastLock = Math.max(lastLock, lock);
    JobTrail trail = jobs.get(job);
    if (trail == null) {
      findings.require(
          false, "LAW-003", "lock " + lock + " for job " + job + ", which is not open");
      return;
    }
    JobTrail.Lock opened = new JobTrail.Lock(lock, job, kind, payer);
    findings.require(
        opened.isOrder() == trail.isWaiting(),
        "JOB-007",
        "a job that waits has an order and nothing else: lock " + lock + " of job " + job);
    trail.open(opened);
    locks.put(lock, opened);
  }

  void reassigned(long lock) {
    findings.require(locks.containsKey(lock), "LAW-003", "lock " + lock + " is not open");
  }

  boolean hasLock(long lock) {
    return locks.containsKey(lock);
  }

  private JobTrail.@Nullable Lock lockOf(Holder holder) {
    return holder.kind() == HolderKind.LOCK ? locks.get(holder.id()) : null;
  }

  void checkLocks(Posting posting) {
    JobTrail.Lock from = lockOf(posting.from());
    JobTrail.Lock to = lockOf(posting.to());
    findings.require(
        from == null || from.job() == posting.job(), "SET-004", "another job's lock: " + posting);
    findings.require(
        to == null || to.job() == posting.job(), "SET-004", "another job's lock: " + posting);
    findings.require(
        (posting.from().kind() != HolderKind.LOCK && posting.to().kind() != HolderKind.LOCK)
            || posting.asset() == Asset.COMPUTE,
        "SET-004",
        "not COMPUTE: " + posting);
    findings.require(
        to == null || (posting.cause() == Cause.ESCROW && posting.from().id() == to.payer()),
        "JOB-005",
        "a lock is filled by its payer, as escrow: " + posting);
    boolean isOrder = from != null && from.isOrder();
    findings.require(
        isOrder == (posting.cause() == Cause.ORDER_RETURN),
        "JOB-009",
        "what a job held while it waited returns, and nothing else: " + posting);
  }

  /** Follows what was moved for a job. */
  void trace(Posting posting) {
    JobTrail trail = jobs.get(posting.job());
    if (trail == null) {
      findings.require(
          posting.job() == 0, "LAW-003", "money of a job that is not open: " + posting);
      return;
    }
    findings.require(
        !trail.isSettled()
            || posting.cause() == Cause.BOND_RETURN
            || posting.cause() == Cause.SLASH,
        "LAW-003",
        "after the settlement: " + posting);
    findings.require(
        !trail.isWaiting()
            || posting.cause() == Cause.ESCROW
            || posting.cause() == Cause.ORDER_RETURN,
        "JOB-009",
        "money of a job that no offer has taken: " + posting);
    long amount = posting.amountMicros();
    JobTrail.Lock from = lockOf(posting.from());
    switch (posting.cause()) {
      case ESCROW -> escrowed(posting, trail);
      case ORDER_RETURN -> returned(posting, trail);
      case REFUND -> {
        findings.require(
            isToRequester(posting, trail), "SET-001", "a refund to another: " + posting);
        trail.refunded(amount);
      }
      case PAY -> {
        findings.require(
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
          findings.require(
              from != null && posting.to().id() == from.payer(),
              "SET-002",
              "a bond returned to another: " + posting);
      case GENESIS, TRANSFER, BOND, UNBOND ->
          findings.require(false, "SET-004", "not a posting of a job: " + posting);
    }
  }

  private static boolean isToRequester(Posting posting, JobTrail trail) {
    return posting.to().kind() == HolderKind.FREE && posting.to().id() == trail.requester();
  }

  private void escrowed(Posting posting, JobTrail trail) {
    JobTrail.Lock to = lockOf(posting.to());
    if (to != null && to.isOrder()) {
      touched.add(posting.job());
      trail.ordered(posting.amountMicros());
    } else if (posting.from().kind() == HolderKind.FREE) {
      trail.escrowed(posting.amountMicros());
    }
  }

  // Once, and all of it; then the job is taken or ends in the same entry, or the escrow differs.
  private void returned(Posting posting, JobTrail trail) {
    touched.add(posting.job());
    boolean isFirst = trail.isWaiting() && !trail.isReturned();
    findings.require(isFirst, "JOB-009", "a job that holds nothing while it waits: " + posting);
    findings.require(
        isToRequester(posting, trail),
        "JOB-009",
        "what a waiting job held, to another: " + posting);
    findings.require(
        posting.amountMicros() == trail.declaredMicros(LockKind.ORDER),
        "JOB-009",
        "not all that the job held: " + posting);
    if (isFirst) {
      trail.returned(posting.amountMicros());
    }
  }

  /** By which mandate's key the open job was submitted, as far as is known; 0 for none. */
  long mandateOf(long job) {
    JobTrail trail = jobs.get(job);
    return trail == null ? 0 : trail.mandate();
  }

  /** Whether a change of what counts against a mandate of the account is what the job says. */
  boolean counts(long job, int account, long mandate, long changeMicros) {
    JobTrail trail = jobs.get(job);
    return trail != null
        && trail.requester() == account
        && trail.count(mandate, changeMicros, touched.contains(job));
  }

  void drawn(long job, int validator) {
    JobTrail trail = jobs.get(job);
    findings.require(
        trail != null && !trail.isParty(validator),
        "LAW-007",
        "job " + job + " is judged by its party " + validator);
  }

  void judged(long job) {
    JobTrail trail = jobs.get(job);
    findings.require(
        trail == null || !trail.isWaiting(),
        "JOB-009",
        "job " + job + " was judged, but no offer has taken it");
  }

  void settled(long job, long payMicros, long feeMicros, long burnedMicros, long checkingMicros) {
    JobTrail trail = jobs.get(job);
    if (trail == null || trail.isSettled()) {
      findings.require(false, "LAW-003", "job " + job + " is not open or settled already");
      return;
    }
    if (trail.isWaiting()) {
      findings.require(false, "JOB-009", "job " + job + " was settled, but no offer has taken it");
      return;
    }
    trail.settle();
    claim(job, "SET-001", "pay", payMicros, trail.payMicros());
    claim(job, "SET-001", "fee", feeMicros, trail.feeMicros());
    claim(job, "LAW-004", "burned", burnedMicros, trail.burnedMicros());
    claim(job, "SET-001", "checking", checkingMicros, trail.checkingMicros());
  }

  private void claim(long job, String rule, String part, long claimed, BigInteger posted) {
    findings.require(
        BigInteger.valueOf(claimed).equals(posted),
        rule,
        "job %d: %s settled as %d, posted %s".formatted(job, part, claimed, posted));
  }

  void closed(long job, int ending) {
    JobTrail trail = jobs.remove(job);
    if (trail == null) {
      findings.require(false, "LAW-003", "job " + job + " closed, but it is not open");
      return;
    }
    checkEnding(job, trail, ending);
    for (JobTrail.Lock lock : trail.locks().values()) {
      long left = lockBalance(lock);
      findings.require(
          left == 0,
          "LAW-003",
          "job %d closed with %d in lock %d".formatted(job, left, lock.lock()));
      if (left == 0) {
        locks.remove(lock.lock());
      }
    }
    BigInteger cost = trail.costMicros();
    findings.require(
        cost.compareTo(trail.mostPayableMicros()) <= 0,
        "LAW-005",
        "job %d cost %s, agreed were %s".formatted(job, cost, trail.mostPayableMicros()));
    boolean failed =
        ending == JobEnding.FRAUD.code()
            || ending == JobEnding.WITHHELD.code()
            || ending == JobEnding.ABANDONED.code();
    findings.require(
        !failed || cost.signum() == 0,
        "LAW-006",
        "job %d failed, and cost the requester %s".formatted(job, cost));
  }

  // No offer took it, and it ends as such; or one did, and it was settled.
  private void checkEnding(long job, JobTrail trail, int ending) {
    boolean isUntaken =
        ending == JobEnding.CANCELLED.code() || ending == JobEnding.UNMATCHED.code();
    findings.require(
        isUntaken == trail.isWaiting(),
        "JOB-009",
        "job " + job + " ended with code " + ending + ", which fits another course");
    findings.require(
        trail.isWaiting() || trail.isSettled(), "LAW-003", "job " + job + " closed unsettled");
  }
}
