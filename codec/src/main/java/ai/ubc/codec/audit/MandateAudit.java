package ai.ubc.codec.audit;

import ai.ubc.domain.Asset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is counted against mandates is what their keys spent, at most their amount, and begun before
 * their end.
 */
final class MandateAudit {
  private final Findings findings;
  private final JobAudit jobs;
  private final Map<Long, MandateTrail> mandates = new HashMap<>();
  private long lastMandate;
  private long nowMs;
  private @Nullable Posting transferNow;

  MandateAudit(Findings findings, JobAudit jobs) {
    this.findings = findings;
    this.jobs = jobs;
  }

  void begin(long logTimeMs) {
    nowMs = logTimeMs;
    transferNow = null;
  }

  void transferred(Posting posting) {
    transferNow = posting;
  }

  void granted(long mandate, int account, long amountMicros, long expiresMs) {
    findings.require(
        mandate == lastMandate + 1, "NUM-001", "mandate " + mandate + " after " + lastMandate);
    lastMandate = Math.max(lastMandate, mandate);
    mandates.put(mandate, new MandateTrail(account, amountMicros, expiresMs));
  }

  private @Nullable MandateTrail trail(long mandate) {
    MandateTrail trail = mandates.get(mandate);
    findings.require(trail != null, "LAW-008", "mandate " + mandate + " was never granted");
    return trail;
  }

  void allowed(long mandate, int payee) {
    MandateTrail trail = trail(mandate);
    if (trail != null) {
      trail.allow(payee);
    }
  }

  void revoked(long mandate) {
    MandateTrail trail = trail(mandate);
    if (trail != null) {
      trail.end();
    }
  }

  void ownerChanged(int account) {
    mandates.values().stream()
        .filter(trail -> trail.account() == account)
        .forEach(MandateTrail::end);
  }

  /** An offer takes a job, which has waited if it counts against a mandate already. */
  void begun(long mandate, long job) {
    MandateTrail trail = mandates.get(mandate);
    findings.require(
        trail == null || !trail.isEnded(nowMs),
        "LAW-008",
        "job " + job + " was taken after the end of mandate " + mandate);
  }

  void spent(long mandate, long job, long changeMicros, long spentMicros) {
    MandateTrail trail = trail(mandate);
    if (trail == null) {
      return;
    }
    findings.require(
        changeMicros <= 0 || !trail.isEnded(nowMs),
        "LAW-008",
        "mandate " + mandate + " was used after its end");
    boolean isCost =
        job == 0
            ? isTransfer(trail, changeMicros)
            : jobs.counts(job, trail.account(), mandate, changeMicros);
    findings.require(
        isCost,
        "LAW-008",
        "mandate %d: %d for job %d is not what was moved".formatted(mandate, changeMicros, job));
    findings.require(
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
}
