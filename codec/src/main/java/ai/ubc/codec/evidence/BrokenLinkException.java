package ai.ubc.codec.evidence;

/** A link of a receipt does not hold; the check of what rests on it ends here. */
final class BrokenLinkException extends Exception {
  private static final long serialVersionUID = 1;

  private final EvidenceLink link;
  private final String sentence;

  BrokenLinkException(EvidenceLink link, String sentence) {
    super(link.label() + ": " + sentence);
    this.link = link;
    this.sentence = sentence;
  }

  EvidenceLink link() {
    return link;
  }

  String sentence() {
    return sentence;
  }

  static void require(boolean holds, EvidenceLink link, String sentence)
      throws BrokenLinkException {
    if (!holds) {
      throw new BrokenLinkException(link, sentence);
    }
  }
}
