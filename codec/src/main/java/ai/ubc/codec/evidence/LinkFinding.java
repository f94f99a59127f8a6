package ai.ubc.codec.evidence;

/**
 * What was found out about one link.
 *
 * @param link the link
 * @param status whether it holds
 * @param sentence what exactly was shown, is missing or is wrong
 */
public record LinkFinding(EvidenceLink link, Status status, String sentence) {
  /** Whether a link holds. */
  public enum Status {
    /** It was checked and holds. */
    SHOWN,
    /** The file and what was given beside it do not tell. */
    NOT_SHOWN,
    /** It was checked and does not hold. */
    BROKEN
  }
}
