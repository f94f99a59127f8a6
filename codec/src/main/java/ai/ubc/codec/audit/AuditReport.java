package ai.ubc.codec.audit;

import java.util.List;

/**
 * What an audit found.
 *
 * @param lastSeq position of the last audited entry, 0 before the first
 * @param assets totals of each asset, by number
 * @param balances what each account has, by account and asset; assets an account never held are
 *     left out
 * @param openJobs jobs whose escrow has not ended
 * @param violationCount how many violations there were
 * @param violations the first of them, at most {@link ConservationAudit#VIOLATIONS_KEPT}
 */
public record AuditReport(
    long lastSeq,
    List<AssetTotals> assets,
    List<AccountBalance> balances,
    int openJobs,
    long violationCount,
    List<Violation> violations) {

  /** Copies the lists. */
  public AuditReport {
    assets = List.copyOf(assets);
    balances = List.copyOf(balances);
    violations = List.copyOf(violations);
  }

  /** Whether every law held after every entry. */
  public boolean isClean() {
    return violationCount == 0;
  }
}
