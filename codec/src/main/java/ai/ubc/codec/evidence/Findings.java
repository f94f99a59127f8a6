package ai.ubc.codec.evidence;

import ai.ubc.codec.evidence.LinkFinding.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects what is found out; a link that is broken stays broken. One thread. */
final class Findings {
  private final Map<EvidenceLink, LinkFinding> found = new EnumMap<>(EvidenceLink.class);

  void shown(EvidenceLink link, String sentence) {
    put(link, Status.SHOWN, sentence);
  }

  void notShown(EvidenceLink link, String sentence) {
    put(link, Status.NOT_SHOWN, sentence);
  }

  void broken(BrokenLinkException broken) {
    put(broken.link(), Status.BROKEN, broken.sentence());
  }

  private void put(EvidenceLink link, Status status, String sentence) {
    if (!is(link, Status.BROKEN)) {
      found.put(link, new LinkFinding(link, status, sentence));
    }
  }

  boolean is(EvidenceLink link, Status status) {
    LinkFinding finding = found.get(link);
    return finding != null && finding.status() == status;
  }

  boolean anyBroken() {
    return found.values().stream().anyMatch(finding -> finding.status() == Status.BROKEN);
  }

  /** One finding for each link; those that nothing was said of were not reached. */
  List<LinkFinding> all() {
    List<LinkFinding> all = new ArrayList<>();
    for (EvidenceLink link : EvidenceLink.values()) {
      all.add(
          found.getOrDefault(
              link, new LinkFinding(link, Status.NOT_SHOWN, "The receipt does not go so far.")));
    }
    return all;
  }
}
