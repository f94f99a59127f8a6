package ai.ubc.cli.evidence;

import ai.ubc.cli.client.Answer;
import ai.ubc.codec.evidence.EvidenceReport;
import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.LinkFinding;
import ai.ubc.codec.evidence.MapReceiptFile;
import ai.ubc.codec.evidence.MapReceiptVerifier;
import ai.ubc.codec.evidence.MapReport;
import ai.ubc.codec.evidence.ReceiptVerifier;
import ai.ubc.codec.evidence.Supplied;
import ai.ubc.verifier.ReportText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found out of a receipt, of a job or of a map.
 *
 * @param conclusion the whole in a word
 * @param facts all of it, for programs
 * @param text all of it, for people; ends with the end of a line
 */
record Findings(Conclusion conclusion, Map<String, Object> facts, String text) {
  /** Keeps the order of the facts. */
  Findings {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** What a file shows to a reader who has this. */
  static Findings of(byte[] file, Supplied supplied) {
    return MapReceiptFile.isOne(file)
        ? of(MapReceiptVerifier.verify(file, supplied))
        : of(ReceiptVerifier.verify(file, supplied));
  }

  /** What was found out of a job. */
  static Findings of(EvidenceReport report) {
    return new Findings(report.conclusion(), facts(report), ReportText.whole(report));
  }

  /** What was found out of a map. */
  static Findings of(MapReport report) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("conclusion", report.conclusion());
    facts.put("sum", report.sum());
    facts.put("links", links(report.findings()));
    facts.put("jobs", report.jobs().stream().map(Findings::facts).toList());
    return new Findings(report.conclusion(), facts, ReportText.whole(report));
  }

  private static Map<String, Object> facts(EvidenceReport report) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("network", report.network());
    facts.put("job", report.job());
    facts.put("conclusion", report.conclusion());
    facts.put("checking", report.checking());
    report.heldUntilMs().ifPresent(untilMs -> facts.put("heldUntilMs", untilMs));
    facts.put("links", links(report.findings()));
    return facts;
  }

  private static List<Map<String, Object>> links(List<LinkFinding> findings) {
    return findings.stream()
        .map(finding ->
            Map.<String, Object>of(
                "link", finding.link().label(),
                "status", finding.status(),
                "sentence", finding.sentence()))
        .toList();
  }

  /** The answer of who verifies: it ends as the conclusion says. */
  Answer verdict() {
    return new Answer(
        ReportText.exitCode(conclusion), conclusion.name(), facts, out -> out.print(text));
  }

  /** The answer of who only looks: it is done, whatever was found. */
  Answer shown(List<String> places) {
    return Answer.done(
        facts,
        out -> {
          out.print(text);
          places.forEach(out::println);
        });
  }
}
