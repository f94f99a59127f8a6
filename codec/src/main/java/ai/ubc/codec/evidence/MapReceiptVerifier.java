package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.MapReceipt.Item;
import ai.ubc.codec.evidence.ReceiptVerifier.Verified;
import ai.ubc.codec.job.ItemDigest;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.JobEnding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies a map's receipt (EVD-062): each job's receipt by itself, that they are of one buyer, and
 * that the items that are listed are those that the jobs gave. Pure and offline. From any thread.
 */
public final class MapReceiptVerifier {
  private final Findings findings = new Findings();
  private final List<Verified> jobs = new ArrayList<>();

  private MapReceiptVerifier() {}

  /** Verifies a file; whatever the bytes are, the answer is a report. */
  public static MapReport verify(byte[] file, Supplied supplied) {
    return new MapReceiptVerifier().report(file, supplied);
  }

  private MapReport report(byte[] file, Supplied supplied) {
    try {
      MapReceipt receipt = MapReceiptFile.read(file);
      receipt.receipts().forEach(job -> jobs.add(ReceiptVerifier.verify(job, supplied)));
      oneMap(receipt);
      items(receipt);
    } catch (MalformedReceiptException e) {
      findings.broken(
          new BrokenLinkException(
              EvidenceLink.FILE, "This can not be read as a receipt: " + e.getMessage() + "."));
    } catch (BrokenLinkException e) {
      findings.broken(e);
    }
    List<EvidenceReport> reports = jobs.stream().map(Verified::report).toList();
    return new MapReport(
        conclusion(reports),
        findings.all().stream()
            .filter(finding ->
                finding.link() == EvidenceLink.FILE || finding.link() == EvidenceLink.BODY)
            .toList(),
        reports,
        sum());
  }

  private Conclusion conclusion(List<EvidenceReport> reports) {
    if (findings.anyBroken()) {
      return Conclusion.BROKEN;
    }
    for (Conclusion worse :
        List.of(Conclusion.BROKEN, Conclusion.ISSUER_UNKNOWN, Conclusion.UNFINISHED)) {
      if (reports.stream().anyMatch(report -> report.conclusion() == worse)) {
        return worse;
      }
    }
    return Conclusion.VERIFIED;
  }

  private void oneMap(MapReceipt receipt) throws BrokenLinkException {
    require(!jobs.isEmpty(), EvidenceLink.FILE, "A map has at least one job.");
    String network = jobs.getFirst().report().network();
    Optional<Integer> buyer = jobs.stream().flatMap(job -> requester(job).stream()).findFirst();
    long last = 0;
    for (Verified job : jobs) {
      long number = job.facts().job;
      require(number > last, EvidenceLink.FILE, "Job " + number + " stands out of order.");
      require(
          job.report().network().equals(network)
              && (requester(job).isEmpty() || requester(job).equals(buyer)),
          EvidenceLink.FILE,
          "Job " + number + " is of another network, or was bought by another account.");
      last = number;
    }
    for (Item item : receipt.items()) {
      require(
          jobs.stream().anyMatch(job -> job.facts().job == item.job()),
          EvidenceLink.FILE,
          "The item " + item.name() + " is of job " + item.job() + ", whose receipt is missing.");
    }
    findings.shown(
        EvidenceLink.FILE,
        "The receipts of %d jobs with %d items, bought by one account."
            .formatted(jobs.size(), receipt.items().size()));
  }

  private static Optional<Integer> requester(Verified job) {
    return Optional.ofNullable(job.facts().order).map(JobFacts.Order::requester);
  }

  private void items(MapReceipt receipt) throws BrokenLinkException {
    for (Verified job : jobs) {
      long number = job.facts().job;
      List<ItemDigest> listed =
          receipt.items().stream().filter(item -> item.job() == number).map(Item::content).toList();
      if (!isDelivered(job)) {
        require(
            listed.isEmpty(),
            EvidenceLink.BODY,
            "Job " + number + " gave nothing that stands, but items of it are listed.");
        continue;
      }
      Optional<Command.OpenResult> opened = job.facts().result;
      require(
          opened.isPresent()
              && !listed.isEmpty()
              && JobHashes.rootOf(listed).equals(opened.get().resultRoot())
              && listed.stream().mapToLong(ItemDigest::units).reduce(0, MapReceiptVerifier::sum)
                  == opened.get().units(),
          EvidenceLink.BODY,
          "The items that are listed for job " + number + " are not those that it gave.");
    }
    findings.shown(
        EvidenceLink.BODY,
        "What is listed of every item is what its job gave; the names are the buyer's own.");
  }

  // What a forger lists may be any number; no sum comes out right by overflow.
  private static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  private static boolean isDelivered(Verified job) {
    return job.facts()
        .judgement
        .filter(judgement ->
            judgement.ending() == JobEnding.ACCEPTED || judgement.ending() == JobEnding.UNCHECKED)
        .isPresent();
  }

  private MapReport.Sum sum() {
    int items = 0;
    long units = 0;
    long paid = 0;
    int unpaid = 0;
    for (Verified job : jobs) {
      JobFacts facts = job.facts();
      if (isDelivered(job) && facts.terms != null) {
        items = Math.toIntExact(Math.min(sum(items, facts.terms.itemCount()), Integer.MAX_VALUE));
        units = sum(units, facts.result.map(Command.OpenResult::units).orElse(0L));
      }
      if (facts.settled.isEmpty()) {
        unpaid += facts.endedWaiting.isEmpty() ? 1 : 0;
      } else if (facts.settled.get().payMicros() > 0) {
        Event.JobSettled settled = facts.settled.get();
        paid = sum(paid, settled.payMicros());
        paid = sum(paid, sum(settled.feeMicros(), settled.checkingMicros()));
      }
    }
    return new MapReport.Sum(items, units, paid, unpaid);
  }
}
