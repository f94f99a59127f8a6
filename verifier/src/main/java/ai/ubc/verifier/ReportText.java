package ai.ubc.verifier;

import ai.ubc.codec.evidence.EvidenceReport;
import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.LinkFinding;
import ai.ubc.codec.evidence.LinkFinding.Status;
import java.util.List;
import java.util.Locale;

/** A report for a terminal, and as an exit code. */
public final class ReportText {
  /** Verified. */
  public static final int VERIFIED = 0;

  /** A link is broken. */
  public static final int BROKEN = 1;

  /** The arguments are wrong. */
  public static final int USAGE = 2;

  /** Consistent, but of a network that the reader did not name. */
  public static final int ISSUER_UNKNOWN = 3;

  /** Consistent as far as it goes; the job had not ended. */
  public static final int UNFINISHED = 4;

  private ReportText() {}

  /** What the exit code of a verification is. */
  public static int exitCode(EvidenceReport report) {
    return switch (report.conclusion()) {
      case VERIFIED -> VERIFIED;
      case BROKEN -> BROKEN;
      case ISSUER_UNKNOWN -> ISSUER_UNKNOWN;
      case UNFINISHED -> UNFINISHED;
    };
  }

  /** The whole in one line, naming the broken links. */
  public static String line(EvidenceReport report) {
    if (report.conclusion() == Conclusion.BROKEN) {
      return "BROKEN at " + String.join(", ", labels(report, Status.BROKEN));
    }
    String conclusion =
        switch (report.conclusion()) {
          case VERIFIED -> "verified";
          case ISSUER_UNKNOWN -> "consistent, issuer unknown";
          case UNFINISHED -> "consistent, not ended";
          case BROKEN -> "broken";
        };
    return "job %d: %s: %s".formatted(report.job(), conclusion, report.checking());
  }

  /** Each link with its mark and its sentence, then the whole in a line. */
  public static String whole(EvidenceReport report) {
    StringBuilder text = new StringBuilder();
    for (LinkFinding finding : report.findings()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s %-10s %s%n",
              mark(finding.status()),
              finding.link().label(),
              finding.sentence()));
    }
    List<String> notShown = labels(report, Status.NOT_SHOWN);
    if (!notShown.isEmpty()) {
      text.append("not shown: ").append(String.join(", ", notShown)).append(System.lineSeparator());
    }
    return text.append(line(report)).append(System.lineSeparator()).toString();
  }

  private static List<String> labels(EvidenceReport report, Status status) {
    return report.findings().stream()
        .filter(finding -> finding.status() == status)
        .map(finding -> finding.link().label())
        .toList();
  }

  private static String mark(Status status) {
    return switch (status) {
      case SHOWN -> "✓";
      case NOT_SHOWN -> "·";
      case BROKEN -> "✗";
    };
  }
}
