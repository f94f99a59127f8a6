package ai.ubc.codec.evidence;

import ai.ubc.codec.evidence.LinkFinding.Status;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the verification of a receipt came to.
 *
 * @param conclusion the whole in a word
 * @param network the genesis hash that the file names, as text; empty for a file that is no receipt
 * @param job the job; 0 for a file that is no receipt
 * @param checking who re-ran the job, in words
 * @param heldUntilMs log time until which the provider's bond is held, where the job is judged, its
 *     dispute window had not ended, and no link is broken; else empty
 * @param findings one for each link, in order
 */
public record EvidenceReport(
    Conclusion conclusion,
    String network,
    long job,
    String checking,
    OptionalLong heldUntilMs,
    List<LinkFinding> findings) {

  /** The whole in a word. */
  public enum Conclusion {
    /** Every link that a receipt must have holds, and the issuer is the one that was named. */
    VERIFIED,
    /** At least one link is broken. */
    BROKEN,
    /** Consistent, but of a network that the reader did not name. */
    ISSUER_UNKNOWN,
    /** Consistent as far as it goes; the job had not been judged, or later records are missing. */
    UNFINISHED
  }

  /** Copies the findings. */
  public EvidenceReport {
    findings = List.copyOf(findings);
  }

  /** What was found out about a link. */
  public LinkFinding finding(EvidenceLink link) {
    return findings.stream().filter(finding -> finding.link() == link).findFirst().orElseThrow();
  }

  /** The links that are broken, in order. */
  public List<EvidenceLink> broken() {
    return findings.stream()
        .filter(finding -> finding.status() == Status.BROKEN)
        .map(LinkFinding::link)
        .toList();
  }
}
