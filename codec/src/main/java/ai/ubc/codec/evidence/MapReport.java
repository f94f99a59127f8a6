package ai.ubc.codec.evidence;

import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import java.util.List;

/**
 * What the verification of a map's receipt came to.
 *
 * @param conclusion the whole in a word: the worst of its jobs, and broken when the list of its
 *     items is
 * @param findings of the file, and of the items, whose link is {@code body}
 * @param jobs what each job's receipt came to, in order
 * @param sum what all jobs come to together
 */
public record MapReport(
    Conclusion conclusion, List<LinkFinding> findings, List<EvidenceReport> jobs, Sum sum) {

  /**
   * What all jobs come to together, as far as their receipts show.
   *
   * @param items items of all jobs that were delivered
   * @param units their metered units
   * @param paidMicros pay, fee and checking that the requester paid, micro-COMPUTE
   * @param unpaid jobs that are not settled yet
   */
  public record Sum(int items, long units, long paidMicros, int unpaid) {}

  /** Copies the lists. */
  public MapReport {
    findings = List.copyOf(findings);
    jobs = List.copyOf(jobs);
  }
}
