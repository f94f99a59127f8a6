package ai.ubc.verifier;

import ai.ubc.codec.evidence.EvidenceReport;
import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.LinkFinding;
import ai.ubc.codec.evidence.LinkFinding.Status;
import ai.ubc.codec.evidence.MapReport;
import java.time.Instant;
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
  public static int exitCode(Conclusion conclusion) {
    return switch (conclusion) {
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
    return "job %d: %s: %s".formatted(report.job(), word(report.conclusion()), report.checking());
  }

  private static String word(Conclusion conclusion) {
    return switch (conclusion) {
      case VERIFIED -> "verified";
      case ISSUER_UNKNOWN -> "consistent, issuer unknown";
      case UNFINISHED -> "consistent, not ended";
      case BROKEN -> "broken";
    };
  }

  /** The whole of a map in one line. */
  public static String line(MapReport report) {
    String sum = "%d jobs, %d items".formatted(report.jobs().size(), report.sum().items());
    return report.conclusion() == Conclusion.BROKEN
        ? "BROKEN: " + sum
        : sum + ": " + word(report.conclusion());
  }

  /** Each job of a map in a line, all links of a job that is broken, and the sum. */
  public static String whole(MapReport report) {
    StringBuilder text = new StringBuilder();
    for (EvidenceReport job : report.jobs()) {
      if (job.conclusion() == Conclusion.BROKEN) {
        text.append("job ").append(job.job()).append(':').append(System.lineSeparator());
        appendFindings(text, job.findings());
      }
      text.append(line(job)).append(System.lineSeparator());
    }
    appendFindings(text, report.findings());
    MapReport.Sum sum = report.sum();
    text.append(
        "together %d units, %d micro-COMPUTE paid".formatted(sum.units(), sum.paidMicros()));
    if (sum.unpaid() > 0) {
      text.append("; %d jobs are not settled yet".formatted(sum.unpaid()));
    }
    text.append(System.lineSeparator());
    long held = report.jobs().stream().filter(job -> job.heldUntilMs().isPresent()).count();
    if (held > 0) {
      text.append(
          "the provider's bond is still held for %d of the jobs; to see the end, their buyer runs the same \"ubc map\" again once their dispute windows are over%n"
              .formatted(held));
    }
    return text.append(line(report)).append(System.lineSeparator()).toString();
  }

  private static void appendFindings(StringBuilder text, List<LinkFinding> findings) {
    for (LinkFinding finding : findings) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s %-10s %s%n",
              mark(finding.status()),
              finding.link().label(),
              finding.sentence()));
    }
  }

  /** Each link with its mark and its sentence, then the whole in a line. */
  public static String whole(EvidenceReport report) {
    StringBuilder text = new StringBuilder();
    appendFindings(text, report.findings());
    List<String> notShown = labels(report, Status.NOT_SHOWN);
    if (!notShown.isEmpty()) {
      text.append("not shown: ").append(String.join(", ", notShown)).append(System.lineSeparator());
    }
    report
        .heldUntilMs()
        .ifPresent(untilMs ->
            text.append(
                "the provider's bond is still held; to see the end, fetch the receipt again after %s: ubc receipt show %d --out FILE (its parties and the validators drawn for it can, and everybody when its input is public; else ask one of them)%n"
                    .formatted(Instant.ofEpochMilli(untilMs), report.job())));
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
