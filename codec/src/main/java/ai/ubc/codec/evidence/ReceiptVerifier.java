package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.LogRoot;
import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.LinkFinding.Status;
import ai.ubc.codec.evidence.Receipt.ProvenRecord;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.codec.tree.TreeChecks;
import ai.ubc.codec.tree.TreeHash;
import ai.ubc.domain.Address;
import ai.ubc.domain.Hash32;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Verifies a receipt (EVD-030 to EVD-055). Pure and offline: it trusts nothing but the fingerprint
 * that the reader names, and says of each link whether it was shown. From any thread.
 */
public final class ReceiptVerifier {
  private final Supplied supplied;
  private final Findings findings = new Findings();

  private ReceiptVerifier(Supplied supplied) {
    this.supplied = supplied;
  }

  /** Verifies a file; whatever the bytes are, the answer is a report. */
  public static EvidenceReport verify(byte[] file, Supplied supplied) {
    return new ReceiptVerifier(supplied).verify(file);
  }

  /** What is found out of a receipt, and the facts that it was found out from. */
  record Verified(EvidenceReport report, JobFacts facts) {}

  /** Verifies a receipt that was read from a file. */
  static Verified verify(Receipt receipt, Supplied supplied) {
    return new ReceiptVerifier(supplied).verify(receipt);
  }

  private EvidenceReport verify(byte[] file) {
    try {
      return verify(ReceiptFile.read(file)).report();
    } catch (MalformedReceiptException e) {
      findings.broken(
          new BrokenLinkException(
              EvidenceLink.FILE, "This can not be read as a receipt: " + e.getMessage() + "."));
      return new EvidenceReport(
          Conclusion.BROKEN, "", 0, "unknown", OptionalLong.empty(), findings.all());
    }
  }

  private Verified verify(Receipt receipt) {
    findings.shown(
        EvidenceLink.FILE,
        "A receipt of job %d with %d records.".formatted(receipt.job(), receipt.records().size()));
    Hash32 network = GenesisFile.hash(receipt.genesis());
    JobFacts facts = new JobFacts(receipt.job(), receipt.genesis(), network);
    JobCheck check = new JobCheck(facts, findings, receipt.pools());
    issuer(network);
    try {
      log(receipt, facts.domain);
    } catch (BrokenLinkException e) {
      findings.broken(e);
    }
    try {
      List<RecordView> views = views(receipt);
      signatures(views, facts.domain);
      check.run(views, receipt.logRoot().timeMs());
      new BodyChecks(facts, findings, supplied).run();
    } catch (BrokenLinkException e) {
      findings.broken(e);
    }
    EvidenceReport report =
        new EvidenceReport(
            conclusion(check.isSettledSoFar(receipt.logRoot().timeMs())),
            network.toString(),
            receipt.job(),
            facts.checking(),
            findings.anyBroken()
                ? OptionalLong.empty()
                : check.heldUntilMs(receipt.logRoot().timeMs()),
            findings.all());
    return new Verified(report, facts);
  }

  private Conclusion conclusion(boolean isSettled) {
    if (findings.anyBroken()) {
      return Conclusion.BROKEN;
    }
    if (!findings.is(EvidenceLink.ISSUER, Status.SHOWN)) {
      return Conclusion.ISSUER_UNKNOWN;
    }
    return isSettled ? Conclusion.VERIFIED : Conclusion.UNFINISHED;
  }

  private void issuer(Hash32 network) {
    if (supplied.fingerprint().filter(network::equals).isPresent()) {
      findings.shown(EvidenceLink.ISSUER, "Issued by the network that you trust, " + network + ".");
      return;
    }
    findings.notShown(
        EvidenceLink.ISSUER,
        "Issued by the network "
            + network
            + "; "
            + supplied
                .fingerprint()
                .map(trusted -> "you trust " + trusted + ".")
                .orElse("you named none that you trust."));
  }

  private void log(Receipt receipt, Eip712 domain) throws BrokenLinkException {
    LogRoot root = receipt.logRoot();
    Optional<Address> signer = root.signer(domain, receipt.signature());
    require(
        signer.filter(receipt.genesis().notary()::equals).isPresent(),
        EvidenceLink.LOG,
        "The root of the log is not signed by the network's notary.");
    long lastSeq = 0;
    long lastTimeMs = 0;
    for (ProvenRecord proven : receipt.records()) {
      JournalRecord record = proven.record();
      String name = "Record " + record.seq();
      require(
          record.code() == 0 && record.originalSeq() == 0,
          EvidenceLink.LOG,
          name + " was refused or repeats another, so it did nothing.");
      require(
          record.seq() > lastSeq && record.logTimeMs() >= lastTimeMs,
          EvidenceLink.LOG,
          name + " stands out of order.");
      require(
          TreeChecks.isIncluded(
              TreeHash.leaf(record.leaf()),
              record.seq() - 1,
              root.size(),
              proven.path(),
              root.root()),
          EvidenceLink.LOG,
          name + " is not in the log whose root was signed.");
      lastSeq = record.seq();
      lastTimeMs = record.logTimeMs();
    }
    require(
        lastSeq < root.size() ? lastTimeMs <= root.timeMs() : lastTimeMs == root.timeMs(),
        EvidenceLink.LOG,
        "The root of the log is not of the time that it says.");
    findings.shown(
        EvidenceLink.LOG,
        "All %d records stand in the log of %d, whose root the network's notary signed."
            .formatted(receipt.records().size(), root.size()));
  }

  private static List<RecordView> views(Receipt receipt) throws BrokenLinkException {
    List<RecordView> views = new ArrayList<>();
    for (ProvenRecord proven : receipt.records()) {
      views.add(RecordView.of(proven.record()));
    }
    return views;
  }

  private void signatures(List<RecordView> views, Eip712 domain) throws BrokenLinkException {
    int signed = 0;
    for (RecordView view : views) {
      byte[] entry = view.record().entry();
      if (view.asked() instanceof RecordView.User user) {
        require(
            LogEntry.isSignerProven(domain, entry),
            EvidenceLink.SIGNATURES,
            "Record " + view.seq() + " is not signed by the key that it names.");
        require(
            view.nowMs() <= user.head().notAfterMs(),
            EvidenceLink.SIGNATURES,
            "Record " + view.seq() + " ran after it had expired.");
        signed++;
      } else {
        byte[] trailer =
            Arrays.copyOfRange(entry, LogEntry.signedLength(entry.length), entry.length);
        require(
            Arrays.equals(trailer, new byte[trailer.length]),
            EvidenceLink.SIGNATURES,
            "Record " + view.seq() + " is the network's own, which nobody signs.");
      }
    }
    findings.shown(
        EvidenceLink.SIGNATURES,
        signed + " commands are signed by the keys that they name, for this network.");
  }
}
