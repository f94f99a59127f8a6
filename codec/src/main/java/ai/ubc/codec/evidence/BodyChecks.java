package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.codec.seal.SealedBody;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What the reader has beside the file, against what the file says. One thread. */
final class BodyChecks {
  private final JobFacts facts;
  private final Findings findings;
  private final Supplied supplied;

  BodyChecks(JobFacts facts, Findings findings, Supplied supplied) {
    this.facts = facts;
    this.findings = findings;
    this.supplied = supplied;
  }

  void run() throws BrokenLinkException {
    Command.SubmitJob asked = facts.order().asked();
    ordered(EvidenceLink.PROGRAM, "program", asked.program(), supplied.program());
    ordered(EvidenceLink.INPUT, "input", asked.input(), supplied.input());
    result();
    rerun();
  }

  private void ordered(EvidenceLink link, String name, Hash32 hash, Optional<byte[]> body)
      throws BrokenLinkException {
    if (body.isEmpty()) {
      findings.notShown(
          link, "The order names the " + name + " " + hash + "; its bytes were not given.");
      return;
    }
    require(
        Sha256.of(body.get()).equals(hash),
        link,
        "The " + name + " that was given is not " + hash + ", which was ordered.");
    findings.shown(
        link, "The " + name + " that was given is the one that was ordered, " + hash + ".");
  }

  private void result() throws BrokenLinkException {
    if (facts.result.isEmpty()) {
      return;
    }
    Command.OpenResult opened = facts.result.get();
    if (supplied.result().isEmpty()) {
      findings.shown(
          EvidenceLink.BODY,
          "The notary signed that the store holds this result as the body %s, until %d ms of log time; its bytes were not given."
              .formatted(opened.body(), opened.heldUntilMs()));
      return;
    }
    byte[] body = supplied.result().get();
    require(
        Sha256.of(body).equals(opened.body()),
        EvidenceLink.BODY,
        "The result that was given is not the body " + opened.body() + ".");
    if (SealedBody.isSealed(body)) {
      findings.notShown(
          EvidenceLink.BODY,
          "The result that was given is the body %s, and sealed: who can not open it can not compare its content."
              .formatted(opened.body()));
      return;
    }
    List<ItemOutput> items;
    try {
      items = ResultBundle.read(new ByteArrayInputStream(body));
    } catch (IOException e) {
      throw new BrokenLinkException(
          EvidenceLink.BODY, "The result's body is no result bundle: " + e.getMessage() + ".");
    }
    require(
        JobHashes.resultRoot(items).equals(opened.resultRoot())
            && JobHashes.units(items) == opened.units()
            && JobHashes.itemsRoot(items, opened.salt()).equals(facts.itemsRoot),
        EvidenceLink.BODY,
        "The result's body has another content than the provider opened and committed to.");
    findings.shown(
        EvidenceLink.BODY,
        "The result that was given has the content that was committed to, item by item.");
  }

  private void rerun() throws BrokenLinkException {
    if (supplied.rerun().isEmpty()) {
      findings.notShown(EvidenceLink.RERUN, "The job was not run again here.");
      return;
    }
    Supplied.Rerun rerun = supplied.rerun().get();
    if (facts.result.isEmpty()) {
      findings.notShown(
          EvidenceLink.RERUN,
          "The job was run again here, but there is no result to compare with.");
      return;
    }
    Command.OpenResult opened = facts.result.get();
    require(
        rerun.resultRoot().equals(opened.resultRoot()) && rerun.units() == opened.units(),
        EvidenceLink.RERUN,
        "Run again here, the job gave %s with %d units, not %s with %d."
            .formatted(rerun.resultRoot(), rerun.units(), opened.resultRoot(), opened.units()));
    findings.shown(
        EvidenceLink.RERUN,
        "Run again here, the job gave the same result with the same " + rerun.units() + " units.");
  }
}
